/** R networks, dealt to threads in turn. Each computes alone, so that results do not depend on the number of threads. */

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
  requireMember,
  requireOpen,
  type SnapshotLabel,
} from '@meanfield/networks';

import { momentsOf, type Model, type NetworkState } from './thread/model.js';
import type { OpenPort, ThreadPort } from './thread/port.js';
import type { NetworkShape } from './thread/arithmetic.js';
import { toMemory } from './thread/layout.js';
import { SharedExamples } from './shared-examples.js';

/** What snapshots say of what wrote them, and what the ensemble was asked for */
export interface EnsembleLabel extends SnapshotLabel {
  readonly spec: EnsembleSpec;
}

/** Where a network is. */
interface Member {
  readonly port: ThreadPort;
  /** Among the networks of its thread */
  readonly index: number;
}

/** @throws MeanfieldError INVALID_ARGUMENT for a snapshot that does not fit */
export function initialStates(
  label: EnsembleLabel,
  { optimizer }: Model,
  shape: NetworkShape,
): NetworkState[] {
  const { spec } = label;
  return spec.initial.map((parameters, network) => {
    const numbers = new Float32Array(shape.length * (1 + momentsOf(optimizer)));
    const snapshot = spec.resume?.[network];
    if (snapshot !== undefined) {
      return { numbers, steps: decodeSnapshot(snapshot, label, [numbers]) };
    }
    toMemory(shape, parameters, numbers);
    return { numbers, steps: 0 };
  });
}

export class DenseEnsemble implements Ensemble {
  readonly networks: number;
  readonly #spec: EnsembleSpec;
  readonly #label: SnapshotLabel;
  readonly #ports: readonly ThreadPort[];
  readonly #shared: SharedExamples;
  #members: readonly Member[];

  /** @param threads at most as many as networks */
  constructor(
    label: EnsembleLabel,
    model: Model,
    states: readonly NetworkState[],
    threads: number,
    open: OpenPort,
  ) {
    this.#spec = label.spec;
    this.#label = label;
    this.networks = states.length;
    this.#ports = Array.from({ length: threads }, (_, thread) =>
      open(
        model,
        states.filter((__, network) => network % threads === thread),
      ),
    );
    this.#members = states.map((_, network) => ({
      port: this.#ports[network % threads]!,
      index: Math.floor(network / threads),
    }));
    this.#shared = new SharedExamples(threads > 1);
  }

  /** Rejects where a thread cannot start; then none is left. */
  async started(): Promise<this> {
    try {
      await Promise.all(this.#ports.map(({ ready }) => ready));
      return this;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async step(batches: readonly Examples[]): Promise<Float64Array> {
    const members = requireOpen(this.#members);
    checkBatches(batches, members.length, this.#spec);
    const found = await this.#onEachThread((port, own) => port.call('step', own(batches)));
    return Float64Array.from(this.#inOrder(found));
  }

  async steps(plan: StepPlan): Promise<readonly Float64Array[]> {
    const members = requireOpen(this.#members);
    checkPlan(plan, members.length, this.#spec);
    const { batchSize, rows } = plan;
    const examples = this.#shared.keep(plan.examples);
    const found = await this.#onEachThread((port, own) =>
      port.call('steps', { examples, batchSize, rows: own(rows) }),
    );
    return this.#inOrder(found);
  }

  async evaluate(examples: Examples): Promise<readonly Evaluation[]> {
    requireOpen(this.#members);
    checkExamples(examples, this.#spec);
    const shared = this.#shared.once(examples);
    return this.#inOrder(await this.#onEachThread((port) => port.call('evaluate', shared)));
  }

  async forward(network: number, inputs: Float32Array, count: number): Promise<readonly Float32Array[]> {
    const { port, index } = requireMember(this.#members, network);
    checkInputs(inputs, count, this.#spec.network.sizes[0]!);
    return port.call('forward', index, inputs, count);
  }

  async gradients(network: number, batch: Examples): Promise<NetworkParameters> {
    const { port, index } = requireMember(this.#members, network);
    checkExamples(batch, this.#spec);
    return port.call('gradients', index, batch);
  }

  async parameters(network: number): Promise<NetworkParameters> {
    const { port, index } = requireMember(this.#members, network);
    return port.call('parameters', index);
  }

  async snapshot(network: number): Promise<Uint8Array> {
    const { port, index } = requireMember(this.#members, network);
    const { numbers, steps } = await port.call('state', index);
    return encodeSnapshot(this.#label, [numbers], steps);
  }

  /** Memories of threads, and the training set that they share. */
  liveBuffers(): number {
    requireOpen(this.#members);
    return this.#ports.length + this.#shared.count;
  }

  async close(): Promise<void> {
    this.#members = [];
    this.#shared.forget();
    await Promise.all(this.#ports.map((port) => port.close()));
  }

  /** @param work is given what belongs to the networks of its thread out of a list for all */
  #onEachThread<Found>(
    work: (port: ThreadPort, own: <Item>(all: readonly Item[]) => Item[]) => Promise<Found>,
  ): Promise<Found[]> {
    const threads = this.#ports.length;
    return Promise.all(
      this.#ports.map((port, thread) =>
        work(port, (all) => all.filter((_, network) => network % threads === thread)),
      ),
    );
  }

  /** What threads found of their networks, in the order of all. */
  #inOrder<Item>(found: readonly ArrayLike<Item>[]): Item[] {
    return this.#members.map(({ index }, network) => found[network % found.length]![index]!);
  }
}
