import type {
  Activation,
  MeanFieldMap,
  MeanFieldModel,
  PluginContext,
  WeightStatistics,
} from '@meanfield/core';

import type { Choice } from './choice.js';

export interface NetworkChoice {
  readonly activation: Choice;
  readonly initializer: Choice;
  readonly meanField?: Choice | undefined;
}

/** The network that the options describe, and the theory of it. */
export interface InfiniteNetwork {
  readonly activation: Activation;
  /** Of the first layer, and where there are no branches of all others */
  readonly statistics: WeightStatistics;
  readonly model: MeanFieldModel;
  readonly map: MeanFieldMap;
  /** Whether signals are observed behind norms, which `map` has before them; default false */
  readonly normalised?: boolean;
}

/** @throws MeanfieldError UNSUPPORTED when no model describes the initializer, UNKNOWN_PLUGIN, INVALID_OPTION */
export function infiniteNetwork(choice: NetworkChoice, context: PluginContext): InfiniteNetwork {
  const activation = context.get('activation', choice.activation.name, choice.activation.options);
  const statistics = context
    .get('initializer', choice.initializer.name, choice.initializer.options)
    .statistics();
  const { meanField } = choice;
  const named = meanField === undefined ? {} : { model: meanField.name, modelOptions: meanField.options };
  const model = context.meanFieldModel(statistics, activation, named);
  return { activation, statistics, model, map: model.map(activation, statistics) };
}
