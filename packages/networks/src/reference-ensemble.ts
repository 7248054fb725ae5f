/**
 * R networks of float64, one after another, row by row: slow, and so plain that other backends are measured against it.
 *
 * Parameters, moments, losses and gradients are float64 throughout, and parameters and gradients come out as such;
 * pre-activations come out as float32, as the contract has them.
 */

/* eslint-disable @typescript-eslint/require-await -- the contract is asynchronous, this is not */

import type { Ensemble, EnsembleSpec, Evaluation, Examples, NetworkParameters } from '@meanfield/core';

import { checkBatches, checkExamples, checkInputs, checkSpec, requireMember, requireOpen } from './check.js';
import {
  referenceEvaluate,
  referenceForward,
  referenceGradients,
  ReferenceTrainer,
  type ReferenceLayer,
} from './reference-network.js';
import { decodeSnapshot, encodeSnapshot, type SnapshotLabel } from './snapshot.js';

/** Copies in float64; sizes are those of the network, whatever the layers say of themselves. */
const copyOf = (parameters: NetworkParameters, sizes: readonly number[]): readonly ReferenceLayer[] =>
  parameters.map(({ weights, bias }, layer) => ({
    fanIn: sizes[layer]!,
    fanOut: sizes[layer + 1]!,
    weights: Float64Array.from(weights),
    bias: Float64Array.from(bias),
  }));

export class ReferenceEnsemble implements Ensemble {
  readonly networks: number;
  readonly #spec: EnsembleSpec;
  readonly #label: SnapshotLabel;
  #trainers: readonly ReferenceTrainer[];

  /**
   * @param backend name of the backend, for its snapshots
   * @throws MeanfieldError UNSUPPORTED, INVALID_ARGUMENT
   */
  constructor(backend: string, spec: EnsembleSpec) {
    checkSpec(spec);
    this.networks = spec.initial.length;
    this.#spec = spec;
    this.#label = { backend, spec };
    const { sizes, activation, activateOutput } = spec.network;
    this.#trainers = spec.initial.map((initial, network) => {
      const layers = copyOf(initial, sizes);
      const trainer = new ReferenceTrainer({ layers, activation, activateOutput }, spec.optimizer);
      const snapshot = spec.resume?.[network];
      if (snapshot !== undefined) trainer.steps = decodeSnapshot(snapshot, this.#label, trainer.state);
      return trainer;
    });
  }

  async step(batches: readonly Examples[]): Promise<Float64Array> {
    const trainers = requireOpen(this.#trainers);
    checkBatches(batches, trainers.length, this.#spec);
    return Float64Array.from(trainers, (trainer, network) => trainer.step(batches[network]!));
  }

  async evaluate(examples: Examples): Promise<readonly Evaluation[]> {
    const trainers = requireOpen(this.#trainers);
    checkExamples(examples, this.#spec);
    return trainers.map(({ network }) => referenceEvaluate(network, examples));
  }

  async forward(network: number, inputs: Float32Array, count: number): Promise<readonly Float32Array[]> {
    const trainer = requireMember(this.#trainers, network);
    checkInputs(inputs, count, this.#spec.network.sizes[0]!);
    const { preActivations } = referenceForward(trainer.network, inputs, count);
    return preActivations.map((h) => Float32Array.from(h));
  }

  async gradients(network: number, batch: Examples): Promise<NetworkParameters> {
    const trainer = requireMember(this.#trainers, network);
    checkExamples(batch, this.#spec);
    return referenceGradients(trainer.network, batch).gradients;
  }

  async parameters(network: number): Promise<NetworkParameters> {
    return copyOf(requireMember(this.#trainers, network).network.layers, this.#spec.network.sizes);
  }

  async snapshot(network: number): Promise<Uint8Array> {
    const { state, steps } = requireMember(this.#trainers, network);
    return encodeSnapshot(this.#label, state, steps);
  }

  /** Arrays of parameters and moments; a step makes no others that stay. */
  liveBuffers(): number {
    return requireOpen(this.#trainers).reduce((sum, { state }) => sum + state.length, 0);
  }

  async close(): Promise<void> {
    this.#trainers = [];
  }
}
