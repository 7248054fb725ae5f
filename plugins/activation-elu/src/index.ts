import { cite, clevert2016, definePlugin, tsuchida2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { elu } from './elu.js';

/** Beyond, the terms in α² of a drop would cancel to more than 1e-13 of it. */
const LARGEST_ALPHA = 1000;

export interface EluOptions {
  /** α > 0; −α is the limit of φ at −∞ */
  readonly alpha?: number;
}

const definition: PluginDefinition<'activation', EluOptions> = definePlugin({
  kind: 'activation',
  name: 'elu',
  package: '@meanfield/activation-elu',
  version: '0.1.0',
  summary: 'x above 0, α (eˣ − 1) below; closed forms of one variance, single integrals of two',
  options: z.strictObject({ alpha: z.number().positive().max(LARGEST_ALPHA).default(1) }),
  optionDocs: { alpha: 'α, less the limit of φ at −∞, above 0 and at most 1000, default 1' },
  references: [cite(clevert2016, '§3'), cite(tsuchida2021)],
  create: ({ alpha }) => elu(alpha),
});

export default definition;
