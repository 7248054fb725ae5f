/** A lab for tests of experiments. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import tfjs from '@meanfield/backend-tfjs';
import { createLab, definePlugin, type JsonObject, type Lab, type PluginDefinition } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import rai from '@meanfield/initializer-rai';
import asymmetric from '@meanfield/mean-field-asymmetric';
import gaussian from '@meanfield/mean-field-gaussian';
import layerNorm from '@meanfield/mean-field-layer-norm';
import resnet from '@meanfield/mean-field-resnet';
import teacherStudent from '@meanfield/task-teacher-student';
import { z } from 'zod';

import { experiments, resolveCell, runCell } from '../src/index.js';

/** Every weight is 1/fanIn: a law that no theory here describes. */
const constant = definePlugin({
  kind: 'initializer',
  name: 'constant',
  package: 'test',
  version: '1.0.0',
  summary: 'constant weights',
  options: z.strictObject({}),
  optionDocs: {},
  references: [],
  create: () => ({
    name: 'constant',
    statistics: () => ({ law: 'empirical', reason: 'nothing is random' }),
    sample: ({ weights, bias, fanIn }) => {
      weights.fill(1 / fanIn);
      bias.fill(0);
    },
  }),
});

/** Every experiment of this package, with a few plugins. */
export const lab: Lab = createLab([
  ...experiments,
  ...[
    relu,
    tanh,
    he,
    aci,
    rai,
    raai,
    gaussian,
    asymmetric,
    layerNorm,
    resnet,
    teacherStudent,
    tfjs,
    constant,
  ].map((each) => each as PluginDefinition),
]);

/** What a cell found; the test fails where it failed. */
export async function resultOf(experiment: string, options: object, seed = 1): Promise<JsonObject> {
  const { cell } = resolveCell(lab, { experiment, options, seed });
  const outcome = await runCell(lab, cell, { report: () => undefined });
  if (outcome.status === 'failed') throw new Error(outcome.error.message);
  return outcome.result;
}
