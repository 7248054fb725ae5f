/** What a design is asked to keep, checked and completed. */

import { MeanfieldError, show, type DepthQuestion, type DepthTargets } from '@meanfield/core';

const DEFAULT_JACOBIAN_NORM = 10;
const DEFAULT_GAP = 0.1;

function requireIn(value: number, largest: number, what: string): number {
  if (value > 0 && value <= largest && Number.isFinite(value)) return value;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${what} above 0${largest === Infinity ? '' : ` and at most ${largest}`}`,
    found: show(value),
    remedy: 'choose such a number',
  });
}

export interface CompleteQuestion {
  readonly inputGap: number;
  readonly targets: Required<DepthTargets>;
}

/** @throws MeanfieldError INVALID_ARGUMENT */
export function completeQuestion({ inputGap = 2, targets = {} }: DepthQuestion = {}): CompleteQuestion {
  const { jacobianNorm = DEFAULT_JACOBIAN_NORM, gap = DEFAULT_GAP } = targets;
  return {
    inputGap: requireIn(inputGap, 2, 'an input gap 1 − ρ'),
    targets: {
      jacobianNorm: requireIn(jacobianNorm, Infinity, "a target of the Jacobian's norm"),
      gap: requireIn(gap, 2, 'a target of 1 − ρ_max'),
    },
  };
}
