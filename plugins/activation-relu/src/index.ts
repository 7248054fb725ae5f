import { cho2009, cite, definePlugin, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { relu } from './relu.js';

const definition: PluginDefinition<'activation', Record<string, never>> = definePlugin({
  kind: 'activation',
  name: 'relu',
  package: '@meanfield/activation-relu',
  version: '0.1.0',
  summary: 'max(x, 0), every Gaussian expectation in closed form',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(cho2009, '§2'), cite(singh2021, '§2.2')],
  create: () => relu,
});

export default definition;
