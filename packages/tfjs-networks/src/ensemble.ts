/**
 * R networks, stepped one after another: together, as one batched product, the wasm engine is slower.
 *
 * Parameters and moments live in plain arrays; the engine holds tensors only while it works on one network,
 * so that their number between calls does not depend on R or on the steps done.
 */

/* eslint-disable @typescript-eslint/require-await -- the contract is asynchronous, these engines are not */

import type { Ensemble, EnsembleSpec, Evaluation, Examples, NetworkParameters } from '@meanfield/core';
import {
  checkBatches,
  checkExamples,
  checkInputs,
  decodeSnapshot,
  encodeSnapshot,
  requireMember,
  requireOpen,
  type SnapshotLabel,
} from '@meanfield/networks';

import type { Engine } from './engine.js';
import { evaluationOf, meanLoss, score } from './loss.js';
import { forward, gradients, type InputTensors, type Layer } from './network.js';
import { createOptimizer, type Optimizer } from './optimizer.js';

/** Rows of one forward pass: as fast as larger ones, and it bounds the memory of an evaluation. */
const EVALUATION_ROWS = 1000;

interface Member {
  readonly layers: readonly Layer[];
  readonly optimizer: Optimizer;
}

const arraysOf = (layers: readonly Layer[]): Float32Array[] =>
  layers.flatMap(({ weights, bias }) => [weights, bias]);

const stateOf = ({ layers, optimizer }: Member): Float32Array[] => [
  ...arraysOf(layers),
  ...optimizer.moments,
];

function memberOf(
  initial: NetworkParameters,
  label: SnapshotLabel,
  spec: EnsembleSpec,
  snapshot: Uint8Array | undefined,
): Member {
  const { sizes } = spec.network;
  const layers = initial.map(({ weights, bias }, index) => ({
    fanIn: sizes[index]!,
    fanOut: sizes[index + 1]!,
    weights: Float32Array.from(weights),
    bias: Float32Array.from(bias),
  }));
  const lengths = arraysOf(layers).map(({ length }) => length);
  const member = { layers, optimizer: createOptimizer(spec.optimizer, lengths) };
  if (snapshot !== undefined) member.optimizer.steps = decodeSnapshot(snapshot, label, stateOf(member));
  return member;
}

export class TfjsEnsemble implements Ensemble {
  readonly networks: number;
  readonly #engine: Engine;
  readonly #spec: EnsembleSpec;
  readonly #label: SnapshotLabel;
  readonly #inputSize: number;
  readonly #outputSize: number;
  #members: readonly Member[];

  /**
   * `spec` has been checked.
   *
   * @throws MeanfieldError INVALID_ARGUMENT for a snapshot that does not fit
   */
  constructor(engine: Engine, spec: EnsembleSpec) {
    this.#engine = engine;
    this.#spec = spec;
    this.#label = { backend: engine.name, spec };
    this.networks = spec.initial.length;
    this.#inputSize = spec.network.sizes[0]!;
    this.#outputSize = spec.network.sizes.at(-1)!;
    this.#members = spec.initial.map((initial, network) =>
      memberOf(initial, this.#label, spec, spec.resume?.[network]),
    );
  }

  async step(batches: readonly Examples[]): Promise<Float64Array> {
    const members = requireOpen(this.#members);
    checkBatches(batches, members.length, this.#spec);
    return this.#engine.run(() => {
      const losses = new Float64Array(members.length);
      this.#onEachBatch(batches, (batch, inputs, network) => {
        const { layers, optimizer } = members[network]!;
        const result = this.#differentiate(layers, batch, inputs);
        optimizer.update(arraysOf(layers), result.gradients);
        losses[network] = result.loss;
      });
      return losses;
    });
  }

  async evaluate(examples: Examples): Promise<readonly Evaluation[]> {
    const members = requireOpen(this.#members);
    checkExamples(examples, this.#spec);
    const totals = members.map(() => ({ sum: 0, correct: 0 }));
    for (let first = 0; first < examples.count; first += EVALUATION_ROWS) {
      const count = Math.min(EVALUATION_ROWS, examples.count - first);
      this.#engine.run(() => {
        const rows = this.#rows(examples.inputs, first, count);
        members.forEach(({ layers }, network) => {
          const outputs = this.#outputs(layers, rows);
          const { sum, correct } = score(outputs, examples.targets, first, count);
          totals[network]!.sum += sum;
          totals[network]!.correct += correct;
        });
      });
    }
    return totals.map((total) => evaluationOf(this.#spec.loss, total, examples, this.#outputSize));
  }

  async forward(network: number, inputs: Float32Array, count: number): Promise<readonly Float32Array[]> {
    const { layers } = requireMember(this.#members, network);
    checkInputs(inputs, count, this.#inputSize);
    const { tf } = this.#engine;
    return this.#engine.run(() =>
      forward(tf, this.#spec.network, layers, this.#rows(inputs, 0, count)).preActivations.map((h) =>
        h.dataSync<'float32'>(),
      ),
    );
  }

  async gradients(network: number, batch: Examples): Promise<NetworkParameters> {
    const { layers } = requireMember(this.#members, network);
    checkExamples(batch, this.#spec);
    const found = this.#engine.run(() => this.#differentiate(layers, batch, this.#upload(batch)).gradients);
    return layers.map(({ fanIn, fanOut }, index) => ({
      fanIn,
      fanOut,
      weights: found[2 * index]!,
      bias: found[2 * index + 1]!,
    }));
  }

  async parameters(network: number): Promise<NetworkParameters> {
    return requireMember(this.#members, network).layers.map(({ fanIn, fanOut, weights, bias }) => ({
      fanIn,
      fanOut,
      weights: weights.slice(),
      bias: bias.slice(),
    }));
  }

  async snapshot(network: number): Promise<Uint8Array> {
    const member = requireMember(this.#members, network);
    return encodeSnapshot(this.#label, stateOf(member), member.optimizer.steps);
  }

  /** Live tensors of TensorFlow.js in this process, those of other users included. */
  liveBuffers(): number {
    requireOpen(this.#members);
    return this.#engine.tf.memory().numTensors;
  }

  async close(): Promise<void> {
    this.#members = [];
  }

  #rows(inputs: Float32Array, first: number, count: number): InputTensors['rows'] {
    const part = inputs.subarray(first * this.#inputSize, (first + count) * this.#inputSize);
    return this.#engine.tf.tensor2d(part, [count, this.#inputSize]);
  }

  #upload({ inputs, count }: Examples): InputTensors {
    const rows = this.#rows(inputs, 0, count);
    return { rows, columns: this.#engine.tf.transpose(rows) };
  }

  /** Visits the networks in order; neighbours that share a batch share its tensors. */
  #onEachBatch(
    batches: readonly Examples[],
    visit: (batch: Examples, inputs: InputTensors, network: number) => void,
  ): void {
    const { tf } = this.#engine;
    let current: InputTensors | undefined;
    batches.forEach((batch, network) => {
      if (current === undefined || batch !== batches[network - 1]) {
        if (current !== undefined) tf.dispose([current.rows, current.columns]);
        current = this.#upload(batch);
      }
      const inputs = current;
      tf.tidy(() => visit(batch, inputs, network));
    });
  }

  /** Frees its own tensors, so that networks do not pile theirs up within one `run`. */
  #outputs(layers: readonly Layer[], rows: InputTensors['rows']): Float32Array {
    const { tf } = this.#engine;
    return this.#engine.run(() =>
      forward(tf, this.#spec.network, layers, rows).outputs.dataSync<'float32'>(),
    );
  }

  #differentiate(
    layers: readonly Layer[],
    batch: Examples,
    inputs: InputTensors,
  ): { readonly loss: number; readonly gradients: Float32Array[] } {
    let loss = Number.NaN;
    const found = gradients(this.#engine.tf, this.#spec.network, layers, inputs, (outputs) => {
      // A copy, since the array may be the tensor's own memory.
      const derivative = outputs.slice();
      const { sum } = score(outputs, batch.targets, 0, batch.count, derivative);
      loss = meanLoss(this.#spec.loss, sum, batch.count, this.#outputSize);
      return derivative;
    });
    return { loss, gradients: found };
  }
}
