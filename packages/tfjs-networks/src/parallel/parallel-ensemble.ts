/** R networks dealt to workers, neighbours together; each worker is a `TfjsEnsemble` on an engine of its own. */

import type {
  Ensemble,
  EnsembleSpec,
  Evaluation,
  Examples,
  Json,
  NetworkParameters,
  StepPlan,
} from '@meanfield/core';
import {
  checkBatches,
  checkExamples,
  checkInputs,
  checkPlan,
  requireMember,
  requireOpen,
} from '@meanfield/networks';

import { programOf } from './activation-program.js';
import type { PlainSpec } from './messages.js';
import { Port, type OpenChannel } from './port.js';

/** Networks `first` to `first + count` of all, on one worker. */
interface Share {
  readonly port: Port;
  readonly first: number;
  readonly count: number;
}

interface Member {
  readonly port: Port;
  /** Among the networks of its worker */
  readonly index: number;
}

const partOf = (
  { network, initial, resume, ...rest }: EnsembleSpec,
  first: number,
  end: number,
): PlainSpec => ({
  ...rest,
  network: { ...network, activation: programOf(network.activation) },
  initial: initial.slice(first, end),
  ...(resume !== undefined && { resume: resume.slice(first, end) }),
});

export interface Workers {
  readonly open: OpenChannel;
  /** At most as many as networks */
  readonly count: number;
  /** What the program of a worker makes its engine from */
  readonly engine: Json;
}

/**
 * `spec` has been checked.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a snapshot that does not fit, BACKEND_UNAVAILABLE where a worker does not start
 */
export async function openParallel(spec: EnsembleSpec, workers: Workers): Promise<Ensemble> {
  const networks = spec.initial.length;
  const used = Math.min(workers.count, networks);
  const ends = Array.from({ length: used + 1 }, (_, worker) => Math.floor((worker * networks) / used));
  const shares = ends.slice(1).map((end, worker): Share => {
    const first = ends[worker]!;
    return { port: new Port(workers.open), first, count: end - first };
  });
  const ensemble = new ParallelEnsemble(spec, shares);
  try {
    await Promise.all(
      shares.map(({ port, first, count }) =>
        port.call('start', workers.engine, partOf(spec, first, first + count)),
      ),
    );
    return ensemble;
  } catch (error) {
    await ensemble.close();
    throw error;
  }
}

class ParallelEnsemble implements Ensemble {
  readonly networks: number;
  readonly #spec: EnsembleSpec;
  readonly #shares: readonly Share[];
  #members: readonly Member[];
  #kept: Examples | undefined;

  constructor(spec: EnsembleSpec, shares: readonly Share[]) {
    this.#spec = spec;
    this.#shares = shares;
    this.networks = spec.initial.length;
    this.#members = shares.flatMap(({ port, count }) =>
      Array.from({ length: count }, (_, index) => ({ port, index })),
    );
  }

  async step(batches: readonly Examples[]): Promise<Float64Array> {
    checkBatches(batches, requireOpen(this.#members).length, this.#spec);
    const found = await this.#onEach(({ port, first, count }) =>
      port.call('step', batches.slice(first, first + count)),
    );
    return Float64Array.from(found.flatMap((losses) => [...losses]));
  }

  async steps(plan: StepPlan): Promise<readonly Float64Array[]> {
    checkPlan(plan, requireOpen(this.#members).length, this.#spec);
    const { examples, batchSize, rows } = plan;
    const known = this.#kept === examples;
    this.#kept = examples;
    const found = await this.#onEach(async ({ port, first, count }) => {
      const kept = known ? undefined : port.call('keep', examples);
      const losses = port.call('steps', batchSize, rows.slice(first, first + count));
      const [, own] = await Promise.all([kept, losses]);
      return own;
    });
    return found.flat();
  }

  async evaluate(examples: Examples): Promise<readonly Evaluation[]> {
    requireOpen(this.#members);
    checkExamples(examples, this.#spec);
    return (await this.#onEach(({ port }) => port.call('evaluate', examples))).flat();
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
    return port.call('snapshot', index);
  }

  /** Live tensors of all workers after their last calls. */
  liveBuffers(): number {
    requireOpen(this.#members);
    return this.#shares.reduce((sum, { port }) => sum + port.buffers, 0);
  }

  async close(): Promise<void> {
    this.#members = [];
    this.#kept = undefined;
    await Promise.all(this.#shares.map(({ port }) => port.close()));
  }

  #onEach<Found>(work: (share: Share) => Promise<Found>): Promise<Found[]> {
    return Promise.all(this.#shares.map(work));
  }
}
