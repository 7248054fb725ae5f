/** A model of kind `mean-field` from one question: what a law of weights is to it, so that `accepts` and `map` agree. */

import type { Activation } from './contracts/activation.js';
import type { WeightStatistics } from './contracts/initializer.js';
import type { MeanFieldMap, MeanFieldModel } from './contracts/mean-field.js';
import { MeanfieldError } from './errors.js';

export interface MeanFieldModelSpec<Law extends WeightStatistics> {
  readonly name: string;
  /** The law itself where the model describes it; where not, the reason, which completes "… does not apply: ". */
  described(statistics: WeightStatistics, activation: Activation): Law | string;
  map(activation: Activation, law: Law): MeanFieldMap;
  /** What to do with a law that is not described: completes the sentence of the error. */
  readonly remedy: string;
}

/** The model, whose `map` throws UNSUPPORTED with the reason for what it does not describe. */
export function defineMeanFieldModel<Law extends WeightStatistics>(
  spec: MeanFieldModelSpec<Law>,
): MeanFieldModel {
  return {
    name: spec.name,
    accepts(statistics, activation) {
      const law = spec.described(statistics, activation);
      return typeof law === 'string' ? { accepted: false, reason: law } : { accepted: true };
    },
    map(activation, statistics) {
      const law = spec.described(statistics, activation);
      if (typeof law !== 'string') return spec.map(activation, law);
      throw new MeanfieldError({
        code: 'UNSUPPORTED',
        expected: `weights that the model ${spec.name} describes`,
        found: `law ${statistics.law}: ${law}`,
        remedy: spec.remedy,
      });
    },
  };
}
