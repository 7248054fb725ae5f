export {
  checkBatches,
  checkExamples,
  checkInputs,
  checkPlan,
  checkSpec,
  LOSSES,
  OPTIMIZERS,
  requireMember,
  requireOpen,
} from './check.js';
export { ReferenceEnsemble } from './reference-ensemble.js';
export {
  referenceEvaluate,
  referenceForward,
  referenceGradients,
  ReferenceTrainer,
  type ReferenceLayer,
  type ReferenceNetwork,
  type ReferencePass,
} from './reference-network.js';
export { Shares, type OwnShare } from './shares.js';
export { decodeSnapshot, encodeSnapshot, type SnapshotLabel } from './snapshot.js';
export { coresHere, threadsAllowed } from './threads.js';
