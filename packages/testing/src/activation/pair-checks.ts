/** Layers of many pairs of signals at once, against layers from Gaussian expectations. */

import type { Activation, SignalPairs } from '@meanfield/core';
import { gaussianExpectations } from '@meanfield/numerics';

import { expectClose, type Check } from '../check.js';

const LAYERS = 3;
/** Relative, of lengths and gaps after the last layer */
const TOLERANCE = { relative: 1e-11 };

const POINTS = [0.4, 1.6].flatMap((weightVariance) =>
  [0, 0.3].flatMap((biasVariance) =>
    [0.05, 2].flatMap((q) =>
      [0, 1e-12, 0.3, 1, 1.7].map((gap) => ({ weightVariance, biasVariance, q, gap })),
    ),
  ),
);

function checkPairs(activation: Activation): void {
  if (activation.advancePairs === undefined) return;
  const pairs: SignalPairs = {
    weightVariances: Float64Array.from(POINTS, (point) => point.weightVariance),
    biasVariances: Float64Array.from(POINTS, (point) => point.biasVariance),
    lengths: Float64Array.from(POINTS, (point) => point.q),
    gaps: Float64Array.from(POINTS, (point) => point.gap),
  };
  activation.advancePairs(pairs, LAYERS);
  const expectations = gaussianExpectations(activation);
  for (const [i, { weightVariance, biasVariance, ...start }] of POINTS.entries()) {
    let { q, gap } = start;
    for (let layer = 0; layer < LAYERS; layer++) {
      const next = weightVariance * expectations.meanSquare(q) + biasVariance;
      gap = (weightVariance * expectations.productDrop(q, q, gap)) / next;
      q = next;
    }
    const where = `after ${LAYERS} layers from ${JSON.stringify(POINTS[i])}`;
    expectClose(pairs.lengths[i] ?? NaN, q, TOLERANCE, `length ${where}`);
    expectClose(pairs.gaps[i] ?? NaN, gap, TOLERANCE, `gap ${where}`);
  }
}

export const pairChecks = (activation: Activation): readonly Check[] => [
  {
    name: 'takes many pairs through layers as its expectations do, if it does',
    run: () => checkPairs(activation),
  },
];
