import { cite, definePlugin, saxe2014, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { linear } from './linear.js';

const definition: PluginDefinition<'activation', Record<string, never>> = definePlugin({
  kind: 'activation',
  name: 'linear',
  package: '@meanfield/activation-linear',
  version: '0.1.0',
  summary: 'the identity, for deep linear networks',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(saxe2014)],
  create: () => linear,
});

export default definition;
