/** What theory says of one point of a scan over σ_w². */

import type { JsonObject } from '@meanfield/core';
import { boundaries, lengthFixedPoint } from '@meanfield/theory';

import { boundariesToJson } from './boundary.js';
import type { Inputs } from './inputs.js';
import type { InfiniteNetwork } from './mean-field-of.js';
import { prediction } from './prediction.js';

/** The model and its signals by layer, as `propagation` has them, and q* where lengths have one fixed point above 0. */
export function predictedSignals(theory: InfiniteNetwork, inputs: Inputs, depth: number): JsonObject {
  const length = lengthFixedPoint(theory.map);
  const { theory: signals } = prediction(theory, inputs, depth) as { readonly theory: JsonObject | null };
  return { ...signals, qStar: length.status === 'fixed' ? length.q : null };
}

/** σ_w² of both boundaries, as `meanfield boundary` shows them. */
export const predictedBoundaries = ({ map }: InfiniteNetwork): JsonObject =>
  boundariesToJson(boundaries(map));
