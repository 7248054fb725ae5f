/** Node's own modules where there is a Node, so that this package loads in browsers as it is. */

import type * as v8 from 'node:v8';
import type * as workerThreads from 'node:worker_threads';

interface Builtins {
  readonly 'node:v8': typeof v8;
  readonly 'node:worker_threads': typeof workerThreads;
}

export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.(name) as Builtins[Name] | undefined;
}
