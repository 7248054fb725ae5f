/** A layer's summary as records hold it. */

import type { Json, JsonObject } from '@meanfield/core';
import type { LayerSummary } from '@meanfield/simulation';

import { jsonNumber } from '../json-number.js';

const numberJson = (value: number | null): Json => (value === null ? null : jsonNumber(value));

export function layerJson({ pairs, ...moments }: LayerSummary): JsonObject {
  const entries = Object.entries(moments).map(([key, value]) => [key, numberJson(value)] as const);
  const pairsJson = pairs?.map(({ gap, gapStderr, c }): Json => ({
    gap: numberJson(gap),
    gapStderr: numberJson(gapStderr),
    c: numberJson(c),
  }));
  return { ...Object.fromEntries(entries), ...(pairsJson === undefined ? {} : { pairs: pairsJson }) };
}
