export { estimateMean, type Estimate } from './measure/estimate.js';
export { addMatrix, neuronSums } from './measure/neuron-sums.js';
export { lawOfMoments, type BiasMoments } from './measure/law-of-moments.js';
export { weightMoments, type WeightMoments } from './measure/weight-moments.js';
export {
  phaseOf,
  type Interval,
  type MeasuredStatistics,
  type PhaseAnswer,
  type PhaseQuestion,
} from './phase-of.js';
