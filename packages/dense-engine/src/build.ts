/**
 * The two builds of the kernel. Products and sums of the relaxed one are fused, which is 1.7 times as fast and rounds
 * differently: results are the same bits on every machine for either build, but not between the two.
 */

import { MeanfieldError } from '@meanfield/core';
import { wasmKernel, type WasmKernel } from '@meanfield/numerics';

import plainBytes from './dense.wasm.js';
import relaxedBytes from './dense.relaxed.wasm.js';
import { builtin } from './node-builtins.js';

export type BuildName = 'simd' | 'relaxed';

/** Later ones have relaxed SIMD, and print a complaint about a flag that they do not know. */
const isNode20 = (): boolean => {
  const { process } = globalThis as { process?: { versions?: { v8?: string } } };
  return process?.versions?.v8?.startsWith('11.') === true;
};

/** In Node 20 relaxed SIMD is behind a flag of V8, which counts for what is compiled after it, in each thread. */
function allowRelaxed(): void {
  builtin('node:v8')?.setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/** (1 + x)(1 − x) − 1 of this x is 0 unless product and sum are fused. */
const PROBE = 2 ** -13;

/** A new instance of a build, or null where it does not run, or runs without fused operations. */
export function startBuild(build: BuildName): WasmKernel | null {
  if (build === 'simd') return wasmKernel(plainBytes);
  let kernel = wasmKernel(relaxedBytes);
  if (kernel === null && isNode20()) {
    allowRelaxed();
    kernel = wasmKernel(relaxedBytes);
  }
  return kernel?.function('fuses')(PROBE) === 1 ? kernel : null;
}

/** In order of preference */
const BUILDS: readonly BuildName[] = ['relaxed', 'simd'];

/** Builds that have been seen to run here */
const running = new Set<BuildName>();

function runs(build: BuildName): boolean {
  if (!running.has(build) && startBuild(build) !== null) running.add(build);
  return running.has(build);
}

/**
 * @param wanted 'auto' for the fastest that runs here
 * @throws MeanfieldError BACKEND_UNAVAILABLE where there is none
 */
export function chooseBuild(wanted: BuildName | 'auto'): BuildName {
  const candidates = wanted === 'auto' ? BUILDS : [wanted];
  const found = candidates.find(runs);
  if (found !== undefined) return found;
  const relaxed = wanted === 'relaxed';
  throw new MeanfieldError({
    code: 'BACKEND_UNAVAILABLE',
    expected: relaxed
      ? 'WebAssembly with relaxed SIMD and fused operations'
      : 'WebAssembly with 128-bit SIMD',
    found: 'a runtime without it',
    remedy: relaxed ? 'choose the build "simd" or "auto"' : 'choose the backend tfjs with its engine "cpu"',
  });
}
