import { cite, definePlugin, lu2020, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { asymmetricModel } from './asymmetric-model.js';

const options = z.strictObject({
  method: z.enum(['rms', 'mean']).default('rms'),
});

export interface AsymmetricOptions {
  /** What stands in for the input of the replaced weight: its root mean square (default) or its mean */
  readonly method?: 'rms' | 'mean';
}

const asymmetric: PluginDefinition<'mean-field', AsymmetricOptions> = definePlugin({
  kind: 'mean-field',
  name: 'asymmetric',
  package: '@meanfield/mean-field-asymmetric',
  version: '0.1.0',
  summary: 'rows with one replaced entry (RAI, RAAI) in the RMS and mean approximations',
  options,
  optionDocs: {
    method:
      "what stands in for the replaced weight's input: 'rms', its root mean square, or 'mean', its mean; default 'rms'",
  },
  references: [cite(singh2021, '§3.3, app. A–C'), cite(lu2020)],
  create: ({ method }) => asymmetricModel(method),
});

export default asymmetric;
