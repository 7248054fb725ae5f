import { cite, definePlugin, shrinkage2021, williams1997, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { erf } from './erf.js';

const definition: PluginDefinition<'activation', Record<string, never>> = definePlugin({
  kind: 'activation',
  name: 'erf',
  package: '@meanfield/activation-erf',
  version: '0.1.0',
  summary: 'the error function, every Gaussian expectation in closed form',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(williams1997), cite(shrinkage2021, 'app. B')],
  create: () => erf,
});

export default definition;
