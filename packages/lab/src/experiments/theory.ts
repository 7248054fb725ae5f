/** What theory says of one point of parameter space: fixed points, χ₁, depth scales, phase. */

import { cite, definePlugin, schoenholz2017, singh2021, type PluginDefinition } from '@meanfield/core';
import { analyse } from '@meanfield/theory';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { analysisToJson } from './analysis-json.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';
import { infiniteNetwork } from './mean-field-of.js';

const theory: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'theory',
  package: PACKAGE,
  version: VERSION,
  summary: 'length and correlation fixed points, χ₁, depth scales and phase of an infinitely wide network',
  options: z.strictObject(networkOptions),
  optionDocs: CHOICE_DOCS,
  references: [cite(schoenholz2017), cite(singh2021, '§2.2')],
  create(options, context) {
    const { model, map } = infiniteNetwork(options, context);
    return {
      name: 'theory',
      run: () => Promise.resolve({ result: { ...analysisToJson(analyse(map)), model: model.name } }),
    };
  },
});

export default theory;
