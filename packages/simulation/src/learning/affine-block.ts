/** A block of layers, replaced by one dense layer that is its linearisation at a point (`shrinkage2021` §4.2). */

import { requireThat } from '../checks.js';
import type { FormedLayer, FormedNetwork } from '../jacobian/formed-network.js';
import { linearise } from '../jacobian/linearise.js';
import { transposed } from '../jacobian/dense-products.js';
import { pushForward } from '../jacobian/products.js';
import type { Step } from '../plan.js';
import { outputOf } from './formed.js';

/** The steps behind place `from` and up to place `to` */
function between({ plan }: FormedNetwork, from: number, to: number): readonly Step[] {
  const at = (place: number): number =>
    plan.steps.findIndex((step) => step.kind === 'observe' && step.place === place);
  const [start, end] = [at(from), at(to)];
  requireThat(start >= 0 && end > start, 'two observed places, one behind the other', [from, to], 'name two');
  return plan.steps.slice(start + 1, end + 1);
}

/**
 * f(v) + J (z − v) for f from the signals at place `from` to those at place `to`, as a dense layer: W = Jᵀ, b = f(v) − J v.
 *
 * @param point v, [units of `from`]
 * @throws MeanfieldError INVALID_ARGUMENT for places that are not in this order, and when signals outgrow float64
 */
export function affineBlock(
  network: FormedNetwork,
  from: number,
  to: number,
  point: Float64Array,
): FormedLayer {
  const steps = between(network, from, to);
  const inputSize = point.length;
  const block = { plan: { ...network.plan, steps, inputSize }, layers: network.layers };
  const linear = linearise(block, point, 1);
  const { place, units, signals } = outputOf(linear);
  const unitVectors = new Float64Array(inputSize * inputSize);
  for (let i = 0; i < inputSize; i++) unitVectors[i * inputSize + i] = 1;
  let weights: Float64Array = new Float64Array(0);
  const bias = signals.slice();
  pushForward(linear, unitVectors, inputSize, (at, jacobian) => {
    if (at !== place) return;
    weights = transposed(jacobian, units);
    for (let unit = 0; unit < units; unit++) {
      for (let i = 0; i < inputSize; i++) bias[unit]! -= jacobian[unit * inputSize + i]! * point[i]!;
    }
  });
  return { weights, bias };
}

/**
 * The network whose data lack the layers of the block: those before it and behind it are copies of the full network's.
 *
 * @param shorter drawn from the shorter data, its weights overwritten
 * @param layer number of the dense layer that stands for the block
 * @param removed dense layers of the block less one
 */
export function takeOver(
  shorter: FormedNetwork,
  full: FormedNetwork,
  {
    layer,
    removed,
    block,
  }: { readonly layer: number; readonly removed: number; readonly block: FormedLayer },
): void {
  for (const [number, { weights, bias }] of shorter.layers) {
    const source = number === layer ? block : full.layers.get(number < layer ? number : number + removed)!;
    weights.set(source.weights);
    bias.set(source.bias);
  }
}
