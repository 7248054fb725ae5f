import { definePlugin, type PluginDefinition } from '@meanfield/core';

import { makeActivation } from './activation.js';
import { functionDocs, functionsSchema, type CustomFunctions } from './functions.js';
import { sourcesOf } from './references.js';

export { customActivation, type CustomActivationSpec } from './custom-activation.js';
export type { CustomFunctions };

const definition: PluginDefinition<'activation', CustomFunctions> = definePlugin({
  kind: 'activation',
  name: 'custom',
  package: '@meanfield/activation-custom',
  version: '0.1.0',
  summary: 'any φ given as a function with its kinks, from code or as a plugin of its own',
  options: functionsSchema,
  optionDocs: functionDocs,
  references: sourcesOf({}),
  create: (functions) => makeActivation('custom', functions),
});

export default definition;
