/** Single nodes of one network over a batch of inputs. */

import { MeanfieldError } from '@meanfield/core';

import type { Batch } from './batch.js';
import { readPlaces } from './read-places.js';
import type { SimulationRequest } from './request.js';

export interface NodeActivity {
  /** Index of the observed place */
  readonly place: number;
  /** Mean over the M inputs of every node's signal, [units] */
  readonly mean: Float64Array;
  /** Standard deviation over the same M inputs, the root of the mean squared deviation, [units] */
  readonly deviation: Float64Array;
}

function activityOf({ values, units, inputs }: Batch, place: number): NodeActivity {
  const mean = new Float64Array(units);
  const deviation = new Float64Array(units);
  for (let unit = 0; unit < units; unit++) {
    const start = unit * inputs;
    let sum = 0;
    for (let at = start; at < start + inputs; at++) sum += values[at]!;
    const average = sum / inputs;
    let squares = 0;
    for (let at = start; at < start + inputs; at++) squares += (values[at]! - average) ** 2;
    mean[unit] = average;
    deviation[unit] = Math.sqrt(squares / inputs);
  }
  return { place, mean, deviation };
}

function requireFinite({ place, mean, deviation }: NodeActivity): NodeActivity {
  if (mean.every(Number.isFinite) && deviation.every(Number.isFinite)) return { place, mean, deviation };
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'signals whose squares float64 can hold',
    found: `larger ones at observed place ${place}`,
    remedy: 'choose a smaller σ_w², inputs or depth',
  });
}

/**
 * Mean and deviation over the batch of every node's signal at the observed places `places`, in that order, in network number
 * `network` of the request: what `singh2021` fig. E.1 shows of pre-activations.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, UNSUPPORTED, as `simulateNetworks`
 */
export function simulateNodes(
  request: SimulationRequest,
  network: number,
  places: readonly number[],
): readonly NodeActivity[] {
  return readPlaces(request, network, places, (batch, place) => requireFinite(activityOf(batch, place)));
}
