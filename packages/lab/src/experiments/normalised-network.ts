/** Theory of simulated networks with norms. */

import type { MeanFieldModel, PluginContext, WeightStatistics } from '@meanfield/core';

import type { ArchitectureChoice } from './architecture.js';
import type { Choice } from './choice.js';
import type { InfiniteNetwork } from './mean-field-of.js';

/**
 * By the model that has the architecture's name. It has to describe every law of the network's weights; its map is that of the
 * initializer that closes branches, where there are branches.
 *
 * @throws MeanfieldError UNSUPPORTED, UNKNOWN_PLUGIN, INVALID_OPTION
 */
export function normalisedNetwork(options: ArchitectureChoice, context: PluginContext): InfiniteNetwork {
  const { architecture, initializer, branch = initializer } = options;
  const activation = context.get('activation', options.activation.name, options.activation.options);
  const lawOf = ({ name, options: own }: Choice): WeightStatistics =>
    context.get('initializer', name, own).statistics();
  const modelOf = (law: WeightStatistics): MeanFieldModel =>
    context.meanFieldModel(law, activation, { model: architecture });
  const [statistics, closing] = [lawOf(initializer), lawOf(branch)];
  modelOf(statistics);
  const model = modelOf(closing);
  return { activation, statistics, model, map: model.map(activation, closing), normalised: true };
}
