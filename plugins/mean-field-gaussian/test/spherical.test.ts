import relu from '@meanfield/activation-relu';
import type { GaussianRows } from '@meanfield/core';
import { createStream, sampleWeights, tailFactorMean } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import gaussian from '../src/index.js';

const DEGREES = 5;
const COUNT = 200_000;
const rows: GaussianRows = {
  law: 'gaussian-rows',
  weightVariance: 2,
  biasVariance: 0,
  correlationStrength: 0,
  shape: 'spherical',
  factorMean: tailFactorMean(DEGREES),
};

/** Over multivariate t neurons of two inputs at 60°, both pre-activations of variance 1 */
function simulated(): { readonly mean: number; readonly product: number } {
  const weights = new Float64Array(2 * COUNT);
  const layer = { fanIn: 2, fanOut: COUNT, weights };
  sampleWeights(layer, { family: 'multivariate-t', degrees: DEGREES }, 1, createStream(8));
  let [mean, product] = [0, 0];
  for (let neuron = 0; neuron < COUNT; neuron++) {
    const first = weights[neuron]!;
    const second = 0.5 * first + Math.sqrt(0.75) * weights[COUNT + neuron]!;
    mean += Math.max(0, first) / COUNT;
    product += (Math.max(0, first) * Math.max(0, second)) / COUNT;
  }
  return { mean, product };
}

describe('spherical rows', () => {
  const map = gaussian.create().map(relu.create(), rows);
  const state = map.start({ q1: 1, q2: 1, gap: 0.5 });
  const { mean, product } = simulated();

  it('have second moments of Gaussian rows', () => {
    const next = map.observe(map.step(state));
    expect(Math.abs((next.q1 * (1 - next.gap)) / 2 - product)).toBeLessThan(0.01);
  });

  it('have smaller means of activations', () => {
    const expected = map.activity(state).mean;
    expect(Math.abs(expected - mean)).toBeLessThan(0.006);
    expect(Math.abs(1 / Math.sqrt(2 * Math.PI) - mean)).toBeGreaterThan(0.02);
    expect(map.withWeightVariance(1).activity(state).mean).toBe(expected);
  });
});
