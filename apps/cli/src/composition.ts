/** What the command line is made of: every first-party plugin, and those that the user names. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import tfjs from '@meanfield/backend-tfjs';
import { createLab, type Lab, type PluginDefinition } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import rai from '@meanfield/initializer-rai';
import { experiments } from '@meanfield/lab';
import meanFieldAsymmetric from '@meanfield/mean-field-asymmetric';
import meanFieldGaussian from '@meanfield/mean-field-gaussian';
import fashionMnist from '@meanfield/task-fashion-mnist';
import teacherStudent from '@meanfield/task-teacher-student';

const FIRST_PARTY: readonly PluginDefinition[] = [
  relu,
  tanh,
  he,
  aci,
  rai,
  raai,
  meanFieldGaussian,
  meanFieldAsymmetric,
  teacherStudent,
  fashionMnist,
  tfjs,
  ...experiments,
];

/** A lab of the first-party plugins and `extra`. Throws INVALID_PLUGIN, DUPLICATE_PLUGIN. */
export function composeLab(extra: readonly PluginDefinition[]): Lab {
  return createLab([...FIRST_PARTY, ...extra]);
}
