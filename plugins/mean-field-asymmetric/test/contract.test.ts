import relu from '@meanfield/activation-relu';
import type { MeanFieldModel, WeightStatistics } from '@meanfield/core';
import { describeMeanFieldMap } from '@meanfield/testing';

import asymmetric, { type AsymmetricOptions } from '../src/index.js';
import { erfLike, leakyRelu } from './activations.js';

const packageFile = new URL('../package.json', import.meta.url);

const rows = (weightVariance: number, correlationStrength: number, a = 2, b = 1): WeightStatistics => ({
  law: 'replaced-entry-rows',
  weightVariance,
  correlationStrength,
  replacement: { law: 'beta', a, b },
});

const cases = [
  { activation: relu.create(), statistics: rows(0.36, 0) },
  { activation: relu.create(), statistics: rows(0.9, 100) },
  { activation: relu.create(), statistics: rows(0.5, -0.5, 1, 3) },
  { activation: leakyRelu, statistics: rows(0.7, 3, 0.5, 0.5) },
];

/** Checks of the exact law share one model, whose kernels take longer than what is asked of them. */
let shared: MeanFieldModel | undefined;

describeMeanFieldMap(
  {
    ...asymmetric,
    create(options) {
      const made = asymmetric.create(options as AsymmetricOptions);
      return (shared ??= made);
    },
  },
  {
    packageFile,
    options: { samples: 1000 },
    cases: [
      { activation: relu.create(), statistics: rows(0.36, 0) },
      { activation: relu.create(), statistics: rows(0.9, 100) },
      { activation: leakyRelu, statistics: rows(0.7, -0.5) },
    ],
  },
);

for (const method of ['rms', 'mean'] as const) {
  describeMeanFieldMap(asymmetric, {
    packageFile,
    options: { method },
    cases: method === 'rms' ? cases : cases.slice(2),
    refuses: [{ activation: erfLike, statistics: rows(0.36, 0) }],
  });
}
