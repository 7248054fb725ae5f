import { cite, definePlugin, mezzadri2007, saxe2014, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { orthogonalInitializer } from './orthogonal.js';

const options = z.strictObject({
  weightVariance: z.number().nonnegative().default(1),
  biasVariance: z.number().nonnegative().default(0),
});

export interface OrthogonalOptions {
  /** σ_w², variance of a weight times fan-in, the squared scale of a square layer; default 1 */
  readonly weightVariance?: number;
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
}

const orthogonal: PluginDefinition<'initializer', OrthogonalOptions> = definePlugin({
  kind: 'initializer',
  name: 'orthogonal',
  package: '@meanfield/initializer-orthogonal',
  version: '0.1.0',
  summary: 'Haar-distributed orthogonal weights, scaled',
  options,
  optionDocs: {
    weightVariance:
      'σ_w², variance of a weight times fan-in, the squared scale of a square layer, at least 0, default 1',
    biasVariance: 'σ_b², variance of a bias, at least 0, default 0',
  },
  references: [cite(saxe2014), cite(mezzadri2007)],
  create: ({ weightVariance, biasVariance }) => orthogonalInitializer(weightVariance, biasVariance),
});

export default orthogonal;
