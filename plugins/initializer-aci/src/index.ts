import { cite, definePlugin, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { antiCorrelatedInitializer } from './aci.js';

const options = z.strictObject({
  weightVariance: z.number().nonnegative().default(2),
  biasVariance: z.number().nonnegative().default(0),
  k: z.number().gt(-1).default(100),
});

export interface AciOptions {
  /** σ_w², variance of an uncorrelated weight times fan-in; default 2 */
  readonly weightVariance?: number;
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
  /** Correlation strength, above −1: anti-correlated above 0, independent at 0; default 100 */
  readonly k?: number;
}

const aci: PluginDefinition<'initializer', AciOptions> = definePlugin({
  kind: 'initializer',
  name: 'aci',
  package: '@meanfield/initializer-aci',
  version: '0.1.0',
  summary: 'Gaussian weights whose rows are anti-correlated, so that they nearly sum to 0',
  options,
  optionDocs: {
    weightVariance: 'σ_w², variance of an uncorrelated weight times fan-in, at least 0, default 2',
    biasVariance: 'σ_b², variance of a bias, at least 0, default 0',
    k: 'correlation strength, above −1, anti-correlated above 0, default 100',
  },
  references: [cite(singh2021, '§3.1')],
  create: ({ weightVariance, biasVariance, k }) =>
    antiCorrelatedInitializer({ weightVariance, biasVariance, correlationStrength: k }),
});

export default aci;
