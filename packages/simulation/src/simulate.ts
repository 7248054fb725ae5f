import { simulateNetworks } from './networks.js';
import type { SimulationRequest } from './request.js';
import { summarise, type SimulationResult } from './summary.js';

/**
 * Propagates batches of inputs through random networks of finite width and measures the places that the network marks:
 * float64, exact up to rounding, no mean-field assumption.
 *
 * h = Wᵀ s + b in dense layers, weights and biases drawn by their initializers for each network, or h from its law given s
 * where that is cheaper (`chooseMethod`). The same request gives the same bits.
 *
 * @throws MeanfieldError INVALID_ARGUMENT; UNSUPPORTED where method 'gram' is asked for and not to be had
 */
export function simulate(request: SimulationRequest): SimulationResult {
  return summarise(simulateNetworks(request));
}
