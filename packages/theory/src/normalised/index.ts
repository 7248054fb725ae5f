export { depthAdvice, jumpOf } from './advice.js';
export { composedGaps, outputGap, slopeAtOne, widestGaps } from './composition.js';
export { erfGapBound, erfJacobianBound, leakyReluGapBound } from './consequences.js';
export { depthAnalysis } from './depth-analysis.js';
export { admissibleTermSum, gapMaxBound, outputGapBound, squaredJacobianBound } from './depth-bound.js';
export {
  excessConvexity,
  largestDistance,
  leastComposedExcess,
  leastCovarianceExcess,
  leastCroppedExcess,
  leastExcess,
  leastGap,
  leastMixedExcess,
  leastSlope,
  type ConvexGap,
  type CroppedCovariance,
} from './excess-convexity.js';
export { normalisedLayers, type NormalisedLayer } from './layers.js';
export { criticalBiasRatio, nonlinearity, type Nonlinearity } from './nonlinearity.js';
export { attractingGap, regimeOf } from './regime.js';
export { completeQuestion, type CompleteQuestion } from './targets.js';
