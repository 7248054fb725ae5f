import erf from '@meanfield/activation-erf';
import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { GaussianRows } from '@meanfield/core';
import { describeMeanFieldMap } from '@meanfield/testing';

import plugin from '../src/index.js';

const rows = (biasVariance: number, correlationStrength: number): GaussianRows => ({
  law: 'gaussian-rows',
  weightVariance: 1.5,
  biasVariance,
  correlationStrength,
});

describeMeanFieldMap(plugin, {
  packageFile: new URL('../package.json', import.meta.url),
  cases: [
    { activation: relu.create(), statistics: rows(0, 0) },
    { activation: relu.create(), statistics: rows(0.1, 100) },
    { activation: erf.create(), statistics: rows(0.2, 0) },
    { activation: tanh.create(), statistics: rows(0.1, -0.4) },
    { activation: leakyRelu.create({ negativeSlope: 0.3 }), statistics: rows(0, 0) },
  ],
  refuses: [{ activation: relu.create(), statistics: { ...rows(0, 0), shape: 'spherical' } }],
});
