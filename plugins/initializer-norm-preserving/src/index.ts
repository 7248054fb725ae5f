import { cite, definePlugin, tsuchida2018, type PluginDefinition } from '@meanfield/core';
import type { WeightLaw } from '@meanfield/numerics';
import { z } from 'zod';

import { normPreservingInitializer } from './norm-preserving.js';

/** Below, the law's tail is too heavy for float32 weights. */
const SMALLEST_BETA = 0.1;
const LARGEST_SLOPE = 1e6;

const families = ['normal', 'uniform', 'laplace', 'generalised-normal', 'multivariate-t'] as const;

const options = z
  .strictObject({
    slope: z.number().min(-LARGEST_SLOPE).max(LARGEST_SLOPE).default(0),
    law: z.enum(families).default('normal'),
    beta: z.number().min(SMALLEST_BETA).optional(),
    degrees: z.number().gt(2).optional(),
    biasVariance: z.number().nonnegative().default(0),
  })
  .superRefine(({ law, beta, degrees }, context) => {
    const problem = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (law === 'generalised-normal' && beta === undefined) problem('beta', 'this law needs it');
    if (law !== 'generalised-normal' && beta !== undefined) problem('beta', `law ${law} has none`);
    if (law === 'multivariate-t' && degrees === undefined) problem('degrees', 'this law needs it');
    if (law !== 'multivariate-t' && degrees !== undefined) problem('degrees', `law ${law} has none`);
  });

export interface NormPreservingOptions {
  /** a, of leaky ReLU, from −1e6 to 1e6: −1 for the absolute value, 0 for ReLU, 1 for linear; default 0 */
  readonly slope?: number;
  /** Law of the weights; default normal */
  readonly law?: (typeof families)[number];
  /** β of generalised-normal, at least 0.1: 1 is Laplace, 2 normal */
  readonly beta?: number;
  /** ν of multivariate-t, degrees of freedom, above 2 */
  readonly degrees?: number;
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
}

function weightLaw({ law, beta, degrees }: z.output<typeof options>): WeightLaw {
  if (law === 'generalised-normal') return { family: law, beta: beta ?? 2 };
  if (law === 'multivariate-t') return { family: law, degrees: degrees ?? Infinity };
  return { family: law };
}

const normPreserving: PluginDefinition<'initializer', NormPreservingOptions> = definePlugin({
  kind: 'initializer',
  name: 'norm-preserving',
  package: '@meanfield/initializer-norm-preserving',
  version: '0.1.0',
  summary: 'weights of many laws that preserve lengths through leaky ReLU',
  options,
  optionDocs: {
    slope: 'a, of leaky ReLU, from −1e6 to 1e6, default 0',
    law: 'normal, uniform, laplace, generalised-normal (with beta) or multivariate-t (with degrees), default normal',
    beta: 'β of generalised-normal, at least 0.1: 1 is Laplace, 2 normal',
    degrees: 'ν of multivariate-t, degrees of freedom, above 2',
    biasVariance: 'σ_b², variance of a bias, at least 0, default 0',
  },
  references: [cite(tsuchida2018, 'cor. 10')],
  create: (parsed) =>
    normPreservingInitializer({
      slope: parsed.slope,
      weights: weightLaw(parsed),
      biasVariance: parsed.biasVariance,
    }),
});

export default normPreserving;
