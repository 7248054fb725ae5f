import { cite, definePlugin, poole2016, schoenholz2017, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { tanh } from './tanh.js';

const definition: PluginDefinition<'activation', Record<string, never>> = definePlugin({
  kind: 'activation',
  name: 'tanh',
  package: '@meanfield/activation-tanh',
  version: '0.1.0',
  summary: 'hyperbolic tangent, smooth and odd',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(poole2016), cite(schoenholz2017)],
  create: () => tanh,
});

export default definition;
