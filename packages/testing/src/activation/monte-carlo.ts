/**
 * Gaussian expectations of an activation by plain Monte Carlo: slow, crude and independent of every formula.
 *
 * Estimators, with y = c z1 + √(gap(2 − gap)) z2, c = 1 − gap:
 * - meanSquareSlope by the score of the variance, φ(√q z)² (z² − 1)/(2q), which is right for kinks and jumps;
 * - productDrop by (φ(√q1 y) − φ(√q1 z1)) (φ(√q2 y) − φ(√q2 z1))/2, since z1 and y are exchangeable: its noise is of
 *   the order of the drop itself, and no kink makes it hang on the rare draws that fall within √gap of it.
 */

import type { Activation, RandomStream } from '@meanfield/core';

import { estimateMean, type MeanEstimate } from '../confidence.js';
import { takesPair, type PairQuantity, type Quantity } from './quantities.js';

type Sampler = (z1: number, z2: number) => number;

function lengthSampler(
  activation: Activation,
  quantity: Exclude<Quantity, PairQuantity>,
  q: number,
): Sampler {
  const root = Math.sqrt(q);
  switch (quantity) {
    case 'mean':
      return (z) => activation.phi(root * z);
    case 'meanSquare':
      return (z) => activation.phi(root * z) ** 2;
    case 'derivativeMean':
      return (z) => activation.derivative(root * z);
    case 'derivativeMeanSquare':
      return (z) => activation.derivative(root * z) ** 2;
    case 'meanSquareSlope':
      return (z) => (activation.phi(root * z) ** 2 * (z * z - 1)) / (2 * q);
  }
}

function pairSampler(
  activation: Activation,
  quantity: PairQuantity,
  [q1, q2, gap]: readonly [number, number, number],
): Sampler {
  const [root1, root2] = [Math.sqrt(q1), Math.sqrt(q2)];
  const [along, across] = [root2 * (1 - gap), root2 * Math.sqrt(gap * (2 - gap))];
  const phi = (x: number): number => activation.phi(x);
  switch (quantity) {
    case 'product':
      return (z1, z2) => phi(root1 * z1) * phi(along * z1 + across * z2);
    case 'productDrop':
      return (z1, z2) => {
        const y = (1 - gap) * z1 + Math.sqrt(gap * (2 - gap)) * z2;
        return ((phi(root1 * y) - phi(root1 * z1)) * (phi(root2 * y) - phi(root2 * z1))) / 2;
      };
    case 'derivativeProduct':
      return (z1, z2) => activation.derivative(root1 * z1) * activation.derivative(along * z1 + across * z2);
  }
}

/** The expectation from as many draws as `normals` holds pairs. */
export function estimate(
  activation: Activation,
  quantity: Quantity,
  point: readonly number[],
  normals: Float64Array,
): MeanEstimate {
  const [first = NaN, second = NaN, gap = NaN] = point;
  const sampler = takesPair(quantity)
    ? pairSampler(activation, quantity, [first, second, gap])
    : lengthSampler(activation, quantity, first);
  const values = new Float64Array(normals.length / 2);
  for (let index = 0; index < values.length; index++) {
    values[index] = sampler(normals[2 * index]!, normals[2 * index + 1]!);
  }
  return estimateMean(values);
}

/** Independent standard normals for `count` draws. */
export function normalPairs(stream: RandomStream, count: number): Float64Array {
  const normals = new Float64Array(2 * count);
  stream.fillNormal(normals, 1);
  return normals;
}
