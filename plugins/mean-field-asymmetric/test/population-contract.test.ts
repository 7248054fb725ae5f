import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import {
  cite,
  defineMeanFieldModel,
  definePlugin,
  singh2021,
  type Activation,
  type MeanFieldModel,
  type PluginDefinition,
  type WeightStatistics,
} from '@meanfield/core';
import { describeMeanFieldMap } from '@meanfield/testing';
import { z } from 'zod';

import { populationMap } from '../src/population/population-map.js';

const packageFile = new URL('../package.json', import.meta.url);

const rows = (weightVariance: number, correlationStrength: number, a = 2, b = 1): WeightStatistics => ({
  law: 'replaced-entry-rows',
  weightVariance,
  correlationStrength,
  replacement: { law: 'beta', a, b },
});

/** Not homogeneous, not bounded, φ(0) ≠ 0 */
const softplus: Activation = {
  name: 'softplus',
  phi: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  derivative: (x) => 1 / (1 + Math.exp(-x)),
  secondDerivative: (x) => 1 / (2 + Math.exp(x) + Math.exp(-x)),
  kinks: [],
  homogeneous: false,
  closedForms: {},
  tensorForm: (x) => x,
};

/** What the populations are tested as */
const model = (width?: number): MeanFieldModel =>
  defineMeanFieldModel({
    name: 'population',
    described: (statistics) =>
      statistics.law === 'replaced-entry-rows' ? statistics : 'not of replaced entries',
    remedy: 'replace entries',
    map: (activation, statistics) =>
      populationMap({
        activation,
        statistics,
        samples: 256,
        seed: 3,
        ...(width === undefined ? {} : { width }),
      }),
  });

const definition = (width?: number): PluginDefinition<'mean-field', Record<string, never>> =>
  definePlugin({
    kind: 'mean-field',
    name: 'population',
    package: '@meanfield/mean-field-asymmetric',
    version: '0.1.0',
    summary: 'populations, as the contract meets them',
    options: z.strictObject({}),
    optionDocs: {},
    references: [cite(singh2021, '§3.3')],
    create: () => model(width),
  });

describeMeanFieldMap(definition(), {
  packageFile,
  cases: [
    { activation: relu.create(), statistics: rows(0.9, 100) },
    { activation: leakyRelu.create({ negativeSlope: 0.2 }), statistics: rows(0.7, 3, 0.5, 0.5) },
    { activation: tanh.create(), statistics: rows(1.5, 2) },
    { activation: softplus, statistics: rows(0.5, -0.5, 1, 3) },
  ],
});

describeMeanFieldMap(definition(20), {
  packageFile,
  cases: [{ activation: relu.create(), statistics: rows(0.36, 0) }],
});
