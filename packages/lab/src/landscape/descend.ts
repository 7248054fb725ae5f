/** Gradient descent with a fixed rate, to a minimum: where it stalls at a saddle point it is pushed on. */

import type { RandomStream } from '@meanfield/core';

import type { RectifiedLoss } from './rectified-loss.js';
import { smallestCurvature } from './smallest-curvature.js';

export interface DescentRules {
  /** α of w ← w − α ∇F */
  readonly rate: number;
  /** Below this value a run is on its way to F = 0 */
  readonly solved: number;
  /** A gradient shorter than this is that of a stationary point */
  readonly stationary: number;
  readonly mostSteps: number;
}

export interface Descent {
  /** 'spurious': a stationary point above F = 0 whose Hessian is positive definite */
  readonly end: 'global' | 'spurious' | 'unsettled';
  /** F where the run ended */
  readonly value: number;
  readonly steps: number;
  /** Smallest eigenvalue of the Hessian there, of spurious minima */
  readonly curvature: number | null;
}

/** Smallest eigenvalues are known to 3e-6. */
const LEAST_CURVATURE = 1e-5;
/** Deviation of what every weight is changed by at a saddle point */
const PUSH = 1e-3;

/**
 * From `weights`, which become the point where the run ended.
 *
 * @param stream of pushes
 */
export function descend(
  loss: RectifiedLoss,
  weights: Float64Array,
  rules: DescentRules,
  stream: RandomStream,
): Descent {
  const gradient = new Float64Array(loss.size);
  const least = rules.stationary ** 2;
  for (let steps = 0; ; steps++) {
    const value = loss.valueAndGradient(weights, gradient);
    if (value < rules.solved) return { end: 'global', value, steps, curvature: null };
    let square = 0;
    for (const slope of gradient) square += slope * slope;
    if (steps >= rules.mostSteps) return { end: 'unsettled', value, steps, curvature: null };
    if (square < least) {
      const curvature = smallestCurvature(loss, weights, stream.child('curvature').child(steps));
      if (curvature > LEAST_CURVATURE) return { end: 'spurious', value, steps, curvature };
      for (let i = 0; i < weights.length; i++) weights[i]! += PUSH * stream.normal();
      continue;
    }
    for (let i = 0; i < weights.length; i++) weights[i]! -= rules.rate * gradient[i]!;
  }
}
