/** What is observed in networks, one network at a time. */

import { MeanfieldError, show } from '@meanfield/core';

import { prepare, type Prepared } from './method.js';
import { observe, rmsOf, type LayerObservation } from './observation.js';
import { INPUTS, propagate } from './propagate.js';
import type { Method, SimulationRequest } from './request.js';
import { allocate, type Workspace } from './workspace.js';

/** Plain data: JSON keeps all of it. */
export interface NetworkObservation {
  /** Index of the network, from 0 */
  readonly network: number;
  readonly method: Method;
  /** One entry an observed place, in the order of the network's data */
  readonly layers: readonly LayerObservation[];
}

function requireFinite({ q }: LayerObservation, network: number, place: number): void {
  if (Number.isFinite(q)) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'signals whose squares float64 can hold',
    found: `q = ${show(q)} at observed place ${place} of network ${network}`,
    remedy: 'choose a smaller σ_w², inputs or depth',
  });
}

/** One network: draws it, propagates its inputs, observes every place. */
function observeNetwork(
  request: SimulationRequest,
  prepared: Prepared,
  workspace: Workspace,
  network: number,
  onPlace: () => void,
): NetworkObservation {
  const pairs = request.inputs.pairGaps?.length ?? 0;
  let inputRms: Float64Array = new Float64Array(0);
  const layers: LayerObservation[] = [];
  propagate(request, prepared, workspace, network, (batch, place) => {
    if (place === INPUTS) {
      inputRms = rmsOf(batch);
      return;
    }
    const observation = observe(batch, { inputRms, pairs });
    requireFinite(observation, network, place);
    layers.push(observation);
    onPlace();
  });
  return { network, method: prepared.method, layers };
}

export function requireRange({ networks }: SimulationRequest, from: number, to: number): void {
  if (Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= networks) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a range within the ${networks} networks of the request`,
    found: `${show(from)} to ${show(to)}`,
    remedy: 'pass integers 0 ≤ from ≤ to ≤ networks',
  });
}

/**
 * Observations of networks `from` to `to` − 1. What a network yields depends on the request and its index
 * alone, so any split over calls, workers or machines gives the same bits.
 *
 * Memory: two batches [N, M], one more for each level of nested residual branches, and, where weights are formed, those of
 * one layer, whatever the depth and the number of networks; beside it what an initializer's sampler takes.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, also when signals outgrow float64; UNSUPPORTED where method 'gram' is asked for
 * and not to be had
 */
export function simulateNetworks(
  request: SimulationRequest,
  from = 0,
  to: number = request.networks,
): readonly NetworkObservation[] {
  const prepared = prepare(request);
  requireRange(request, from, to);
  const workspace = allocate(prepared.plan, request.inputs.count, prepared.method);
  const total = (to - from) * prepared.plan.places;
  let completed = 0;
  const onPlace = (): void => request.report?.({ label: 'simulate', completed: ++completed, total });
  return Array.from({ length: to - from }, (_, index) =>
    observeNetwork(request, prepared, workspace, from + index, onPlace),
  );
}
