/**
 * Functions of Node's `util` that tfjs-node 4.22 calls and that Node 23 removed.
 *
 * They are put back before tfjs-node is loaded, and stay, since it calls them whenever it works. Node before 23 has them,
 * and nothing is changed there.
 */

const REMOVED = {
  isArray: (value: unknown): boolean => Array.isArray(value),
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
};

/** Adds to `util` (the object that `require('util')` gives) what it lacks. */
export function supplyRemovedFunctions(util: Record<string, unknown>): void {
  for (const [name, substitute] of Object.entries(REMOVED)) {
    if (typeof util[name] !== 'function') util[name] = substitute;
  }
}
