export { type Curve, type Estimate, type NetworkOutcome, type Series } from './curves.js';
export { sampleNetworks } from './initial-networks.js';
export { parseOptimizer } from './optimizer.js';
export { requireTrainableSize, type TrainingRequest } from './request.js';
export { evaluationSteps } from './schedule.js';
export { train, type FinalScores, type TrainingCurves, type TrainingResult } from './train.js';
