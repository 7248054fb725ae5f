export { requireDenseLayer, requireWeightMatrix, type WeightMatrix } from './dense-layer.js';
export { sampleExchangeableRows, type ExchangeableRows } from './exchangeable-rows.js';
export { kappaOf } from './kappa.js';
export { sampleOrthogonalWeights } from './orthogonal-weights.js';
export { sampleReplacedEntryRows } from './replaced-entry-rows.js';
export { sampleWeights } from './sample-weights.js';
export { tailFactorMean, tailFactors } from './tail-factors.js';
export { weightScale, type WeightLaw } from './weight-laws.js';
