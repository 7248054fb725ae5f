import { cite, definePlugin, glorot2010, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { glorotInitializer } from './glorot.js';

const options = z.strictObject({
  distribution: z.enum(['normal', 'uniform']).default('normal'),
  weightVariance: z.number().nonnegative().default(1),
  biasVariance: z.number().nonnegative().default(0),
});

export interface GlorotOptions {
  /** Law of a weight; default normal */
  readonly distribution?: 'normal' | 'uniform';
  /** σ_w², variance of a weight times the mean of fan-in and fan-out; the square of a gain; default 1 */
  readonly weightVariance?: number;
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
}

const glorot: PluginDefinition<'initializer', GlorotOptions> = definePlugin({
  kind: 'initializer',
  name: 'glorot',
  package: '@meanfield/initializer-glorot',
  version: '0.1.0',
  summary: 'independent weights of variance 2/(fan-in + fan-out), normal or uniform',
  options,
  optionDocs: {
    distribution: 'law of a weight, normal or uniform, default normal',
    weightVariance:
      'σ_w², variance of a weight times the mean of fan-in and fan-out (the square of a gain), at least 0, default 1',
    biasVariance: 'σ_b², variance of a bias, at least 0, default 0',
  },
  references: [cite(glorot2010, 'eq. 12, 16')],
  create: (law) => glorotInitializer(law),
});

export default glorot;
