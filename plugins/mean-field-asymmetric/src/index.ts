import { cite, definePlugin, lu2020, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { asymmetricModel } from './asymmetric-model.js';

const options = z
  .strictObject({
    method: z.enum(['exact', 'population', 'rms', 'mean']).default('exact'),
    samples: z.int().min(1000).max(4_194_304).default(32_768),
    seed: z.int().min(0).default(1),
    width: z.int().min(1).max(1_000_000).optional(),
  })
  .refine(({ method, width }) => width === undefined || method === 'population', {
    path: ['width'],
    error: "only the method 'population' describes networks of a finite width",
  });

export interface AsymmetricOptions {
  /**
   * 'exact' (default): the law of infinitely wide layers, by density evolution where φ is homogeneous and by a population
   * of samples otherwise; 'population': by such a population always; 'rms' and 'mean': the approximations of `singh2021`
   * app. B and C
   */
  readonly method?: 'exact' | 'population' | 'rms' | 'mean';
  /** Samples of a population, from 1000 to 4194304; default 32768 */
  readonly samples?: number;
  /** Seed of a population; default 1 */
  readonly seed?: number;
  /** N, for layers of finite width; only with the method 'population' */
  readonly width?: number | undefined;
}

const asymmetric: PluginDefinition<'mean-field', AsymmetricOptions> = definePlugin({
  kind: 'mean-field',
  name: 'asymmetric',
  package: '@meanfield/mean-field-asymmetric',
  version: '0.1.0',
  summary: 'rows with one replaced entry (RAI, RAAI): the exact law, populations, and the approximations',
  options,
  optionDocs: {
    method:
      "'exact', the law of infinitely wide layers; 'population', samples of it; 'rms' and 'mean', approximations; default 'exact'",
    samples: 'samples of a population, used where there is no exact law; default 32768',
    seed: 'seed of a population; default 1',
    width: "N, for layers of finite width; only with the method 'population'; infinite where left out",
  },
  references: [cite(singh2021, '§3.3, app. A–C'), cite(lu2020)],
  variants: [{ method: 'exact' }, { method: 'rms' }, { method: 'mean' }],
  create: ({ method, samples, seed, width }) =>
    asymmetricModel({ method, samples, seed, ...(width === undefined ? {} : { width }) }),
});

export {
  exactBoundaries,
  stationaryLaw,
  type ExactSetting,
  type StationaryLaw,
} from './exact/stationary-law.js';
export type { TwoSlopes } from './two-slopes.js';
export default asymmetric;
