export * from './jacobian/index.js';
export * from './learning/index.js';
export { chooseMethod } from './method.js';
export {
  perceptron,
  residualNetwork,
  type Network,
  type NetworkLayer,
  type PerceptronParts,
  type ResidualNetworkParts,
} from './network.js';
export { simulateNetworks, type NetworkObservation } from './networks.js';
export { simulateNodes, type NodeActivity } from './nodes.js';
export { simulateNormRatios } from './norm-ratios.js';
export type { LayerObservation } from './observation.js';
export type { InputSpec, Method, SimulationRequest } from './request.js';
export { simulate } from './simulate.js';
export {
  meanOf,
  meanOfPresent,
  summarise,
  type LayerSummary,
  type MeanWithError,
  type PairSummary,
  type SimulationResult,
} from './summary.js';
