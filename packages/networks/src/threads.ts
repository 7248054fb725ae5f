/** How many threads a backend may take, as the environment of the run says. */

import { MeanfieldError, show } from '@meanfield/core';
import type * as os from 'node:os';

const VARIABLE = 'MEANFIELD_THREADS';

/** What there is of Node and of pages */
interface Here {
  readonly process?: {
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly getBuiltinModule?: (name: 'node:os') => typeof os | undefined;
  };
  readonly navigator?: { readonly hardwareConcurrency?: number };
}
const here = globalThis as Here;

/** Cores that this process may use; 1 where that is not known. */
export const coresHere = (): number =>
  here.process?.getBuiltinModule?.('node:os')?.availableParallelism() ??
  here.navigator?.hardwareConcurrency ??
  1;

/**
 * Threads that a backend may take where its options do not say: what MEANFIELD_THREADS says, at most one a core. Undefined
 * where that is not set. It is read whenever it is asked for, since a run may set it, for each of its threads another.
 *
 * @throws MeanfieldError INVALID_OPTION where the variable is no number of threads
 */
export function threadsAllowed(): number | undefined {
  const given = here.process?.env?.[VARIABLE];
  if (given === undefined || given === '') return undefined;
  if (/^[1-9]\d*$/.test(given)) return Math.min(coresHere(), Number(given));
  throw new MeanfieldError({
    code: 'INVALID_OPTION',
    expected: `${VARIABLE} in the environment to be a whole number of threads, at least 1`,
    found: show(given),
    remedy: 'correct it, or unset it for one a core',
  });
}
