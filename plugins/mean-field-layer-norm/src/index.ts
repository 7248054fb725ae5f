import { cite, definePlugin, shrinkage2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { layerNormModel } from './layer-norm-model.js';

const definition: PluginDefinition<'mean-field', Record<string, never>> = definePlugin({
  kind: 'mean-field',
  name: 'layer-norm',
  package: '@meanfield/mean-field-layer-norm',
  version: '0.1.0',
  summary: 'Gaussian rows, signals normalised to mean square 1 before each activation',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(shrinkage2021, 'eq. 2.3')],
  create: layerNormModel,
});

export default definition;
