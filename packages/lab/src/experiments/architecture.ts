/** Which network an experiment simulates. */

import type { PluginContext } from '@meanfield/core';
import { perceptron, residualNetwork, type Network } from '@meanfield/simulation';
import { z } from 'zod';

import { choice, type Choice } from './choice.js';

const architectures = ['mlp', 'layer-norm', 'resnet'] as const;

export interface ArchitectureChoice {
  readonly activation: Choice;
  readonly initializer: Choice;
  readonly architecture: (typeof architectures)[number];
  /** Of V, which closes a residual branch */
  readonly branch?: Choice | undefined;
  readonly depth: number;
}

export const architectureOptions: {
  readonly architecture: z.ZodDefault<z.ZodEnum<z.core.util.ToEnum<(typeof architectures)[number]>>>;
  readonly branch: z.ZodOptional<z.ZodType<Choice>>;
} = {
  architecture: z.enum(architectures).default('mlp'),
  branch: choice().optional(),
};

export const ARCHITECTURE_DOCS = {
  architecture:
    'mlp (default), layer-norm (pre-activations normalised in every layer) or resnet (residual blocks with norms)',
  branch:
    'resnet: the initializer that closes a residual branch, a name or { name, options }, default depth-scaled at the depth',
} as const;

const SCALED = 'depth-scaled';

/**
 * Without a choice, the branches of a residual network add what one would, whatever the depth (`shrinkage2021` thm. 2);
 * that initializer takes the network's depth unless it is given another.
 */
export function withBranch<T extends ArchitectureChoice>(options: T): T {
  const { architecture, branch = { name: SCALED, options: {} }, depth } = options;
  if (architecture !== 'resnet' || branch.name !== SCALED) return options;
  return { ...options, branch: { ...branch, options: { depth, ...branch.options } } };
}

/** Depth counts layers with a nonlinearity; of a residual network, blocks. */
export function networkOf(options: ArchitectureChoice, context: PluginContext): Network {
  const { architecture, depth, branch } = options;
  const activation = context.get('activation', options.activation.name, options.activation.options);
  const initializer = context.get('initializer', options.initializer.name, options.initializer.options);
  const parts = { activation, initializer, depth };
  if (architecture === 'mlp') return perceptron(parts);
  if (architecture === 'layer-norm' || branch === undefined) return perceptron({ ...parts, layerNorm: {} });
  const branchInitializer = context.get('initializer', branch.name, branch.options);
  return residualNetwork({ ...parts, branchInitializer });
}
