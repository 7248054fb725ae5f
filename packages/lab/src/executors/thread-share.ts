/**
 * Threads that work may start itself, as backends do. They are told through the environment, where backends read how many they
 * may take: how work is spread is no part of a cell, which has the same bits for any number of threads.
 */

/** Most threads that a backend takes by itself; what the user has set there holds too. */
const VARIABLE = 'MEANFIELD_THREADS';

/** @param tasks that run, or are about to, this one among them */
export const shareOf = (threads: number, tasks: number): number =>
  Math.max(1, Math.floor(threads / Math.max(1, tasks)));

/** `threads`, or what the user has set where that is less (or no number: backends say so). */
const allowed = (given: string | undefined, threads: number): string =>
  given === undefined || given === '' || Number(given) > threads ? String(threads) : given;

const given = process.env[VARIABLE];

/** For what is opened from now on in this thread, which is not the main one and has an environment of its own. */
export function limitThreads(share: number): void {
  process.env[VARIABLE] = allowed(given, share);
}

/** Does `work`, whose backends take at most `threads` threads by themselves. One at a time: the limit is the process's. */
export async function withThreads<Found>(threads: number, work: () => Promise<Found>): Promise<Found> {
  const before = process.env[VARIABLE];
  process.env[VARIABLE] = allowed(before, threads);
  try {
    return await work();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, VARIABLE);
    else process.env[VARIABLE] = before;
  }
}
