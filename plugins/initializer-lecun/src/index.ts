import { cite, definePlugin, lecun1998, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { lecunInitializer } from './lecun.js';

const options = z.strictObject({
  distribution: z.enum(['normal', 'uniform']).default('normal'),
  biasVariance: z.number().nonnegative().default(0),
});

export interface LecunOptions {
  /** Law of a weight; default normal */
  readonly distribution?: 'normal' | 'uniform';
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
}

const lecun: PluginDefinition<'initializer', LecunOptions> = definePlugin({
  kind: 'initializer',
  name: 'lecun',
  package: '@meanfield/initializer-lecun',
  version: '0.1.0',
  summary: 'independent weights of variance 1/fan-in, normal or uniform',
  options,
  optionDocs: {
    distribution: 'law of a weight, normal or uniform, default normal',
    biasVariance: 'σ_b², variance of a bias, at least 0, default 0',
  },
  references: [cite(lecun1998, '§4.6')],
  create: ({ distribution, biasVariance }) => lecunInitializer(distribution, biasVariance),
});

export default lecun;
