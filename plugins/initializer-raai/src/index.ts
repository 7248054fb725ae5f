import { cite, definePlugin, lu2020, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { asymmetricAntiCorrelatedInitializer } from './raai.js';

const options = z.strictObject({
  weightVariance: z.number().nonnegative().default(0.9),
  k: z.number().gt(-1).default(100),
  a: z.number().positive().default(2),
  b: z.number().positive().default(1),
  biasEntry: z.boolean().default(true),
});

export interface RaaiOptions {
  /** σ_w², variance of an uncorrelated Gaussian entry times fan-in; default 0.9 */
  readonly weightVariance?: number;
  /** Correlation strength, above −1: anti-correlated above 0, RAI at 0; default 100 */
  readonly k?: number;
  /** Of the replaced entry's law, Beta(a, b), above 0; default 2 */
  readonly a?: number;
  /** Of the replaced entry's law, above 0; default 1 */
  readonly b?: number;
  /** Whether the bias is one of the N + 1 entries; where false there are N, and biases are 0; default true */
  readonly biasEntry?: boolean;
}

const raai: PluginDefinition<'initializer', RaaiOptions> = definePlugin({
  kind: 'initializer',
  name: 'raai',
  package: '@meanfield/initializer-raai',
  version: '0.1.0',
  summary: 'anti-correlated Gaussian weights and biases with one positive entry a neuron',
  options,
  optionDocs: {
    weightVariance: 'σ_w², variance of an uncorrelated Gaussian entry times fan-in, at least 0, default 0.9',
    k: 'correlation strength, above −1, anti-correlated above 0, default 100',
    a: 'of the law Beta(a, b) of the replaced entry, above 0, default 2',
    b: 'of the law Beta(a, b) of the replaced entry, above 0, default 1',
    biasEntry: 'true where the bias is one of the entries, false for biases of 0, default true',
  },
  references: [cite(singh2021, '§3.3'), cite(lu2020)],
  create: ({ weightVariance, k, a, b, biasEntry }) =>
    asymmetricAntiCorrelatedInitializer(weightVariance, k, { law: 'beta', a, b }, biasEntry),
});

export default raai;
