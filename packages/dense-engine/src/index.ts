/**
 * Dense networks in training on one fused engine of WebAssembly SIMD, in the calling thread or in several: what the backends
 * `simd` and `openblas` are made of. Importing this compiles nothing.
 */

export { ACTIVATIONS } from './activation-kernel.js';
export { BUILDS, chooseBuild, roundingOf, type BuildName } from './build.js';
export { denseBackend, type DenseBackendParts } from './dense-backend.js';
export type { DenseEnsemble } from './ensemble.js';
export { openEnsemble, type DenseEngine } from './open.js';
export type { Arithmetic, Products } from './thread/arithmetic.js';
export type { Kernels } from './thread/kernels.js';
export type { LayerMap, MemoryMap } from './thread/memory-map.js';
export { ownArithmetic } from './thread/own-arithmetic.js';
export { shapeInRows, type LayerShape, type NetworkShape } from './thread/shape.js';
export { serve } from './thread/serve.js';
export { defaultThreads, type ThreadProgram } from './thread/thread.js';
