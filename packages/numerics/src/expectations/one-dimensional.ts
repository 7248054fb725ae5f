/**
 * Expectations over one pre-activation u = √q z of variance q, by quadrature.
 *
 * d/dq E φ² = E[φ'² + φ φ''] (`schoenholz2017` eq. 10 for its use). At a kink k where φ' jumps, φ'' is a point
 * mass, which adds φ(k) [φ'(k+) − φ'(k−)] N(k; 0, q). Without φ'', Stein's lemma gives E[z φ φ']/√q, and a jump of
 * φ² at k adds k [φ²(k+) − φ²(k−)] N(k; 0, q)/(2q).
 *
 * Measured error, relative: 4e-15 for eight activations at q in {0.1, 0.5, 1, 2}, 5e-16 for tanh and softplus
 * at q from 1e-12 to 1e6. The slope without φ'' and with φ(0) φ'(0) ≠ 0 is good to about 3e-11 as q → 0.
 */

import type { Activation } from '@meanfield/core';

import { normalIntegral } from '../quadrature/normal-integral.js';
import { gradedBreaks, scaleOf } from '../quadrature/graded-breaks.js';
import { normalPdf } from '../special/index.js';
import { offLimits, settle } from './limits.js';

/** From here on φ'² and φ φ'' cancel (by a factor q for tanh), and Stein's form is used also where φ'' is known. */
const LARGEST_FOR_CURVATURE = 1;
/** Without φ'', and with φ(0) φ'(0) ≠ 0, E[z φ φ']/√q cancels as q → 0; the slope is taken at this q instead. */
const SMALLEST_FOR_STEIN = 3e-11;

/** E f(√q z) for a function of the pre-activation that shares the activation's kinks. */
function meanOverVariance(f: (u: number) => number, q: number, kinks: readonly number[]): number {
  const deviation = Math.sqrt(q);
  const breaks = gradedBreaks(
    kinks.map((k) => k / deviation),
    scaleOf(q),
  );
  return normalIntegral((z) => f(deviation * z), breaks).value;
}

export function mean(activation: Activation, q: number): number {
  if (q === 0) return activation.phi(0);
  return settle(
    meanOverVariance((u) => activation.phi(u), offLimits(q), activation.kinks),
    q,
  );
}

export function meanSquare(activation: Activation, q: number): number {
  if (q === 0) return activation.phi(0) ** 2;
  const square = (u: number): number => {
    const value = activation.phi(u);
    return value * value;
  };
  return settle(meanOverVariance(square, offLimits(q), activation.kinks), q);
}

/** At q = 0 the limit from above: the mean of the one-sided slopes at a kink in 0. */
export function derivativeMean(activation: Activation, q: number): number {
  return settle(
    meanOverVariance((u) => activation.derivative(u), offLimits(q), activation.kinks),
    q,
  );
}

export function derivativeMeanSquare(activation: Activation, q: number): number {
  const square = (u: number): number => {
    const value = activation.derivative(u);
    return value * value;
  };
  return settle(meanOverVariance(square, offLimits(q), activation.kinks), q);
}

export function meanSquareSlope(activation: Activation, q: number): number {
  const variance = offLimits(q);
  const second = activation.secondDerivative?.bind(activation);
  const continuous = activation.kinks.every((k) => Math.abs(jump((u) => activation.phi(u), k)) < 1e-9);
  if (second === undefined || !continuous || q >= LARGEST_FOR_CURVATURE)
    return settle(steinSlope(activation, variance), q);
  const regular = (u: number): number => {
    const slope = activation.derivative(u);
    return slope * slope + activation.phi(u) * second(u);
  };
  let slope = meanOverVariance(regular, variance, activation.kinks);
  for (const k of activation.kinks) {
    const mass = activation.phi(k) * jump((u) => activation.derivative(u), k);
    if (mass !== 0) slope += mass * density(k, variance);
  }
  return settle(slope, q);
}

/** E[z φ φ']/√q with the masses at jumps of φ. */
function steinSlope(activation: Activation, q: number): number {
  const smoothAtZero = !activation.kinks.includes(0) && activation.phi(0) * activation.derivative(0) !== 0;
  const variance = smoothAtZero ? Math.max(q, SMALLEST_FOR_STEIN) : q;
  const integrand = (u: number): number => u * activation.phi(u) * activation.derivative(u);
  let slope = meanOverVariance(integrand, variance, activation.kinks) / variance;
  for (const k of activation.kinks) {
    const mass = jump((u) => activation.phi(u) ** 2, k);
    if (Math.abs(mass) >= 1e-9) slope += (k * mass * density(k, variance)) / (2 * variance);
  }
  return slope;
}

/** f(k+) − f(k−) */
function jump(f: (u: number) => number, k: number): number {
  const aside = k === 0 ? Number.MIN_VALUE : 2 * Number.EPSILON * Math.abs(k);
  return f(k + aside) - f(k - aside);
}

/** N(k; 0, q) */
function density(k: number, q: number): number {
  const deviation = Math.sqrt(q);
  return normalPdf(k / deviation) / deviation;
}
