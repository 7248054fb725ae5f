export type { FormedLayer, FormedNetwork } from '../jacobian/formed-network.js';
export { adam, type AdamOptions, type AdamStep } from './adam.js';
export { affineBlock, takeOver } from './affine-block.js';
export { lossGradient, score, type LossGradient, type Score } from './cross-entropy.js';
export { drawNetwork, observedSignals, type LabelledBatch, type Sizes } from './formed.js';
