export { simulateNetworks, type NetworkObservation } from './networks.js';
export type { LayerObservation } from './observation.js';
export type { InputSpec, SimulationRequest } from './request.js';
export { simulate } from './simulate.js';
export { summarise, type LayerSummary, type SimulationResult } from './summary.js';
