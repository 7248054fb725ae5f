/** The weight variances at which lengths stop being bounded and correlations stop growing. */

import { cite, definePlugin, singh2021, type JsonObject, type PluginDefinition } from '@meanfield/core';
import { boundaries, type Boundaries } from '@meanfield/theory';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';
import { infiniteNetwork } from './mean-field-of.js';

/**
 * Boundaries as records and the command line show them: weight variances (σ_w²), or null with a sentence
 * under `reason` of the same name; `jumps` names those where the slope jumps across 1.
 */
export function boundariesToJson({ length, correlation, method, tolerance }: Boundaries): JsonObject {
  const jumps = Object.entries({ length, correlation }).flatMap(([name, found]) =>
    found.jumps === true ? [name] : [],
  );
  const reasons = Object.entries({ length: length.reason, correlation: correlation.reason }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    length: length.weightVariance,
    correlation: correlation.weightVariance,
    ...(jumps.length === 0 ? {} : { jumps }),
    ...(reasons.length === 0 ? {} : { reason: Object.fromEntries(reasons) }),
    method,
    tolerance,
  };
}

const boundary: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'boundary',
  package: PACKAGE,
  version: VERSION,
  summary: 'weight variances at the boundaries of bounded lengths and of stable correlation',
  options: z.strictObject(networkOptions),
  optionDocs: CHOICE_DOCS,
  references: [cite(singh2021, '§2.2, §3.1')],
  create(options, context) {
    const { model, map } = infiniteNetwork(options, context);
    return {
      name: 'boundary',
      run: () => Promise.resolve({ result: { ...boundariesToJson(boundaries(map)), model: model.name } }),
    };
  },
});

export default boundary;
