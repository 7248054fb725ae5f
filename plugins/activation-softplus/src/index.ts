import { cite, definePlugin, dugas2001, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { softplus, type SoftplusOptions } from './softplus.js';

export type { SoftplusOptions };

const definition: PluginDefinition<'activation', Partial<SoftplusOptions>> = definePlugin({
  kind: 'activation',
  name: 'softplus',
  package: '@meanfield/activation-softplus',
  version: '0.1.0',
  summary: 'ln(1 + exp(βx))/β, a smooth ReLU',
  options: z.strictObject({ beta: z.number().min(1e-6).max(1e6).default(1) }),
  optionDocs: { beta: 'sharpness β, from 1e-6 to 1e6; ReLU as β → ∞; default 1' },
  references: [cite(dugas2001, '§2')],
  create: softplus,
});

export default definition;
