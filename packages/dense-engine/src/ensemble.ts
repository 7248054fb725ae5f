/** R networks, dealt to threads. Each computes alone, so that results do not depend on the number of threads. */

import type {
  Ensemble,
  EnsembleSpec,
  Evaluation,
  Examples,
  NetworkParameters,
  StepPlan,
} from '@meanfield/core';
import {
  checkBatches,
  checkExamples,
  checkInputs,
  checkPlan,
  decodeSnapshot,
  encodeSnapshot,
  Shares,
  type SnapshotLabel,
} from '@meanfield/networks';

import { momentsOf, type Model, type NetworkState } from './thread/model.js';
import type { OpenPort, ThreadPort } from './thread/port.js';
import type { Arithmetic } from './thread/arithmetic.js';
import { relaid, toMemory } from './thread/layout.js';
import { tightShape, type NetworkShape } from './thread/shape.js';
import { SharedExamples } from './shared-examples.js';

/** What snapshots say of what wrote them, and what the ensemble was asked for */
export interface EnsembleLabel extends SnapshotLabel {
  readonly spec: EnsembleSpec;
}

/** Where numbers lie in a thread's memory, and in snapshots */
export interface Layout {
  readonly shape: NetworkShape;
  readonly saved: NetworkShape;
}

export const layoutOf = (arithmetic: Arithmetic, sizes: readonly number[]): Layout => ({
  shape: arithmetic.shapeOf(sizes),
  saved: tightShape(sizes),
});

/** @throws MeanfieldError INVALID_ARGUMENT for a snapshot that does not fit */
export function initialStates(
  label: EnsembleLabel,
  { optimizer }: Model,
  { shape, saved }: Layout,
): NetworkState[] {
  const { spec } = label;
  const parts = 1 + momentsOf(optimizer);
  return spec.initial.map((parameters, network) => {
    const snapshot = spec.resume?.[network];
    if (snapshot !== undefined) {
      const found = new Float32Array(saved.length * parts);
      const steps = decodeSnapshot(snapshot, label, [found]);
      return { numbers: relaid(saved, shape, found), steps };
    }
    const numbers = new Float32Array(shape.length * parts);
    toMemory(shape, parameters, numbers);
    return { numbers, steps: 0 };
  });
}

export class DenseEnsemble implements Ensemble {
  readonly networks: number;
  readonly #spec: EnsembleSpec;
  readonly #label: SnapshotLabel;
  readonly #layout: Layout;
  readonly #shares: Shares<ThreadPort>;
  readonly #examples: SharedExamples;

  /** @param threads at most as many as networks */
  constructor(
    label: EnsembleLabel,
    model: Model,
    layout: Layout,
    states: readonly NetworkState[],
    threads: number,
    open: OpenPort,
  ) {
    this.#spec = label.spec;
    this.#label = label;
    this.#layout = layout;
    this.networks = states.length;
    this.#shares = new Shares(states.length, threads, (own) => open(model, own(states)));
    this.#examples = new SharedExamples(threads > 1);
  }

  /** Rejects where a thread cannot start; then none is left. */
  async started(): Promise<this> {
    try {
      await Promise.all(this.#shares.ports.map(({ ready }) => ready));
      return this;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async step(batches: readonly Examples[]): Promise<Float64Array> {
    this.#shares.requireOpen();
    checkBatches(batches, this.networks, this.#spec);
    return Float64Array.from(await this.#shares.gather((port, own) => port.call('step', own(batches))));
  }

  async steps(plan: StepPlan): Promise<readonly Float64Array[]> {
    this.#shares.requireOpen();
    checkPlan(plan, this.networks, this.#spec);
    const { batchSize, rows } = plan;
    const examples = this.#examples.keep(plan.examples);
    return this.#shares.gather((port, own) => port.call('steps', { examples, batchSize, rows: own(rows) }));
  }

  async evaluate(examples: Examples): Promise<readonly Evaluation[]> {
    this.#shares.requireOpen();
    checkExamples(examples, this.#spec);
    const shared = this.#examples.once(examples);
    return this.#shares.gather((port) => port.call('evaluate', shared));
  }

  async forward(network: number, inputs: Float32Array, count: number): Promise<readonly Float32Array[]> {
    const { port, index } = this.#shares.placeOf(network);
    checkInputs(inputs, count, this.#spec.network.sizes[0]!);
    return port.call('forward', index, inputs, count);
  }

  async gradients(network: number, batch: Examples): Promise<NetworkParameters> {
    const { port, index } = this.#shares.placeOf(network);
    checkExamples(batch, this.#spec);
    return port.call('gradients', index, batch);
  }

  async parameters(network: number): Promise<NetworkParameters> {
    const { port, index } = this.#shares.placeOf(network);
    return port.call('parameters', index);
  }

  async snapshot(network: number): Promise<Uint8Array> {
    const { port, index } = this.#shares.placeOf(network);
    const { numbers, steps } = await port.call('state', index);
    const { shape, saved } = this.#layout;
    return encodeSnapshot(this.#label, [relaid(shape, saved, numbers)], steps);
  }

  /** Memories of threads, and the training set that they share. */
  liveBuffers(): number {
    this.#shares.requireOpen();
    return this.#shares.ports.length + this.#examples.count;
  }

  async close(): Promise<void> {
    this.#examples.forget();
    await this.#shares.close();
  }
}
