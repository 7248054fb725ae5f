import { cite, definePlugin, lu2020, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { asymmetricInitializer } from './rai.js';

const options = z.strictObject({
  weightVariance: z.number().nonnegative().default(0.36),
  a: z.number().positive().default(2),
  b: z.number().positive().default(1),
  biasEntry: z.boolean().default(true),
});

export interface RaiOptions {
  /** σ_w², variance of a Gaussian entry times fan-in; default 0.36 */
  readonly weightVariance?: number;
  /** Of the replaced entry's law, Beta(a, b), above 0; default 2 */
  readonly a?: number;
  /** Of the replaced entry's law, above 0; default 1 */
  readonly b?: number;
  /** Whether the bias is one of the N + 1 entries; where false there are N, and biases are 0; default true */
  readonly biasEntry?: boolean;
}

const rai: PluginDefinition<'initializer', RaiOptions> = definePlugin({
  kind: 'initializer',
  name: 'rai',
  package: '@meanfield/initializer-rai',
  version: '0.1.0',
  summary: 'Gaussian weights and biases with one positive entry a neuron, against dying ReLUs',
  options,
  optionDocs: {
    weightVariance: 'σ_w², variance of a Gaussian entry times fan-in, at least 0, default 0.36',
    a: 'of the law Beta(a, b) of the replaced entry, above 0, default 2',
    b: 'of the law Beta(a, b) of the replaced entry, above 0, default 1',
    biasEntry: 'true where the bias is one of the entries, false for biases of 0, default true',
  },
  references: [cite(lu2020), cite(singh2021, '§3.3')],
  create: ({ weightVariance, a, b, biasEntry }) =>
    asymmetricInitializer(weightVariance, { law: 'beta', a, b }, biasEntry),
});

export default rai;
