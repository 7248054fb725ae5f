/** Dense networks in float32, in 128-bit SIMD of WebAssembly 2.0: what src/thread/passes.ts calls. */

export { forward, linearForward, transposeWeights, backward, weightGradient } from './shared/layer';
export { addBias, finishForward, biasGradient, transposeRows } from './shared/epilogue';
export { applySlopes } from './shared/activation';
export { squaredError, crossEntropy } from './shared/loss';
export { sgd, momentum, adam } from './shared/optimizer';
export { fuses } from './shared/fused';
export {
  skippingForward,
  skippingLinearForward,
  skippingBackward,
  skippingWeightGradient,
} from './shared/skipping-layer';
