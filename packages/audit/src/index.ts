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
export { auditNetwork, type Audit, type AuditLayer, type AuditQuestion, type LayerAudit } from './audit.js';
export type { LayerPhase } from './layer-phase.js';
export { measureLayer, type LayerWeights, type MeasuredLayer } from './measure/layer-law.js';
export type { PooledLayers } from './pooled-layers.js';
export type { PredictedLayer, Prediction } from './prediction.js';
