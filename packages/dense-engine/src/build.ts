/**
 * Builds of the kernel. Products and sums of the relaxed one are fused, which is 1.7 times as fast and rounds differently:
 * results are the same bits on every machine for either, but not between the two. The paired one is the relaxed one to the bit.
 */

import { MeanfieldError } from '@meanfield/core';
import { compileWasm, startWasm, type WasmModule } from '@meanfield/numerics';

import plainBytes from './dense.wasm.js';
import relaxedBytes from './dense.relaxed.wasm.js';
import { builtin, isNode20 } from './node-builtins.js';
import { agrees } from './paired/agrees.js';
import { compilePaired } from './paired/compile.js';

export type BuildName = 'simd' | 'relaxed' | 'paired';

/** In Node 20 relaxed SIMD is behind a flag of V8, which counts for what is compiled after it; later ones complain about the flag. */
function compileRelaxed(): WasmModule | null {
  const module = compileWasm(relaxedBytes);
  if (module !== null || !isNode20()) return module;
  builtin('node:v8')?.setFlagsFromString('--experimental-wasm-relaxed-simd');
  return compileWasm(relaxedBytes);
}

/** (1 + x)(1 − x) − 1 of this x is 0 unless product and sum are fused. */
const PROBE = 2 ** -13;

const fuses = (module: WasmModule): boolean => startWasm(module).function('fuses')(PROBE) === 1;

const fused = (module: WasmModule | null): WasmModule | null =>
  module !== null && fuses(module) ? module : null;

/** Processors that fuse have registers of 256 bits. */
function paired(): WasmModule | null {
  const relaxed = moduleOf('relaxed');
  const module = relaxed === null ? null : compilePaired();
  return module !== null && agrees(module, relaxed!) ? module : null;
}

const COMPILERS: Readonly<Record<BuildName, () => WasmModule | null>> = {
  simd: () => compileWasm(plainBytes),
  relaxed: () => fused(compileRelaxed()),
  paired,
};

/** Compiled once, whatever came of it */
const compiled = new Map<BuildName, WasmModule | null>();

/** The code of a build, for any thread, or null where it does not run, or runs without fused operations. */
export function moduleOf(build: BuildName): WasmModule | null {
  if (!compiled.has(build)) compiled.set(build, COMPILERS[build]());
  return compiled.get(build) ?? null;
}

/** How a build rounds: what snapshots and provenance tell */
export const roundingOf = (build: BuildName): 'simd' | 'relaxed' => (build === 'simd' ? 'simd' : 'relaxed');

/** All, in order of preference, and those of four lanes */
export const BUILDS: readonly BuildName[] = ['paired', 'relaxed', 'simd'];
const NARROW: readonly BuildName[] = ['relaxed', 'simd'];

const NEEDS: Readonly<Record<BuildName, string>> = {
  simd: 'WebAssembly with 128-bit SIMD',
  relaxed: 'WebAssembly with relaxed SIMD and fused operations',
  paired: 'a V8 that is known to join operations of WebAssembly in pairs, that of Node 24 or 26 on x64',
};

/**
 * @param wanted 'auto' for the first of `builds` that runs here
 * @throws MeanfieldError BACKEND_UNAVAILABLE where there is none
 */
export function chooseBuild(wanted: BuildName | 'auto', builds: readonly BuildName[] = NARROW): BuildName {
  const candidates = wanted === 'auto' ? builds : [wanted];
  const found = candidates.find((build) => moduleOf(build) !== null);
  if (found !== undefined) return found;
  const least = wanted === 'auto' || wanted === 'simd';
  throw new MeanfieldError({
    code: 'BACKEND_UNAVAILABLE',
    expected: NEEDS[wanted === 'auto' ? 'simd' : wanted],
    found: 'a runtime without it',
    remedy: least ? 'choose the backend tfjs with its engine "cpu"' : 'choose the build "simd" or "auto"',
  });
}
