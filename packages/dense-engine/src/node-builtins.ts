/** Node's own modules where there is a Node, so that this package loads in browsers as it is. */

import type * as v8 from 'node:v8';
import type * as workerThreads from 'node:worker_threads';

interface Builtins {
  readonly 'node:v8': typeof v8;
  readonly 'node:worker_threads': typeof workerThreads;
}

/** V8's version in Node, such as 11.3.244.8-node.30; empty elsewhere */
export function v8OfNode(): string {
  const { process } = globalThis as { process?: { versions?: { v8?: string } } };
  return process?.versions?.v8 ?? '';
}

export const isNode20 = (): boolean => v8OfNode().startsWith('11.');

export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.(name) as Builtins[Name] | undefined;
}
