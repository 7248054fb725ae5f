import { cite, definePlugin, shrinkage2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { residualModel } from './residual-model.js';

const definition: PluginDefinition<'mean-field', Record<string, never>> = definePlugin({
  kind: 'mean-field',
  name: 'resnet',
  package: '@meanfield/mean-field-resnet',
  version: '0.1.0',
  summary: 'residual blocks with normalised signals, whose branches end in Gaussian rows',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(shrinkage2021, 'eq. A.10')],
  create: residualModel,
});

export default definition;
