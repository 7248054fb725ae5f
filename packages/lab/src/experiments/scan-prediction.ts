/** What theory says of one point of a scan over σ_w². */

import type { Json, JsonObject } from '@meanfield/core';
import { boundaries, lengthFixedPoint, trajectory } from '@meanfield/theory';

import { jsonNumber } from '../json-number.js';
import { boundariesToJson } from './boundary.js';
import { firstLayer, type InputMoments } from './first-layer.js';
import type { InfiniteNetwork } from './mean-field-of.js';

/** q, c, 1 − c by layer, entry 0 layer 1's pre-activations, and q* where lengths have one fixed point above 0. */
export function predictedSignals(
  { map, model, statistics }: InfiniteNetwork,
  inputs: InputMoments,
  depth: number,
): JsonObject {
  const start = firstLayer(statistics, inputs);
  const pairs = start === null ? [] : trajectory(map, start, depth - 1);
  const length = lengthFixedPoint(map);
  return {
    model: model.name,
    method: map.method,
    layers: pairs.map(({ q1, gap }): Json => ({
      q: jsonNumber(q1),
      c: jsonNumber(1 - gap),
      gap: jsonNumber(gap),
    })),
    qStar: length.status === 'fixed' ? length.q : null,
  };
}

/** σ_w² of both boundaries, as `meanfield boundary` shows them. */
export const predictedBoundaries = ({ map }: InfiniteNetwork): JsonObject =>
  boundariesToJson(boundaries(map));
