/** How one network stretches each of its inputs: `tsuchida2018` fig. 5. */

import { MeanfieldError } from '@meanfield/core';

import { rmsOf } from './observation.js';
import { readPlaces } from './read-places.js';
import type { SimulationRequest } from './request.js';

function requireFinite(ratios: Float64Array): Float64Array {
  if (ratios.every(Number.isFinite)) return ratios;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'inputs that are not 0, and signals whose squares float64 can hold',
    found: 'others',
    remedy: 'choose other inputs, a smaller σ_w² or a smaller depth',
  });
}

/**
 * For each of the observed places `places`, in that order, in network number `network`: root mean square of the signal's
 * entries over that of its input's, by input, [M]. For layers as wide as the input that is the ratio of Euclidean norms.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, also for inputs of 0; UNSUPPORTED, as `simulateNetworks`
 */
export function simulateNormRatios(
  request: SimulationRequest,
  network: number,
  places: readonly number[],
): readonly Float64Array[] {
  let inputRms: Float64Array = new Float64Array(0);
  return readPlaces(
    request,
    network,
    places,
    (batch) => requireFinite(rmsOf(batch).map((rms, input) => rms / inputRms[input]!)),
    (inputs) => {
      inputRms = rmsOf(inputs);
    },
  );
}
