import { builtin } from '../node-builtins.js';
import type { OpenPort } from '../ensemble.js';
import { openHere } from './port.js';

/** Cores that threads are worth starting for: 1 where there are no threads, as in browsers. */
export function coreCount(): number {
  return builtin('node:os')?.availableParallelism() ?? 1;
}

export const openThread: OpenPort = openHere;
