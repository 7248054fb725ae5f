import { cite, definePlugin, klambauer2017, tsuchida2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { selu } from './selu.js';

const definition: PluginDefinition<'activation', Record<string, never>> = definePlugin({
  kind: 'activation',
  name: 'selu',
  package: '@meanfield/activation-selu',
  version: '0.1.0',
  summary: 'the ELU whose length map has the fixed point q = 1 at mean 0',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(klambauer2017, 'eq. 2'), cite(tsuchida2021)],
  create: () => selu,
});

export default definition;
