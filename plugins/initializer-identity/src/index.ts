import { cite, definePlugin, yarotsky, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { identityInitializer } from './identity.js';

/** Weights are finite in either precision. */
const LARGEST_SCALE = 1e30;

const options = z.strictObject({
  scale: z.number().min(-LARGEST_SCALE).max(LARGEST_SCALE).default(1),
  weightVariance: z.number().nonnegative().default(0),
  biasVariance: z.number().nonnegative().default(0),
});

export interface IdentityOptions {
  /** a, what the identity is multiplied by, from −1e30 to 1e30; default 1 */
  readonly scale?: number;
  /** σ_w², variance of the noise in a weight times fan-in; default 0 */
  readonly weightVariance?: number;
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
}

const identity: PluginDefinition<'initializer', IdentityOptions> = definePlugin({
  kind: 'initializer',
  name: 'identity',
  package: '@meanfield/initializer-identity',
  version: '0.1.0',
  summary: 'a multiple of the identity, with Gaussian noise: a near-linear start',
  options,
  optionDocs: {
    scale: 'a, what the identity is multiplied by, from −1e30 to 1e30, default 1',
    weightVariance: 'σ_w², variance of the noise in a weight times fan-in, at least 0, default 0',
    biasVariance: 'σ_b², variance of a bias, at least 0, default 0',
  },
  references: [cite(yarotsky)],
  create: (law) => identityInitializer(law),
});

export default identity;
