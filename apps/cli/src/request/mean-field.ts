/** The mean-field map that the flags of a network mean. */

import type { MeanFieldMap } from '@meanfield/core';

import type { Session } from '../session.js';
import { initializerOptions } from './initializer.js';
import type { NetworkFlags } from './network.js';

/** Throws UNKNOWN_PLUGIN, INVALID_OPTION, and UNSUPPORTED when no model describes the law. */
export function meanFieldMap(session: Session, flags: NetworkFlags): MeanFieldMap {
  const { lab, settings } = session;
  const { name, values } = initializerOptions(session, flags);
  const activation = lab.get('activation', flags.activation, settings.activation);
  const statistics = lab.get('initializer', name, values).statistics();
  const chosen = settings['mean-field'];
  const model = lab.meanFieldModel(
    statistics,
    activation,
    Object.keys(chosen).length === 0 ? {} : { modelOptions: chosen },
  );
  return model.map(activation, statistics);
}
