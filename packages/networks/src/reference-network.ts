/**
 * A dense network in float64, slow and obvious: what every backend is measured against.
 *
 * h = s W + b, s = φ(h), gradients by backpropagation; nothing is fused, skipped or reordered. Its gradients
 * agree with central differences of its loss to 1e-6 relative (test of this file), and with extrapolated ones to 4e-11 of
 * their norm (tests of @meanfield/backend-reference).
 */

import type { Activation, Evaluation, Examples, OptimizerSpec } from '@meanfield/core';

export interface ReferenceLayer {
  readonly fanIn: number;
  readonly fanOut: number;
  /** W, row-major [fanIn, fanOut] */
  readonly weights: Float64Array;
  /** b, [fanOut] */
  readonly bias: Float64Array;
}

export interface ReferenceNetwork {
  readonly layers: readonly ReferenceLayer[];
  readonly activation: Activation;
  readonly activateOutput: boolean;
}

export interface ReferencePass {
  /** h of every layer, [count, fanOut] */
  readonly preActivations: readonly Float64Array[];
  /** s: the inputs, then the signals after every layer; the last entry is the output */
  readonly signals: readonly Float64Array[];
}

const activates = (network: ReferenceNetwork, layer: number): boolean =>
  network.activateOutput || layer < network.layers.length - 1;

export function referenceForward(
  network: ReferenceNetwork,
  inputs: ArrayLike<number>,
  count: number,
): ReferencePass {
  const preActivations: Float64Array[] = [];
  const signals = [Float64Array.from(inputs)];
  network.layers.forEach(({ fanIn, fanOut, weights, bias }, index) => {
    const s = signals[index]!;
    const h = new Float64Array(count * fanOut);
    for (let row = 0; row < count; row++) {
      for (let j = 0; j < fanOut; j++) {
        let sum = bias[j]!;
        for (let i = 0; i < fanIn; i++) sum += s[row * fanIn + i]! * weights[i * fanOut + j]!;
        h[row * fanOut + j] = sum;
      }
    }
    preActivations.push(h);
    signals.push(activates(network, index) ? h.map((x) => network.activation.phi(x)) : h);
  });
  return { preActivations, signals };
}

interface LossValue extends Evaluation {
  /** Derivative of the loss by the outputs, [count, units] */
  readonly derivative: Float64Array;
}

function squaredError(outputs: Float64Array, values: Float32Array): LossValue {
  const differences = outputs.map((y, i) => y - values[i]!);
  const loss = differences.reduce((sum, d) => sum + d * d, 0) / outputs.length;
  return { loss, derivative: differences.map((d) => (2 * d) / outputs.length) };
}

function crossEntropy(outputs: Float64Array, labels: Int32Array): LossValue {
  const count = labels.length;
  const units = outputs.length / count;
  const derivative = new Float64Array(outputs.length);
  let loss = 0;
  let correct = 0;
  labels.forEach((label, row) => {
    const logits = outputs.subarray(row * units, (row + 1) * units);
    const largest = Math.max(...logits);
    const total = logits.reduce((sum, y) => sum + Math.exp(y - largest), 0);
    const logProbability = (j: number): number => logits[j]! - largest - Math.log(total);
    loss -= logProbability(label) / count;
    if (logits.indexOf(largest) === label) correct++;
    for (let j = 0; j < units; j++) {
      derivative[row * units + j] = (Math.exp(logProbability(j)) - (j === label ? 1 : 0)) / count;
    }
  });
  return { loss, derivative, accuracy: correct / count };
}

function lossOf(outputs: Float64Array, { targets }: Examples): LossValue {
  return targets.kind === 'values'
    ? squaredError(outputs, targets.values)
    : crossEntropy(outputs, targets.labels);
}

/** Loss and, where targets are labels, accuracy. */
export function referenceEvaluate(network: ReferenceNetwork, examples: Examples): Evaluation {
  const { signals } = referenceForward(network, examples.inputs, examples.count);
  const { loss, accuracy } = lossOf(signals.at(-1)!, examples);
  return accuracy === undefined ? { loss } : { loss, accuracy };
}

/** dW = sᵀ dH, db = Σ_rows dH. */
function layerGradient(
  { fanIn, fanOut }: ReferenceLayer,
  s: Float64Array,
  dH: Float64Array,
  count: number,
): ReferenceLayer {
  const weights = new Float64Array(fanIn * fanOut);
  const bias = new Float64Array(fanOut);
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < fanOut; j++) {
      const d = dH[row * fanOut + j]!;
      bias[j]! += d;
      for (let i = 0; i < fanIn; i++) weights[i * fanOut + j]! += s[row * fanIn + i]! * d;
    }
  }
  return { fanIn, fanOut, weights, bias };
}

/** dS = dH Wᵀ. */
function signalGradient(
  { fanIn, fanOut, weights }: ReferenceLayer,
  dH: Float64Array,
  count: number,
): Float64Array {
  const dS = new Float64Array(count * fanIn);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < fanIn; i++) {
      let sum = 0;
      for (let j = 0; j < fanOut; j++) sum += dH[row * fanOut + j]! * weights[i * fanOut + j]!;
      dS[row * fanIn + i] = sum;
    }
  }
  return dS;
}

/** The loss on a batch and its gradient by every parameter, in the shape of the layers. */
export function referenceGradients(
  network: ReferenceNetwork,
  batch: Examples,
): { readonly loss: number; readonly gradients: readonly ReferenceLayer[] } {
  const { preActivations, signals } = referenceForward(network, batch.inputs, batch.count);
  const { loss, derivative } = lossOf(signals.at(-1)!, batch);
  const gradients: ReferenceLayer[] = [];
  let dS = derivative;
  for (let index = network.layers.length - 1; index >= 0; index--) {
    const layer = network.layers[index]!;
    const h = preActivations[index]!;
    const dH = activates(network, index) ? dS.map((d, i) => d * network.activation.derivative(h[i]!)) : dS;
    gradients.unshift(layerGradient(layer, signals[index]!, dH, batch.count));
    dS = signalGradient(layer, dH, batch.count);
  }
  return { loss, gradients };
}

interface Moments {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** One network in training. */
export class ReferenceTrainer {
  readonly network: ReferenceNetwork;
  /** Optimiser steps done */
  steps = 0;
  readonly #optimizer: OptimizerSpec;
  readonly #moments: readonly Moments[];

  /** Trains `network` in place. */
  constructor(network: ReferenceNetwork, optimizer: OptimizerSpec) {
    this.network = network;
    this.#optimizer = optimizer;
    this.#moments = parametersOf(network.layers).map(({ length }) => ({
      first: new Float64Array(length),
      second: new Float64Array(length),
    }));
  }

  /** Beside `steps`, all that the next step depends on: parameters and moments, not copied. */
  get state(): readonly Float64Array[] {
    return [
      ...parametersOf(this.network.layers),
      ...this.#moments.flatMap(({ first, second }) => [first, second]),
    ];
  }

  /** One optimiser step; returns the loss on the batch before it. */
  step(batch: Examples): number {
    const { loss, gradients } = referenceGradients(this.network, batch);
    const slopes = parametersOf(gradients);
    this.steps++;
    parametersOf(this.network.layers).forEach((parameters, index) =>
      this.#update(parameters, slopes[index]!, this.#moments[index]!),
    );
    return loss;
  }

  #update(parameters: Float64Array, slopes: Float64Array, { first, second }: Moments): void {
    const spec = this.#optimizer;
    if (spec.name === 'sgd') {
      slopes.forEach((g, i) => {
        first[i] = spec.momentum * first[i]! + g;
        parameters[i]! -= spec.learningRate * first[i];
      });
      return;
    }
    // `kingma2015`, the form at the end of §2, with its ε̂: what TensorFlow and Keras compute.
    const { learningRate, beta1, beta2, epsilon } = spec;
    const rate = (learningRate * Math.sqrt(1 - beta2 ** this.steps)) / (1 - beta1 ** this.steps);
    slopes.forEach((g, i) => {
      first[i] = beta1 * first[i]! + (1 - beta1) * g;
      second[i] = beta2 * second[i]! + (1 - beta2) * g * g;
      parameters[i]! -= (rate * first[i]) / (Math.sqrt(second[i]) + epsilon);
    });
  }
}

function parametersOf(layers: readonly ReferenceLayer[]): Float64Array[] {
  return layers.flatMap(({ weights, bias }) => [weights, bias]);
}
