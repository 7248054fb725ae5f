/**
 * Compiles the paired build. V8 can join two neighbouring operations of 128 bits to one of 256 ("revectorization"), an
 * experiment that it leaves off: it is turned on for this one module, in versions of V8 that the tests of this build ran on, and
 * turned off again.
 */

import { compileWasm, type WasmModule } from '@meanfield/numerics';

import { builtin, v8OfNode } from '../node-builtins.js';
import bytes from '../dense.paired.relaxed.wasm.js';

/** Of Node 24 and 26. Those of Node 22 and before do not join what the kernel has. */
const TESTED = /^(13\.6|14\.6)\./;

/** Compiled by the optimising compiler, whole and at once: afterwards flags do not matter to it. */
const ON = ['--no-liftoff', '--no-wasm-lazy-compilation', '--experimental-wasm-revectorize'];
const OFF = ['--liftoff', '--wasm-lazy-compilation', '--no-experimental-wasm-revectorize'];

/**
 * Stays off. Inlining reads what the baseline compiler has counted, and V8 14 ends the process where a function was compiled
 * without it: one of another thread may begin while the baseline compiler is off.
 */
const FOR_GOOD = '--no-wasm-inlining';

/** Null where V8 is another. */
export function compilePaired(): WasmModule | null {
  const { process } = globalThis as { process?: { readonly arch?: string } };
  const v8 = builtin('node:v8');
  if (v8 === undefined || process?.arch !== 'x64' || !TESTED.test(v8OfNode())) return null;
  for (const flag of [FOR_GOOD, ...ON]) v8.setFlagsFromString(flag);
  try {
    return compileWasm(bytes);
  } finally {
    for (const flag of OFF) v8.setFlagsFromString(flag);
  }
}
