/**
 * The fixed point of the length map V that lengths of order one run to (`poole2016` §2.1; the cases of ReLU:
 * `singh2021` §2.2).
 */

import type { MeanFieldMap } from '@meanfield/core';

import { deepMapOf } from './deep-layer.js';
import { momentsLength } from './moments-length.js';
import { settledLength } from './settled-length.js';

export type LengthOutcome =
  /** One isolated fixed point q*; `residual` is V(q*)/q* − 1 */
  | { readonly status: 'fixed'; readonly q: number; readonly residual: number }
  /** V(q) = q for every q, as ReLU at σ_w² = 2, σ_b² = 0 */
  | { readonly status: 'every-q-fixed' }
  /** Lengths shrink to 0 */
  | { readonly status: 'only-zero' }
  /** Lengths grow without end */
  | { readonly status: 'unbounded' }
  /** None of these was established; `q` is the best candidate */
  | { readonly status: 'not-converged'; readonly q: number; readonly residual: number };

/**
 * Where lengths go. For maps of moments by root finding, so that q* near a critical point is as exact as
 * elsewhere; for maps of laws by iteration.
 *
 * With several fixed points it is the first one that lengths meet on their way from q = 1, searched on a grid of
 * factors 2 to 1.5 in ln q; two fixed points between neighbours of the grid go unseen.
 */
export function lengthFixedPoint(anyLayer: MeanFieldMap): LengthOutcome {
  const map = deepMapOf(anyLayer);
  return map.stateKind === 'moments' ? momentsLength(map) : settledLength(map).outcome;
}
