/** The inputs of a simulation, as experiments are asked for them. */

import type { InputSpec } from '@meanfield/simulation';
import { z } from 'zod';

interface Moments {
  /** M */
  readonly count: number;
  /** Mean square of an input's entries */
  readonly meanSquare: number;
}

/** Every pair alike: this correlation exactly, or, with null, entries that are drawn independently, so that it is 0 on average only */
interface AlikeInputs extends Moments {
  readonly correlation: number | null;
}

/** Inputs 2p and 2p + 1 have 1 − c = pairGaps[p] exactly, all other pairs are orthogonal; count is twice their number */
interface PairedInputs extends Moments {
  readonly pairGaps: readonly number[];
}

export type Inputs = AlikeInputs | PairedInputs;

const given = z
  .strictObject({
    count: z.int().min(2).optional(),
    meanSquare: z.number().positive().default(1),
    correlation: z.number().min(-1).max(1).nullable().optional(),
    pairGaps: z.array(z.number().min(0).max(2)).min(1).optional(),
  })
  .refine(({ correlation, pairGaps }) => correlation === undefined || pairGaps === undefined, {
    error: 'either correlation or pairGaps, not both',
  })
  .refine(
    ({ count, pairGaps }) => pairGaps === undefined || (count ?? 2 * pairGaps.length) === 2 * pairGaps.length,
    {
      error: 'count must be twice the number of pairGaps, or left out',
      path: ['count'],
    },
  );

export const inputsOption: z.ZodType<Inputs> = given
  .transform(({ count = 2, meanSquare, correlation = 0, pairGaps }): Inputs =>
    pairGaps === undefined
      ? { count, meanSquare, correlation }
      : { count: 2 * pairGaps.length, meanSquare, pairGaps },
  )
  .default({ count: 2, meanSquare: 1, correlation: 0 });

export const INPUTS_DOC =
  '{ count, meanSquare, correlation }, default 2 inputs of mean square 1 and correlation exactly 0 (null for independent entries); or { meanSquare, pairGaps }: pairs of inputs with these 1 − c exactly, orthogonal to each other';

/** The inputs as simulation takes them. */
export function inputSpec(inputs: Inputs): InputSpec {
  if ('pairGaps' in inputs) return inputs;
  const { correlation, ...moments } = inputs;
  return correlation === null ? moments : { ...moments, correlation };
}

/** 1 − c₀ of all pairs of inputs, each value once, with the number of pairs that have it (on average, for independent entries). */
export function startingGaps(inputs: Inputs): ReadonlyMap<number, number> {
  const pairs = (inputs.count * (inputs.count - 1)) / 2;
  if (!('pairGaps' in inputs)) return new Map([[1 - (inputs.correlation ?? 0), pairs]]);
  const found = new Map<number, number>();
  const add = (gap: number, times: number): void => void found.set(gap, (found.get(gap) ?? 0) + times);
  for (const gap of inputs.pairGaps) add(gap, 1);
  if (pairs > inputs.pairGaps.length) add(1, pairs - inputs.pairGaps.length);
  return found;
}
