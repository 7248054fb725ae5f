/** Input-output Jacobians of random networks of finite width. */

import { inputJacobians, type InputJacobian } from './input-jacobian.js';
import { linearise } from './linearise.js';
import { overNetworks } from './over-networks.js';
import type { Plan } from '../plan.js';
import { planJacobians, type JacobianRequest } from './request.js';
import { summariseJacobians, type JacobianResult } from './jacobian-summary.js';

export interface PlaceJacobians {
  /** Number of the last dense layer before the place, in the order of the data; 0 where there is none */
  readonly layer: number;
  /** N_out, signals at the place */
  readonly units: number;
  /** By input, M */
  readonly inputs: readonly InputJacobian[];
}

/** Plain data: JSON keeps all of it. */
export interface JacobianObservation {
  /** Index of the network, from 0 */
  readonly network: number;
  /** Random directions that norms are from; null where they are exact */
  readonly probes: number | null;
  /** One entry an observed place, in the order of the network's data */
  readonly places: readonly PlaceJacobians[];
}

/**
 * Jacobians of the signals at every observed place with respect to the input, at each of the M inputs, in networks `from` to
 * `to` − 1: mean square norms and, where asked for, singular values. Networks are those of the forward simulation with
 * method 'weights': weights are always formed. What a network yields depends on the request and its index alone. Probes
 * and starting vectors of Lanczos draw from `network/<r>/jacobian/<input>`.
 *
 * Memory: the weights of all layers, and for exact norms and spectra the batch of Jacobians, [mostUnits, inputSize].
 *
 * @throws MeanfieldError INVALID_ARGUMENT, also for more than 4 GiB, before anything is drawn, and when signals or Jacobians
 * outgrow float64
 */
export function simulateNetworkJacobians(
  request: JacobianRequest,
  from = 0,
  to: number = request.networks,
): readonly JacobianObservation[] {
  const asked = planJacobians(request);
  const { plan, probes } = asked;
  const { count } = request.inputs;
  const places = placesOf(plan);
  return overNetworks(request, { plan, label: 'jacobians' }, { from, to }, (drawn, network) => {
    const byInput = Array.from({ length: count }, (_, input) => {
      const point = Float64Array.from({ length: plan.inputSize }, (_, i) => drawn.inputs[i * count + input]!);
      const stream = drawn.stream.child('jacobian').child(input);
      return inputJacobians(linearise(drawn.network, point, 1), asked, stream);
    });
    return {
      network,
      probes,
      places: places.map((place, index) => ({ ...place, inputs: byInput.map((found) => found[index]!) })),
    };
  });
}

function placesOf({ steps }: Plan): readonly { readonly layer: number; readonly units: number }[] {
  let layer = 0;
  return steps.flatMap((step) => {
    if (step.kind === 'dense') ({ layer } = step);
    return step.kind === 'observe' ? [{ layer, units: step.units }] : [];
  });
}

/**
 * The same, averaged over inputs and networks, with standard errors over networks.
 *
 * @throws MeanfieldError as `simulateNetworkJacobians`
 */
export function simulateJacobians(request: JacobianRequest): JacobianResult {
  return summariseJacobians(simulateNetworkJacobians(request));
}
