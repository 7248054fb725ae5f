/** The arrays of a simulation, used again for every layer and network, and the limit on their memory. */

import { MeanfieldError } from '@meanfield/core';

import type { Plan } from './plan.js';
import type { Method } from './request.js';

export interface Workspace {
  /** Signals and room for the next ones, [mostUnits, M] each */
  readonly batches: readonly [Float64Array, Float64Array];
  /** Entry d: signals that a branch at depth d of nested branches starts from */
  readonly kept: readonly Float64Array[];
  /** W of the largest layer and its b; empty where weights are not formed */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** 4 GiB for all of a workspace. A process that takes more is a mistake more often than a wish. */
const MOST_ENTRIES = 2 ** 29;

interface Sizes {
  readonly batch: number;
  readonly kept: readonly number[];
  readonly weights: number;
  readonly bias: number;
}

function sizesOf({ steps, mostUnits, keptUnits }: Plan, inputs: number, method: Method): Sizes {
  const dense = method === 'gram' ? [] : steps.filter((step) => step.kind === 'dense');
  return {
    batch: mostUnits * inputs,
    kept: keptUnits.map((units) => units * inputs),
    weights: dense.reduce((most, { fanIn, fanOut }) => Math.max(most, fanIn * fanOut), 0),
    bias: dense.reduce((most, { fanOut }) => Math.max(most, fanOut), 0),
  };
}

const gibibytes = (entries: number): string => `${((entries * 8) / 2 ** 30).toPrecision(3)} GiB`;

/** @throws MeanfieldError INVALID_ARGUMENT */
export function requireMemory(plan: Plan, inputs: number, method: Method): void {
  const { batch, kept, weights, bias } = sizesOf(plan, inputs, method);
  const entries = 2 * batch + kept.reduce((sum, each) => sum + each, 0) + weights + bias;
  if (entries <= MOST_ENTRIES) return;
  const shares = weights === 0 ? 'for signals' : `of which ${gibibytes(weights)} are one layer's weights`;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a network and a batch that fit in ${gibibytes(MOST_ENTRIES)}`,
    found: `a need of ${gibibytes(entries)}, ${shares}`,
    remedy:
      method === 'gram'
        ? 'choose a smaller width or batch'
        : 'choose a smaller width or batch, or initializers whose pre-activations are sampled without weights',
  });
}

export function allocate(plan: Plan, inputs: number, method: Method): Workspace {
  const { batch, kept, weights, bias } = sizesOf(plan, inputs, method);
  return {
    batches: [new Float64Array(batch), new Float64Array(batch)],
    kept: kept.map((length) => new Float64Array(length)),
    weights: new Float64Array(weights),
    bias: new Float64Array(bias),
  };
}
