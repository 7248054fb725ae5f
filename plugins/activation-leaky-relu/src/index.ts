import { cho2009, cite, definePlugin, maas2013, tsuchida2018, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { leakyRelu } from './leaky-relu.js';

/** Squares of larger slopes are of no use and would overflow. */
const LARGEST_SLOPE = 1e100;

export interface LeakyReluOptions {
  /** a, the slope of φ below 0 */
  readonly negativeSlope: number;
}

const definition: PluginDefinition<'activation', Partial<LeakyReluOptions>> = definePlugin({
  kind: 'activation',
  name: 'leaky-relu',
  package: '@meanfield/activation-leaky-relu',
  version: '0.1.0',
  summary: 'x above 0, a x below, every Gaussian expectation in closed form',
  options: z.strictObject({
    negativeSlope: z.number().min(-LARGEST_SLOPE).max(LARGEST_SLOPE).default(0.01),
  }),
  optionDocs: {
    negativeSlope: 'a, slope below 0, a number of either sign up to 1e100 in size, default 0.01',
  },
  references: [cite(maas2013), cite(tsuchida2018, 'cor. 4'), cite(cho2009, '§2')],
  create: ({ negativeSlope }) => leakyRelu(negativeSlope),
});

export default definition;
