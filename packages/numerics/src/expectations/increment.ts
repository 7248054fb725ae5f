/** Differences of φ over short steps, without cancellation. */

import type { Activation } from '@meanfield/core';

/**
 * Steps of the pre-activation below this part of φ's scale take the difference from φ' at two Gauss nodes: relative error
 * step⁴ φ⁗'/4320 φ', where the plain difference would have ε/step.
 */
const SHORT_STEP = 1e-3;
/** The nodes (1 ± 1/√3)/2 on [0, 1] */
const GAUSS_NODE = 0.21132486540518713;

/** Longer steps take it from four nodes where φ changes by less than this part of itself, and so cancels. */
const LONGER_STEP = 0.1;
const CANCELLING = 1e-4;
/** The nodes of Gauss's rule of four points below the middle of [0, 1], and the weights of each and its mirror image */
const OUTER_NODE = 0.06943184420297371;
const INNER_NODE = 0.33000947820757187;
const OUTER_WEIGHT = 0.17392742256872692;
const INNER_WEIGHT = 0.3260725774312731;
/** The plain difference must agree within this many roundings of φ, else φ varies within the step. */
const ROUNDINGS = 8;

/**
 * φ(u + step) − φ(u): relative error below 1e-12 wherever φ' does not vanish within the step, for φ that varies on
 * the length that it states as its scale. Across a kink it is the plain difference.
 */
export function increment(activation: Activation, u: number, step: number): number {
  const end = u + step;
  const size = Math.abs(step) / (activation.scale ?? 1);
  const smooth = !activation.kinks.some((k) => (k - u) * (k - end) <= 0);
  if (smooth && size < SHORT_STEP) {
    const slopes =
      activation.derivative(u + GAUSS_NODE * step) + activation.derivative(end - GAUSS_NODE * step);
    return 0.5 * step * slopes;
  }
  const last = activation.phi(end);
  const difference = last - activation.phi(u);
  const cancelling = size < LONGER_STEP && Math.abs(difference) < CANCELLING * Math.abs(last);
  return smooth && cancelling ? refined(activation, u, step, difference, last) : difference;
}

/** The difference from φ' at four nodes, where it is the plain difference but for rounding: φ ends with `last`. */
function refined(activation: Activation, u: number, step: number, difference: number, last: number): number {
  const end = u + step;
  const outer = activation.derivative(u + OUTER_NODE * step) + activation.derivative(end - OUTER_NODE * step);
  const inner = activation.derivative(u + INNER_NODE * step) + activation.derivative(end - INNER_NODE * step);
  const integral = step * (OUTER_WEIGHT * outer + INNER_WEIGHT * inner);
  const rounding = Number.EPSILON * (Math.abs(last) + Math.abs((u * integral) / step));
  return Math.abs(integral - difference) <= ROUNDINGS * rounding ? integral : difference;
}
