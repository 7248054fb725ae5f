/** Layers of pairs of signals in WebAssembly (assembly/pairs.ts), two pairs a register. */

import type { AdvancePairs } from '@meanfield/core';
import { wasmKernel } from '@meanfield/numerics';

import { COEFFICIENTS } from './pairs-plain.js';
import kernel from './pairs.wasm.js';

/** Pairs at a time: what the kernel remembers of them stays in the nearest cache. */
const PAIRS = 128;
/** The kernel's arrays of PAIRS numbers: lengths, gaps, σ_w² (2/π), σ_b², whether lengths have settled, seven of its own */
const ARRAYS = 12;
const NUMBER_BYTES = 8;

/** Pairs by WebAssembly, or null where there is none. */
export function wasmPairs(): AdvancePairs | null {
  const wasm = wasmKernel(kernel);
  if (wasm === null) return null;
  const memory = new Float64Array(wasm.memory((ARRAYS * PAIRS + COEFFICIENTS.length) * NUMBER_BYTES));
  memory.set(COEFFICIENTS, ARRAYS * PAIRS);
  const [lengths, gaps, weights, biases, settled] = Array.from({ length: 5 }, (_, array) =>
    memory.subarray(array * PAIRS, (array + 1) * PAIRS),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const advance = wasm.function('advance');
  return (pairs, layers) => {
    if (layers === 0) return;
    for (let start = 0; start < pairs.gaps.length; start += PAIRS) {
      const end = Math.min(start + PAIRS, pairs.gaps.length);
      lengths.set(pairs.lengths.subarray(start, end));
      gaps.set(pairs.gaps.subarray(start, end));
      for (let i = start; i < end; i++) weights[i - start] = pairs.weightVariances[i]! * (2 / Math.PI);
      biases.set(pairs.biasVariances.subarray(start, end));
      settled.fill(0);
      advance(end - start, layers);
      pairs.lengths.set(lengths.subarray(0, end - start), start);
      pairs.gaps.set(gaps.subarray(0, end - start), start);
    }
  };
}
