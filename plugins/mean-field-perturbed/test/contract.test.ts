import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { GaussianRows } from '@meanfield/core';
import gaussian from '@meanfield/mean-field-gaussian';
import { describeMeanFieldMap, type MeanFieldContract } from '@meanfield/testing';

import perturbed from '../src/index.js';

const rows = (correlationStrength: number): GaussianRows => ({
  law: 'gaussian-rows',
  weightVariance: 1.5,
  biasVariance: 0.1,
  correlationStrength,
});
const spherical: GaussianRows = { ...rows(0), biasVariance: 0, shape: 'spherical' };

const contract: MeanFieldContract = {
  packageFile: new URL('../package.json', import.meta.url),
  plugins: [gaussian],
  cases: [
    { activation: relu.create(), statistics: rows(0) },
    { activation: relu.create(), statistics: rows(100) },
    { activation: tanh.create(), statistics: rows(0) },
  ],
  refuses: [
    { activation: tanh.create(), statistics: spherical },
    { activation: relu.create(), statistics: spherical },
  ],
};

describeMeanFieldMap(perturbed, contract);
for (const options of [{ eta: 0.3 }, { eta: 1e-3, noisePrecision: 50 }, { noisePrecision: 1e4 }]) {
  describeMeanFieldMap(perturbed, { ...contract, options, keepsEqualSignals: false });
}
// A map that differs from layer to layer takes 40 of them to show its limits, in which tanh's lengths are short again.
describeMeanFieldMap(perturbed, {
  ...contract,
  options: { eta: [0.5, 0.1, 0.2] },
  keepsEqualSignals: false,
  cases: contract.cases.filter(({ activation }) => activation.homogeneous),
});
