import { simulateNetworks } from './networks.js';
import type { SimulationRequest } from './request.js';
import { summarise, type SimulationResult } from './summary.js';

/**
 * Propagates batches of inputs through random networks of finite width and measures every layer: float64,
 * exact up to rounding, no mean-field assumption.
 *
 * h^l = W^l s^{l−1} + b^l, s^l = φ(h^l), weights and biases drawn by the initializer for each network. The
 * same request gives the same bits.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function simulate(request: SimulationRequest): SimulationResult {
  return summarise(simulateNetworks(request));
}
