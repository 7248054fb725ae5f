import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { GaussianRows } from '@meanfield/core';
import { describeMeanFieldMap } from '@meanfield/testing';

import gaussian from '../src/index.js';
import { leakyRelu, shiftedHardTanh, softplus } from './activations.js';

const rows = (correlationStrength: number): GaussianRows => ({
  law: 'gaussian-rows',
  weightVariance: 1.5,
  biasVariance: 0.1,
  correlationStrength,
});
const spherical: GaussianRows = { ...rows(0), biasVariance: 0, shape: 'spherical', factorMean: 0.8 };

describeMeanFieldMap(gaussian, {
  packageFile: new URL('../package.json', import.meta.url),
  cases: [
    ...[0, 100, -0.5].map((k) => ({ activation: relu.create(), statistics: rows(k) })),
    { activation: tanh.create(), statistics: rows(0) },
    { activation: relu.create(), statistics: spherical },
    { activation: leakyRelu, statistics: rows(3) },
    { activation: softplus, statistics: rows(100) },
    { activation: shiftedHardTanh, statistics: rows(-0.5) },
  ],
  refuses: [
    { activation: tanh.create(), statistics: spherical },
    { activation: relu.create(), statistics: { ...rows(0), biasVariance: 0, shape: 'spherical' } },
    { activation: relu.create(), statistics: { ...spherical, biasVariance: 0.1 } },
    { activation: relu.create(), statistics: { ...spherical, correlationStrength: 1 } },
  ],
});
