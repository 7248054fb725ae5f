export { type Curve, type Estimate, type NetworkOutcome, type Series } from './curves.js';
export { sampleNetworks } from './initial-networks.js';
export { type Measures } from './measures.js';
export { parseOptimizer } from './optimizer.js';
export { requireTrainableSize, type TrainingRequest } from './request.js';
export { type FinalScores, type TrainingCurves, type TrainingResult } from './result.js';
export { evaluationSteps } from './schedule.js';
export { train } from './train.js';
export { fastest, probeBackends, unsupportedReason, type Probed, type ProbeRequest } from './probe.js';
