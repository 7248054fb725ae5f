/** Dense networks in float32, in 128-bit SIMD of WebAssembly 2.0: what src/thread/passes.ts calls. */

export { forward, linearForward, backward, weightGradient } from './shared/layer';
export { addBias, finishForward, biasGradient, transposeRows } from './shared/epilogue';
export { applySlopes } from './shared/activation';
export { squaredError, crossEntropy } from './shared/loss';
export { sgd, momentum, adam } from './shared/optimizer';
export { fuses } from './shared/fused';
// Exported to remain functions of their own, which begin where their loops are fastest: tools/wasm/src/record-tiles.ts
export { record5Add, record5Keep } from './shared/record-tiles';
