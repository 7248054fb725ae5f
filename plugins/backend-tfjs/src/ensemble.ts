/**
 * R networks, stepped one after another: together, as one batched product, the wasm engine is slower.
 *
 * Parameters and moments live in plain arrays; the engine holds tensors only while it works on one network,
 * so that their number between calls does not depend on R or on the steps done.
 */

/* eslint-disable @typescript-eslint/require-await -- the contract is asynchronous, these engines are not */

import {
  MeanfieldError,
  show,
  type Ensemble,
  type EnsembleSpec,
  type Evaluation,
  type Examples,
  type NetworkParameters,
} from '@meanfield/core';

import { checkExamples, checkInputs } from './check.js';
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

function memberOf(initial: NetworkParameters, spec: EnsembleSpec): Member {
  const { sizes } = spec.network;
  const layers = initial.map(({ weights, bias }, index) => ({
    fanIn: sizes[index]!,
    fanOut: sizes[index + 1]!,
    weights: Float32Array.from(weights),
    bias: Float32Array.from(bias),
  }));
  const lengths = arraysOf(layers).map(({ length }) => length);
  return { layers, optimizer: createOptimizer(spec.optimizer, lengths) };
}

export class TfjsEnsemble implements Ensemble {
  readonly networks: number;
  readonly #engine: Engine;
  readonly #spec: EnsembleSpec;
  readonly #inputSize: number;
  readonly #outputSize: number;
  #members: readonly Member[];

  /** `spec` has been checked. */
  constructor(engine: Engine, spec: EnsembleSpec) {
    this.#engine = engine;
    this.#spec = spec;
    this.networks = spec.initial.length;
    this.#inputSize = spec.network.sizes[0]!;
    this.#outputSize = spec.network.sizes.at(-1)!;
    this.#members = spec.initial.map((initial) => memberOf(initial, spec));
  }

  async step(batches: readonly Examples[]): Promise<Float64Array> {
    const members = this.#open();
    if (batches.length !== members.length) {
      throw new MeanfieldError({
        code: 'INVALID_ARGUMENT',
        expected: `${members.length} batches, one a network`,
        found: String(batches.length),
        remedy: 'pass the same batch several times to share it',
      });
    }
    for (const batch of new Set(batches)) this.#check(batch);
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
    const members = this.#open();
    this.#check(examples);
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
    const { layers } = this.#member(network);
    checkInputs(inputs, count, this.#inputSize);
    const { tf } = this.#engine;
    return this.#engine.run(() =>
      forward(tf, this.#spec.network, layers, this.#rows(inputs, 0, count)).preActivations.map((h) =>
        h.dataSync<'float32'>(),
      ),
    );
  }

  async gradients(network: number, batch: Examples): Promise<NetworkParameters> {
    const { layers } = this.#member(network);
    this.#check(batch);
    const found = this.#engine.run(() => this.#differentiate(layers, batch, this.#upload(batch)).gradients);
    return layers.map(({ fanIn, fanOut }, index) => ({
      fanIn,
      fanOut,
      weights: found[2 * index]!,
      bias: found[2 * index + 1]!,
    }));
  }

  async parameters(network: number): Promise<NetworkParameters> {
    return this.#member(network).layers.map(({ fanIn, fanOut, weights, bias }) => ({
      fanIn,
      fanOut,
      weights: weights.slice(),
      bias: bias.slice(),
    }));
  }

  /** Live tensors of TensorFlow.js in this process, those of other users included. */
  liveBuffers(): number {
    this.#open();
    return this.#engine.tf.memory().numTensors;
  }

  async close(): Promise<void> {
    this.#members = [];
  }

  #open(): readonly Member[] {
    if (this.#members.length > 0) return this.#members;
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'an open ensemble',
      found: 'a closed one',
      remedy: 'open another',
    });
  }

  #member(network: number): Member {
    const members = this.#open();
    const member = members[network];
    if (member !== undefined) return member;
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `a network from 0 to ${members.length - 1}`,
      found: show(network),
      remedy: 'count the networks from 0',
    });
  }

  #check(examples: Examples): void {
    checkExamples(examples, this.#spec.loss, this.#inputSize, this.#outputSize);
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
