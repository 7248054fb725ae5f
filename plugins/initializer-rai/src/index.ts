import { cite, definePlugin, lu2020, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { asymmetricInitializer } from './rai.js';

const options = z.strictObject({
  weightVariance: z.number().nonnegative().default(0.36),
});

export interface RaiOptions {
  /** σ_w², variance of a Gaussian entry times fan-in; default 0.36 */
  readonly weightVariance?: number;
}

const rai: PluginDefinition<'initializer', RaiOptions> = definePlugin({
  kind: 'initializer',
  name: 'rai',
  package: '@meanfield/initializer-rai',
  version: '0.1.0',
  summary: 'Gaussian weights and biases with one positive Beta(2, 1) entry a neuron, against dying ReLUs',
  options,
  optionDocs: {
    weightVariance: 'σ_w², variance of a Gaussian entry times fan-in, at least 0, default 0.36',
  },
  references: [cite(lu2020), cite(singh2021, '§3.3')],
  create: ({ weightVariance }) => asymmetricInitializer(weightVariance),
});

export default rai;
