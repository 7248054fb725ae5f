import { cite, definePlugin, shrinkage2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { layerNormAnalysis } from './analysis.js';

const definition: PluginDefinition<'analysis', Record<string, never>> = definePlugin({
  kind: 'analysis',
  name: 'layer-norm',
  package: '@meanfield/analysis-layer-norm',
  version: '0.1.0',
  summary:
    'what depth does to perceptrons with layer normalisation: explosion, shrinkage, and what bounds them',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(shrinkage2021, 'thm. 1')],
  create: () => layerNormAnalysis,
});

export default definition;
