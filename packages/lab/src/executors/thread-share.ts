/**
 * Threads that a task may start itself, as backends do: tasks that run at once share those of the pool, so that there are not as
 * many for each. A thread has an environment of its own, where its backends read the number.
 */

/** Most threads that a backend takes by itself; what the user has set there holds too. */
const VARIABLE = 'MEANFIELD_THREADS';

/** @param tasks that run, or are about to, this one among them */
export const shareOf = (threads: number, tasks: number): number =>
  Math.max(1, Math.floor(threads / Math.max(1, tasks)));

const given = process.env[VARIABLE];

/** For what is opened from now on in this thread, which is not the main one. */
export function limitThreads(share: number): void {
  const own = Number(given);
  process.env[VARIABLE] = given === undefined || own > share ? String(share) : given;
}
