import { cite, definePlugin, he2015, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { gaussianInitializer } from './he.js';

const options = z.strictObject({
  weightVariance: z.number().nonnegative().default(2),
  biasVariance: z.number().nonnegative().default(0),
});

export interface HeOptions {
  /** σ_w², variance of a weight times fan-in; default 2 */
  readonly weightVariance?: number;
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
}

const he: PluginDefinition<'initializer', HeOptions> = definePlugin({
  kind: 'initializer',
  name: 'he',
  package: '@meanfield/initializer-he',
  version: '0.1.0',
  summary: 'independent Gaussian weights, norm-preserving for ReLU at its default σ_w² = 2',
  options,
  optionDocs: {
    weightVariance: 'σ_w², variance of a weight times fan-in, at least 0, default 2',
    biasVariance: 'σ_b², variance of a bias, at least 0, default 0',
  },
  references: [cite(he2015, 'eq. 10'), cite(singh2021, '§2.2')],
  create: ({ weightVariance, biasVariance }) => gaussianInitializer(weightVariance, biasVariance),
});

export default he;
