import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { describe, expect, it } from 'vitest';

import gaussian from '../src/index.js';

const relativeError = (found: number, expected: number): number =>
  found === expected ? 0 : Math.abs(found / expected - 1);

const model = gaussian.create();
const VARIANCES = [0, 1e-300, 0.3, 1.7, 2, 40, 1e150];

/** Every σ_w² with every σ_b², length and gap */
const POINTS = VARIANCES.flatMap((weightVariance) =>
  [0, 0.1, 1e100].flatMap((biasVariance) =>
    [0, 1e-150, 0.9, 1e200].flatMap((length) =>
      [0, 1e-3, 0.5, 1, 1.2, 2].map((gap) => ({ weightVariance, biasVariance, length, gap })),
    ),
  ),
);

describe('pairs of ReLU', () => {
  const activation = relu.create();

  it('go where single steps go, also where lengths vanish or leave float64', () => {
    const pairs = {
      weightVariances: Float64Array.from(POINTS, (point) => point.weightVariance),
      biasVariances: Float64Array.from(POINTS, (point) => point.biasVariance),
      lengths: Float64Array.from(POINTS, (point) => point.length),
      gaps: Float64Array.from(POINTS, (point) => point.gap),
    };
    model.pairs?.(activation)?.(pairs, 25);
    for (const [i, { weightVariance, biasVariance, length, gap }] of POINTS.entries()) {
      const map = model.map(activation, {
        law: 'gaussian-rows',
        weightVariance,
        biasVariance,
        correlationStrength: 0,
      });
      let state = map.start({ q1: length, q2: length, gap });
      for (let layer = 0; layer < 25; layer++) state = map.step(state);
      const end = map.observe(state);
      const at = JSON.stringify(POINTS[i]);
      expect(relativeError(pairs.lengths[i]!, end.q1), at).toBeLessThan(1e-13);
      expect(relativeError(pairs.gaps[i]!, end.gap), at).toBeLessThan(1e-13);
    }
  });
});

it('has no quick way for pairs of an activation that offers none', () => {
  expect(model.pairs?.(tanh.create())).toBeUndefined();
});
