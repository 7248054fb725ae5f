/** The mean-field model and map that the flags of a network mean. */

import type { Activation, MeanFieldMap, MeanFieldModel, WeightStatistics } from '@meanfield/core';

import { requireOwners } from '../input/settings.js';
import type { Session } from '../session.js';
import { initializerOptions } from './initializer.js';
import type { NetworkFlags } from './network.js';

function lawOf(session: Session, flags: NetworkFlags): readonly [WeightStatistics, Activation] {
  const { lab, settings } = session;
  const { name, values } = initializerOptions(session, flags);
  const activation = lab.get('activation', flags.activation, settings.activation);
  return [lab.get('initializer', name, values).statistics(), activation];
}

const named = ({ meanField }: NetworkFlags): { readonly model?: string } =>
  meanField === undefined ? {} : { model: meanField };

/** Throws UNKNOWN_PLUGIN, INVALID_OPTION, and UNSUPPORTED when no model describes the law. */
export function meanFieldModel(session: Session, flags: NetworkFlags): MeanFieldModel {
  return session.lab.meanFieldModel(...lawOf(session, flags), named(flags));
}

/** Throws UNKNOWN_PLUGIN, INVALID_OPTION, and UNSUPPORTED when no model describes the law. */
export function meanFieldMap(session: Session, flags: NetworkFlags): MeanFieldMap {
  requireOwners(session.settings, ['activation', 'initializer', 'mean-field']);
  const [statistics, activation] = lawOf(session, flags);
  const modelOptions = session.settings['mean-field'];
  const chosen = Object.keys(modelOptions).length === 0 ? {} : { modelOptions };
  const model = session.lab.meanFieldModel(statistics, activation, { ...named(flags), ...chosen });
  return model.map(activation, statistics);
}
