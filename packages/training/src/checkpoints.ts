/** When a run's state is kept, and how one goes on from it. */

import { isMeanfieldError, type Backend, type CheckpointStore, type Ensemble } from '@meanfield/core';

import { decodeState, encodeState, type RunState } from './checkpoint-state.js';
import type { RecordedCurves } from './curves.js';
import type { TrainingPlan, TrainingRequest } from './request.js';

/**
 * All that fixes the bits of a run but its data, and what it runs on: versions and device of the backend among it, since
 * another machine may compute other bits.
 */
export async function identityOf(request: TrainingRequest, plan: TrainingPlan): Promise<string> {
  const { task, activation, initializer, backend, optimizer, stream, data, measure = {} } = request;
  const { name, capabilities } = backend;
  const started = await backend.availability();
  return JSON.stringify({
    plan,
    task: [task.name, task.loss, data.train.count, data.validation.count, data.test?.count ?? 0],
    of: [activation.name, initializer.name, stream.seed, stream.path],
    optimizer,
    measure: [measure.gradients ?? false, measure.dead ?? false],
    backend: [name, capabilities.device, capabilities.dtype, started.available ? started.versions : null],
  });
}

export interface Found {
  readonly state: RunState | null;
  readonly remark?: string;
}

/** The state to go on from, or why there is none although something was kept. */
export async function findState(store: CheckpointStore, identity: string): Promise<Found> {
  const { state: bytes, remark } = await store.read();
  if (bytes === null) return { state: null, ...(remark === undefined ? {} : { remark }) };
  const state = decodeState(bytes);
  if (state === null)
    return { state, remark: 'the checkpoint is not one of this version, so training began anew' };
  if (state.identity === identity) return { state };
  return {
    state: null,
    remark: 'the checkpoint is of another training or another machine, so training began anew',
  };
}

const seconds = (): number => performance.now() / 1000;

/** Writes the state of a run every so often. */
export class CheckpointWriter {
  readonly #store: CheckpointStore;
  readonly #identity: string;
  #written: number = seconds();
  /** Why the last attempt failed */
  failure: string | undefined;

  constructor(store: CheckpointStore, identity: string) {
    this.#store = store;
    this.#identity = identity;
  }

  get due(): boolean {
    return seconds() - this.#written >= this.#store.everySeconds;
  }

  /** A place that cannot be written does not end the training: it is tried again when the time comes. */
  async write(ensemble: Ensemble, step: number, recorded: RecordedCurves): Promise<void> {
    const snapshots: Uint8Array[] = [];
    for (let network = 0; network < ensemble.networks; network++)
      snapshots.push(await ensemble.snapshot(network));
    try {
      await this.#store.write(encodeState({ identity: this.#identity, step, recorded, snapshots }));
      this.failure = undefined;
    } catch (error) {
      if (!isMeanfieldError(error)) throw error;
      this.failure = error.message;
    }
    this.#written = seconds();
  }
}

/** Opens the ensemble where `state` left it; anew, with a remark, where the backend does not take its snapshots. */
export async function openFrom(
  backend: Backend,
  spec: Parameters<Backend['open']>[0],
  { state, remark }: Found,
): Promise<{ readonly ensemble: Ensemble; readonly found: Found }> {
  if (state !== null && state.snapshots.length === spec.initial.length) {
    try {
      return { ensemble: await backend.open({ ...spec, resume: state.snapshots }), found: { state } };
    } catch (error) {
      if (!isMeanfieldError(error) || error.code === 'BACKEND_UNAVAILABLE') throw error;
      const why = `the backend does not take the checkpoint, so training began anew: ${error.message}`;
      return { ensemble: await backend.open(spec), found: { state: null, remark: why } };
    }
  }
  const ensemble = await backend.open(spec);
  return { ensemble, found: { state: null, ...(remark === undefined ? {} : { remark }) } };
}
