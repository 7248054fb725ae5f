import { cite, definePlugin, shrinkage2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { residualAnalysis } from './analysis.js';

const definition: PluginDefinition<'analysis', Record<string, never>> = definePlugin({
  kind: 'analysis',
  name: 'resnet',
  package: '@meanfield/analysis-resnet',
  version: '0.1.0',
  summary: 'what depth does to normalised residual networks, and how small their branches must be',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(shrinkage2021, 'thm. 2')],
  create: () => residualAnalysis,
});

export default definition;
