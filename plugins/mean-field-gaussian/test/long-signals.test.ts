import tanh from '@meanfield/activation-tanh';
import type { Activation } from '@meanfield/core';
import { gaussianExpectations } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import gaussian from '../src/index.js';
import { leakyRelu, shiftedHardTanh, softplus } from './activations.js';

const mapOf = (activation: Activation, k = 0) =>
  gaussian.create().map(activation, {
    law: 'gaussian-rows',
    weightVariance: 1,
    biasVariance: 0,
    correlationStrength: k,
  });

describe('long signals', () => {
  it('of softplus are those of ReLU, to what quadrature gives there', () => {
    const map = mapOf(softplus);
    const expectations = gaussianExpectations(softplus);
    const [q, gap] = [1e30, 0.3];
    const { q1, gap: opened } = map.observe(map.step(map.start({ q1: q, q2: q, gap })));
    expect(q1 / expectations.meanSquare(q)).toBeCloseTo(1, 13);
    expect(opened / (expectations.productDrop(q, q, gap) / expectations.meanSquare(q))).toBeCloseTo(1, 13);
  });

  it('of tanh are those of a step, to what quadrature gives there', () => {
    const map = mapOf(tanh.create());
    const expectations = gaussianExpectations(tanh.create());
    const [q, gap] = [1e30, 1.2];
    const state = map.start({ q1: q, q2: q, gap });
    expect(map.observe(map.step(state)).gap).toBeCloseTo(expectations.productDrop(q, q, gap), 13);
    const { correlationSlope } = map.linearise(state);
    expect(correlationSlope / (q * expectations.derivativeProduct(q, q, gap))).toBeCloseTo(1, 12);
  });

  it('go over without a step', () => {
    for (const [activation, q] of [
      [leakyRelu, 1e30],
      [softplus, 1e30],
      [shiftedHardTanh, 2.5e30],
    ] as const) {
      const map = mapOf(activation, 3);
      const gapAfter = (length: number): number =>
        map.observe(map.step(map.start({ q1: length, q2: length, gap: 0.4 }))).gap;
      expect(gapAfter(0.999 * q) / gapAfter(1.001 * q), activation.name).toBeCloseTo(1, 13);
    }
  });
});
