import { cite, definePlugin, shrinkage2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { depthScaledInitializer } from './depth-scaled.js';

const options = z.strictObject({
  weightVariance: z.number().nonnegative().default(2),
  depth: z.int().min(1).default(10),
  schedule: z.enum(['inverse-depth', 'constant']).default('inverse-depth'),
  biasVariance: z.number().nonnegative().default(0),
});

export interface DepthScaledOptions {
  /** σ_w², variance of a weight times fan-in and, for inverse-depth, times depth; default 2 */
  readonly weightVariance?: number;
  /** L, residual blocks of the network, at least 1; default 10 */
  readonly depth?: number;
  /** inverse-depth: σ_l² = σ_w²/L; constant: σ_l² = σ_w²; default inverse-depth */
  readonly schedule?: 'inverse-depth' | 'constant';
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
}

const depthScaled: PluginDefinition<'initializer', DepthScaledOptions> = definePlugin({
  kind: 'initializer',
  name: 'depth-scaled',
  package: '@meanfield/initializer-depth-scaled',
  version: '0.1.0',
  summary: 'Gaussian weights of variance σ_w²/L for the branches of a residual network of L blocks',
  options,
  optionDocs: {
    weightVariance: 'σ_w², variance of a weight times fan-in and depth, at least 0, default 2',
    depth: 'L, residual blocks of the network, an integer of at least 1, default 10',
    schedule: 'inverse-depth for σ_l² = σ_w²/L, constant for σ_l² = σ_w², default inverse-depth',
    biasVariance: 'σ_b², variance of a bias, at least 0, default 0',
  },
  references: [cite(shrinkage2021, 'thm. 2')],
  create: (law) => depthScaledInitializer(law),
});

export default depthScaled;
