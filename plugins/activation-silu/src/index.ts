import { cite, definePlugin, elfwing2018, ramachandran2017, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { silu, type SiluOptions } from './silu.js';

export type { SiluOptions };

const definition: PluginDefinition<'activation', Partial<SiluOptions>> = definePlugin({
  kind: 'activation',
  name: 'silu',
  package: '@meanfield/activation-silu',
  version: '0.1.0',
  summary: 'x σ(βx), SiLU at β = 1 and swish at any other',
  options: z.strictObject({ beta: z.number().min(1e-6).max(1e6).default(1) }),
  optionDocs: { beta: 'β of swish, from 1e-6 to 1e6; x/2 as β → 0, ReLU as β → ∞; default 1' },
  references: [cite(elfwing2018, '§2'), cite(ramachandran2017, '§4')],
  create: silu,
});

export default definition;
