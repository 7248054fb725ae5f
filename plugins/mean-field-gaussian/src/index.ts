import {
  cite,
  definePlugin,
  poole2016,
  schoenholz2017,
  singh2021,
  yarotsky,
  type PluginDefinition,
} from '@meanfield/core';
import { z } from 'zod';

import { gaussianModel } from './gaussian-model.js';

const gaussian: PluginDefinition<'mean-field', Record<string, never>> = definePlugin({
  kind: 'mean-field',
  name: 'gaussian',
  package: '@meanfield/mean-field-gaussian',
  version: '0.1.0',
  summary: 'independent or correlated Gaussian rows in an infinitely wide layer, any activation',
  options: z.strictObject({}),
  optionDocs: {},
  references: [
    cite(poole2016, '§2'),
    cite(schoenholz2017, '§3–4'),
    cite(singh2021, 'eq. 2.2–2.5, §3.1'),
    cite(yarotsky),
  ],
  create: () => gaussianModel(),
});

export default gaussian;
export type { GaussianState } from './gaussian-map.js';
