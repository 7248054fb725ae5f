import { cite, definePlugin, sitzmann2020, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { sine } from './sin.js';

/** Beyond these, squares of the frequency leave the range of float64. */
const FREQUENCIES = { lowest: 1e-100, highest: 1e100 };

export interface SinOptions {
  /** ω, in radians per unit of pre-activation; default 1 */
  readonly frequency?: number;
}

const definition: PluginDefinition<'activation', SinOptions> = definePlugin({
  kind: 'activation',
  name: 'sin',
  package: '@meanfield/activation-sin',
  version: '0.1.0',
  summary: 'sin(ωx), every Gaussian expectation in closed form',
  options: z.strictObject({
    frequency: z.number().min(FREQUENCIES.lowest).max(FREQUENCIES.highest).default(1),
  }),
  optionDocs: {
    frequency: 'ω of sin(ωx), radians per unit of pre-activation, from 1e-100 to 1e100, default 1',
  },
  references: [cite(sitzmann2020)],
  create: ({ frequency }) => sine(frequency),
});

export default definition;
