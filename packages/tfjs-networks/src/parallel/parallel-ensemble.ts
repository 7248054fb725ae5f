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
  Shares,
  type OwnShare,
} from '@meanfield/networks';

import { programOf } from './activation-program.js';
import type { PlainSpec } from './messages.js';
import { Port, type OpenChannel } from './port.js';

const partOf = ({ network, initial, resume, ...rest }: EnsembleSpec, own: OwnShare): PlainSpec => ({
  ...rest,
  network: { ...network, activation: programOf(network.activation) },
  initial: own(initial),
  ...(resume !== undefined && { resume: own(resume) }),
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
  const shares = new Shares(networks, Math.min(workers.count, networks), () => new Port(workers.open));
  const ensemble = new ParallelEnsemble(spec, shares);
  try {
    await shares.gather(async (port, own) => {
      await port.call('start', workers.engine, partOf(spec, own));
      return [];
    });
    return ensemble;
  } catch (error) {
    await ensemble.close();
    throw error;
  }
}

class ParallelEnsemble implements Ensemble {
  readonly networks: number;
  readonly #spec: EnsembleSpec;
  readonly #shares: Shares<Port>;
  #kept: Examples | undefined;

  constructor(spec: EnsembleSpec, shares: Shares<Port>) {
    this.#spec = spec;
    this.#shares = shares;
    this.networks = spec.initial.length;
  }

  async step(batches: readonly Examples[]): Promise<Float64Array> {
    this.#shares.requireOpen();
    checkBatches(batches, this.networks, this.#spec);
    return Float64Array.from(await this.#shares.gather((port, own) => port.call('step', own(batches))));
  }

  async steps(plan: StepPlan): Promise<readonly Float64Array[]> {
    this.#shares.requireOpen();
    checkPlan(plan, this.networks, this.#spec);
    const { examples, batchSize, rows } = plan;
    const known = this.#kept === examples;
    this.#kept = examples;
    return this.#shares.gather(async (port, own) => {
      const kept = known ? undefined : port.call('keep', examples);
      const losses = port.call('steps', batchSize, own(rows));
      const [, found] = await Promise.all([kept, losses]);
      return found;
    });
  }

  async evaluate(examples: Examples): Promise<readonly Evaluation[]> {
    this.#shares.requireOpen();
    checkExamples(examples, this.#spec);
    return this.#shares.gather((port) => port.call('evaluate', examples));
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
    return port.call('snapshot', index);
  }

  /** Live tensors of all workers after their last calls. */
  liveBuffers(): number {
    this.#shares.requireOpen();
    return this.#shares.ports.reduce((sum, { buffers }) => sum + buffers, 0);
  }

  async close(): Promise<void> {
    this.#kept = undefined;
    await this.#shares.close();
  }
}
