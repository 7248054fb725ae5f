/** What networks are trained with: plugins made from a training experiment's options. */

import type {
  Activation,
  Backend,
  Initializer,
  JsonObject,
  OptimizerSpec,
  PluginContext,
  Task,
} from '@meanfield/core';
import { parseOptimizer } from '@meanfield/training';

import type { Choice } from './choice.js';

/** A backend's name that stands for the fastest one here; `settleBackend` says which that is. */
export const AUTO = 'auto';

export interface TrainingChoices {
  readonly task: Choice;
  readonly activation: Choice;
  readonly initializer: Choice;
  readonly optimizer: Choice;
}

export interface TrainingParts {
  readonly task: Task;
  readonly activation: Activation;
  readonly initializer: Initializer;
  readonly optimizer: OptimizerSpec;
}

/** Throws what making the plugins throws. */
export function trainingParts(
  { task, activation, initializer, optimizer }: TrainingChoices,
  context: Pick<PluginContext, 'get'>,
): TrainingParts {
  return {
    task: context.get('task', task.name, task.options),
    activation: context.get('activation', activation.name, activation.options),
    initializer: context.get('initializer', initializer.name, initializer.options),
    optimizer: parseOptimizer(optimizer.name, optimizer.options),
  };
}

/** Undefined for `auto`. */
export function backendOf(
  { name, options }: Choice,
  context: Pick<PluginContext, 'get'>,
): Backend | undefined {
  return name === AUTO ? undefined : context.get('backend', name, options satisfies JsonObject);
}
