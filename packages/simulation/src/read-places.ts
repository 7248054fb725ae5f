/** Chosen observed places of one network. */

import { MeanfieldError, show } from '@meanfield/core';

import type { Batch } from './batch.js';
import { prepare } from './method.js';
import { INPUTS, propagate } from './propagate.js';
import type { SimulationRequest } from './request.js';
import { allocate } from './workspace.js';

function requireIndex(name: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${name} of ${count}, counted from 0`,
    found: show(index),
    remedy: `choose an integer from 0 to ${count - 1}`,
  });
}

/**
 * What `read` finds in the signals at the observed places `places`, in that order, of network number `network`. A batch is
 * the caller's until `read` returns.
 *
 * @param onInputs is shown the inputs first
 * @throws MeanfieldError INVALID_ARGUMENT, UNSUPPORTED, as `simulateNetworks`
 */
export function readPlaces<T>(
  request: SimulationRequest,
  network: number,
  places: readonly number[],
  read: (batch: Batch, place: number) => T,
  onInputs: (inputs: Batch) => void = () => undefined,
): readonly T[] {
  const prepared = prepare(request);
  requireIndex('a network', network, request.networks);
  for (const place of places) requireIndex('observed places', place, prepared.plan.places);
  const workspace = allocate(prepared.plan, request.inputs.count, prepared.method);
  const wanted = new Set(places);
  const found = new Map<number, T>();
  propagate(request, prepared, workspace, network, (batch, place) => {
    if (place === INPUTS) onInputs(batch);
    else if (wanted.has(place)) found.set(place, read(batch, place));
  });
  return places.map((place) => found.get(place)!);
}
