/** Optimisers by name, with the defaults of TensorFlow 2.2, which `singh2021` used. */

import { parseOptions, type OptimizerSpec } from '@meanfield/core';
import { z } from 'zod';

const learningRate = z.number().positive();
const decay = z.number().min(0).lt(1);

const SCHEMAS = {
  sgd: z.strictObject({ learningRate: learningRate.default(0.01), momentum: decay.default(0) }),
  adam: z.strictObject({
    learningRate: learningRate.default(1e-3),
    beta1: decay.default(0.9),
    beta2: decay.default(0.999),
    epsilon: z.number().positive().default(1e-7),
  }),
};

const rateDocs = (rate: string): string => `size of a step, above 0, default ${rate}`;
const DOCS = {
  sgd: { learningRate: rateDocs('0.01'), momentum: 'from 0 to below 1, default 0' },
  adam: {
    learningRate: rateDocs('0.001'),
    beta1: 'decay of the mean gradient, from 0 to below 1, default 0.9',
    beta2: 'decay of the mean squared gradient, from 0 to below 1, default 0.999',
    epsilon: 'added to the root of the mean squared gradient, above 0, default 1e-7',
  },
};

const names = z.strictObject({ optimizer: z.enum(['sgd', 'adam']) });

/**
 * A complete optimiser from what a user gave. Defaults: SGD with rate 0.01 and momentum 0; Adam with rate
 * 1e-3, β₁ 0.9, β₂ 0.999, ε 1e-7.
 *
 * @throws MeanfieldError INVALID_OPTION for an unknown name or option, or a value out of range
 */
export function parseOptimizer(name: string, options: unknown = {}): OptimizerSpec {
  const { optimizer } = parseOptions(
    'training',
    names,
    { optimizer: name },
    { optimizer: '"sgd" or "adam"' },
  );
  return optimizer === 'sgd'
    ? { name: 'sgd', ...parseOptions('optimizer sgd', SCHEMAS.sgd, options, DOCS.sgd) }
    : { name: 'adam', ...parseOptions('optimizer adam', SCHEMAS.adam, options, DOCS.adam) };
}
