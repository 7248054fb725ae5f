/**
 * R networks, as many at a time as the engine multiplies well together.
 *
 * Parameters and moments live in plain arrays; the engine holds tensors only while it works on some networks,
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
import type { Tensor3D } from '@tensorflow/tfjs-core';

import type { Engine } from './engine.js';
import { evaluationOf, meanLoss, score } from './loss.js';
import { forward, gradients, inputTensors, type InputTensors } from './network.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import {
  arraysOf,
  emptyStack,
  readParameters,
  sliceStack,
  writeParameters,
  type StackedLayer,
} from './stack.js';

/** Rows of one forward pass: as fast as larger ones, and it bounds the memory of an evaluation. */
const EVALUATION_ROWS = 1000;

/** One network: its part of the stack, and its optimiser. */
interface Member {
  readonly layers: readonly StackedLayer[];
  readonly optimizer: Optimizer;
}

/** Neighbouring networks whose products are made together. */
interface Run {
  readonly first: number;
  readonly networks: number;
}

const stateOf = ({ layers, optimizer }: Member): readonly Float32Array[] => [
  ...arraysOf(layers),
  ...optimizer.moments,
];

/** Neighbours of as many rows, at most `most` of them. */
function runsOf(batches: readonly Examples[], most: number): readonly Run[] {
  const runs: Run[] = [];
  for (let first = 0; first < batches.length;) {
    const { count } = batches[first]!;
    let end = first + 1;
    while (end < batches.length && end < first + most && batches[end]!.count === count) end++;
    runs.push({ first, networks: end - first });
    first = end;
  }
  return runs;
}

export class TfjsEnsemble implements Ensemble {
  readonly networks: number;
  readonly #engine: Engine;
  readonly #spec: EnsembleSpec;
  readonly #label: SnapshotLabel;
  readonly #inputSize: number;
  readonly #outputSize: number;
  #stack: readonly StackedLayer[];
  #members: readonly Member[];

  /**
   * `spec` has been checked.
   *
   * @throws MeanfieldError INVALID_ARGUMENT for a snapshot that does not fit
   */
  constructor(engine: Engine, spec: EnsembleSpec) {
    const { sizes } = spec.network;
    this.#engine = engine;
    this.#spec = spec;
    this.#label = { backend: engine.name, spec };
    this.networks = spec.initial.length;
    this.#inputSize = sizes[0]!;
    this.#outputSize = sizes.at(-1)!;
    this.#stack = emptyStack(sizes, this.networks);
    this.#members = spec.initial.map((initial, network) =>
      this.#start(network, initial, spec.resume?.[network]),
    );
  }

  async step(batches: readonly Examples[]): Promise<Float64Array> {
    const members = requireOpen(this.#members);
    checkBatches(batches, members.length, this.#spec);
    const losses = new Float64Array(members.length);
    const shared = batches.every((batch) => batch === batches[0]);
    const runs = runsOf(batches, this.#engine.dialect.networksTogether);
    this.#engine.run(() => {
      const inputs = shared ? this.#upload([batches[0]!]) : undefined;
      for (const run of runs) this.#stepTogether(run, batches, inputs, losses);
    });
    return losses;
  }

  async evaluate(examples: Examples): Promise<readonly Evaluation[]> {
    const members = requireOpen(this.#members);
    checkExamples(examples, this.#spec);
    const totals = members.map(() => ({ sum: 0, correct: 0 }));
    const runs = runsOf(
      members.map(() => examples),
      this.#engine.dialect.networksTogether,
    );
    for (let start = 0; start < examples.count; start += EVALUATION_ROWS) {
      const count = Math.min(EVALUATION_ROWS, examples.count - start);
      const part = examples.inputs.subarray(start * this.#inputSize, (start + count) * this.#inputSize);
      this.#engine.run(() => {
        const rows = this.#rows(part, 1);
        for (const { first, networks } of runs) {
          const outputs = this.#outputs(sliceStack(this.#stack, first, networks), rows);
          const size = outputs.length / networks;
          for (let index = 0; index < networks; index++) {
            const own = outputs.subarray(index * size, (index + 1) * size);
            const { sum, correct } = score(own, examples.targets, start, count);
            totals[first + index]!.sum += sum;
            totals[first + index]!.correct += correct;
          }
        }
      });
    }
    return totals.map((total) => evaluationOf(this.#spec.loss, total, examples, this.#outputSize));
  }

  async forward(network: number, inputs: Float32Array, count: number): Promise<readonly Float32Array[]> {
    const { layers } = requireMember(this.#members, network);
    checkInputs(inputs, count, this.#inputSize);
    return this.#engine.run(() =>
      forward(this.#engine, this.#spec.network, layers, this.#rows(inputs, 1)).preActivations.map((h) =>
        h.dataSync<'float32'>(),
      ),
    );
  }

  async gradients(network: number, batch: Examples): Promise<NetworkParameters> {
    const { layers } = requireMember(this.#members, network);
    checkExamples(batch, this.#spec);
    return this.#engine.run(() =>
      readParameters(this.#differentiate(layers, [batch], this.#upload([batch]), new Float64Array(1))),
    );
  }

  async parameters(network: number): Promise<NetworkParameters> {
    return readParameters(requireMember(this.#members, network).layers);
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
    this.#stack = [];
  }

  #start(network: number, initial: NetworkParameters, snapshot: Uint8Array | undefined): Member {
    const layers = sliceStack(this.#stack, network, 1);
    writeParameters(layers, initial);
    const lengths = arraysOf(layers).map(({ length }) => length);
    const member = { layers, optimizer: createOptimizer(this.#spec.optimizer, lengths) };
    if (snapshot !== undefined) {
      member.optimizer.steps = decodeSnapshot(snapshot, this.#label, stateOf(member));
    }
    return member;
  }

  /** Inputs of some networks, one after another, or of all when they share them: [networks or 1, rows, inputSize]. */
  #rows(inputs: Float32Array, networks: number): Tensor3D {
    const rows = inputs.length / networks / this.#inputSize;
    return this.#engine.tf.tensor3d(inputs, [networks, rows, this.#inputSize]);
  }

  #upload(batches: readonly Examples[]): InputTensors {
    const { inputs } = batches[0]!;
    if (batches.length === 1) return inputTensors(this.#engine, this.#rows(inputs, 1));
    const all = new Float32Array(batches.length * inputs.length);
    batches.forEach((batch, index) => all.set(batch.inputs, index * inputs.length));
    return inputTensors(this.#engine, this.#rows(all, batches.length));
  }

  /** One step of some networks; frees its own tensors, so that runs do not pile theirs up. */
  #stepTogether(
    { first, networks }: Run,
    batches: readonly Examples[],
    shared: InputTensors | undefined,
    losses: Float64Array,
  ): void {
    this.#engine.tf.tidy(() => {
      const own = batches.slice(first, first + networks);
      const layers = sliceStack(this.#stack, first, networks);
      const into = losses.subarray(first, first + networks);
      const found = this.#differentiate(layers, own, shared ?? this.#upload(own), into);
      for (let index = 0; index < networks; index++) {
        const { layers: parameters, optimizer } = this.#members[first + index]!;
        optimizer.update(arraysOf(parameters), arraysOf(sliceStack(found, index, 1)));
      }
    });
  }

  /** Frees its own tensors too. */
  #outputs(layers: readonly StackedLayer[], rows: Tensor3D): Float32Array {
    return this.#engine.run(() =>
      forward(this.#engine, this.#spec.network, layers, rows).outputs.dataSync<'float32'>(),
    );
  }

  /** Gradients of some networks, each on its batch; their losses go into `losses`. */
  #differentiate(
    layers: readonly StackedLayer[],
    batches: readonly Examples[],
    inputs: InputTensors,
    losses: Float64Array,
  ): readonly StackedLayer[] {
    const { network, loss } = this.#spec;
    return gradients(this.#engine, network, layers, inputs, (outputs) => {
      const derivative = new Float32Array(outputs.length);
      const size = outputs.length / batches.length;
      batches.forEach(({ targets, count }, index) => {
        const [own, slope] = [outputs, derivative].map((all) =>
          all.subarray(index * size, (index + 1) * size),
        );
        const { sum } = score(own!, targets, 0, count, slope);
        losses[index] = meanLoss(loss, sum, count, this.#outputSize);
      });
      return derivative;
    });
  }
}
