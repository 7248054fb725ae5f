export {
  simulateGradients,
  simulateNetworkGradients,
  summariseGradients,
  type GradientObservation,
  type GradientResult,
  type LayerGradient,
  type LayerGradientSummary,
} from './gradients.js';
export type { InputJacobian } from './input-jacobian.js';
export {
  summariseJacobians,
  type BoundedSummary,
  type JacobianResult,
  type PlaceSummary,
  type ValueSummary,
} from './jacobian-summary.js';
export {
  simulateJacobians,
  simulateNetworkJacobians,
  type JacobianObservation,
  type PlaceJacobians,
} from './jacobians.js';
export type { JacobianRequest } from './request.js';
export {
  smallestCorrelations,
  type SmallestCorrelation,
  type SmallestCorrelationRequest,
} from './smallest-correlation.js';
