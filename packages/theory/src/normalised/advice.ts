/** What is said of any design: what the theorem leaves room for, and how deep it can be. */

import type { Activation, DepthAdvice } from '@meanfield/core';

import { breakingDepth } from './breaking-depth.js';
import { admissibleTermSum } from './depth-bound.js';
import type { NormalisedLayer } from './layers.js';
import type { CompleteQuestion } from './targets.js';

/** The parts of an advice that layers and residual blocks share. */
export function depthAdvice(
  layers: readonly NormalisedLayer[],
  question: CompleteQuestion,
): Pick<DepthAdvice, 'targets' | 'admissibleSum' | 'breakingDepth' | 'admissibleTerm'> {
  const { targets } = question;
  const admissibleSum = admissibleTermSum(targets.jacobianNorm, targets.gap);
  return {
    targets,
    admissibleSum,
    breakingDepth: breakingDepth(layers, question),
    admissibleTerm: admissibleSum / layers.length,
  };
}

/** On either side of a kink, relative to its size and at least this */
const BESIDE = 1e-12;
/** A smooth φ changes by its slope times BESIDE. */
const JUMP = 1e-6;

/**
 * A point at which φ itself jumps, so that ‖φ'‖ is infinite: small differences grow without limit in one layer, and the theorems
 * say nothing. undefined where there is none.
 */
export const jumpOf = (activation: Activation): number | undefined =>
  activation.kinks.find((kink) => {
    const step = BESIDE * Math.max(1, Math.abs(kink));
    return Math.abs(activation.phi(kink + step) - activation.phi(kink - step)) > JUMP;
  });
