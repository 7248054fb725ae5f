import { cite, definePlugin, hendrycks2016, tsuchida2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { exactGelu, tanhGelu } from './gelu.js';

export interface GeluOptions {
  /** x Φ(x), or its approximation by tanh that many libraries use; default exact */
  readonly form?: 'exact' | 'tanh';
}

const definition: PluginDefinition<'activation', GeluOptions> = definePlugin({
  kind: 'activation',
  name: 'gelu',
  package: '@meanfield/activation-gelu',
  version: '0.1.0',
  summary: 'x Φ(x), every Gaussian expectation in closed form; or its approximation by tanh',
  options: z.strictObject({ form: z.enum(['exact', 'tanh']).default('exact') }),
  optionDocs: {
    form: 'exact for x Φ(x), tanh for the approximation x (1 + tanh(√(2/π)(x + 0.044715 x³)))/2, default exact',
  },
  references: [cite(hendrycks2016, '§2'), cite(tsuchida2021)],
  create: ({ form }) => (form === 'exact' ? exactGelu : tanhGelu),
});

export default definition;
