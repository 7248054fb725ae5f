import { cite, definePlugin, schoenholz2017, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { sigmoid } from './sigmoid.js';

const definition: PluginDefinition<'activation', Record<string, never>> = definePlugin({
  kind: 'activation',
  name: 'sigmoid',
  package: '@meanfield/activation-sigmoid',
  version: '0.1.0',
  summary: '1/(1 + exp(−x)), the logistic function, smooth and bounded',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(schoenholz2017)],
  create: () => sigmoid,
});

export default definition;
