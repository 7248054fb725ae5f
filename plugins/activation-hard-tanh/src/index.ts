import { cite, collobert2004, definePlugin, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { hardTanh } from './hard-tanh.js';

const definition: PluginDefinition<'activation', Record<string, never>> = definePlugin({
  kind: 'activation',
  name: 'hard-tanh',
  package: '@meanfield/activation-hard-tanh',
  version: '0.1.0',
  summary: 'x clipped to [−1, 1]; closed forms of one variance, single integrals of two',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(collobert2004)],
  create: () => hardTanh,
});

export default definition;
