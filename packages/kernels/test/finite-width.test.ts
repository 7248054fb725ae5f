/**
 * The kernels of networks of finite width, from outputs and derivatives of the networks themselves: with parameters θ and
 * random directions v, E f(x) f(y) is the NNGP kernel and E ∂_v f(x) ∂_v f(y) the NTK, up to O(1/width).
 */

import type { Activation } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { ntk } from '../src/index.js';
import { activations, architecture, batch } from './networks.js';

const VARIANCES = { weightVariance: 1.7, biasVariance: 0.2 };
const WIDTH = 40;
const NETWORKS = 1500;
const INPUTS = [
  [1, -0.5, 0.8],
  [0.3, 0.9, -0.4],
];

/** A signal and its derivative in one direction of all parameters */
interface Dual {
  readonly value: Float64Array;
  readonly slope: Float64Array;
}

/** One dense layer with standard normal parameters and directions, in the order of the array: [fanOut][fanIn + 1] */
interface Layer {
  readonly parameters: Float64Array;
  readonly directions: Float64Array;
}

function dense({ parameters, directions }: Layer, input: Dual): Dual {
  const fanIn = input.value.length;
  const fanOut = parameters.length / (fanIn + 1);
  const weight = Math.sqrt(VARIANCES.weightVariance / fanIn);
  const bias = Math.sqrt(VARIANCES.biasVariance);
  const value = new Float64Array(fanOut);
  const slope = new Float64Array(fanOut);
  for (let i = 0; i < fanOut; i++) {
    const row = i * (fanIn + 1);
    let [sum, derivative] = [0, 0];
    for (let j = 0; j < fanIn; j++) {
      sum += parameters[row + j]! * input.value[j]!;
      derivative += directions[row + j]! * input.value[j]! + parameters[row + j]! * input.slope[j]!;
    }
    value[i] = weight * sum + bias * parameters[row + fanIn]!;
    slope[i] = weight * derivative + bias * directions[row + fanIn]!;
  }
  return { value, slope };
}

const activate = (activation: Activation, { value, slope }: Dual): Dual => ({
  value: value.map((h) => activation.phi(h)),
  slope: slope.map((d, i) => d * activation.derivative(value[i]!)),
});

const add = (a: Dual, b: Dual): Dual => ({
  value: a.value.map((v, i) => v + b.value[i]!),
  slope: a.slope.map((v, i) => v + b.slope[i]!),
});

function output(name: string, activation: Activation, layers: readonly Layer[], x: readonly number[]): Dual {
  const input = { value: Float64Array.from(x), slope: new Float64Array(x.length) };
  let signal = dense(layers[0]!, input);
  for (const layer of layers.slice(1, -1)) {
    const branch = dense(layer, activate(activation, signal));
    signal = name === 'residual' ? add(signal, branch) : branch;
  }
  // A residual network reads out its stream, a perceptron what the last nonlinearity made of it.
  return dense(layers.at(-1)!, name === 'residual' ? signal : activate(activation, signal));
}

describe.each(['mlp', 'residual'])('%s of finite width', (name) => {
  it.each(['erf', 'relu'] as const)('has the kernels of the limit, with %s', (phi) => {
    const activation = activations[phi];
    const hidden = 2;
    const stream = createStream(5, `kernels/finite/${name}/${phi}`);
    const fans = [3, ...Array.from({ length: hidden }, () => WIDTH), WIDTH];
    const values = [0, 1, 2].map(() => new Float64Array(NETWORKS));
    const tangents = [0, 1, 2].map(() => new Float64Array(NETWORKS));
    for (let network = 0; network < NETWORKS; network++) {
      const layers = fans.map((fanIn, index) => {
        const size = (fanIn + 1) * (index === fans.length - 1 ? 1 : WIDTH);
        const layer = { parameters: new Float64Array(size), directions: new Float64Array(size) };
        stream.fillNormal(layer.parameters, 1);
        stream.fillNormal(layer.directions, 1);
        return layer;
      });
      const [x, y] = INPUTS.map((input) => output(name, activation, layers, input));
      for (const [at, [a, b]] of [
        [x, x],
        [x, y],
        [y, y],
      ].entries()) {
        values[at]![network] = a!.value[0]! * b!.value[0]!;
        tangents[at]![network] = a!.slope[0]! * b!.slope[0]!;
      }
    }
    const depth = name === 'residual' ? hidden : hidden + 1;
    const limit = ntk(architecture(name, activation, VARIANCES, { depth }), batch(INPUTS));
    for (const [at, entry] of [0, 1, 3].entries()) {
      expectMean(values[at]!, limit.nngp[entry]!, limit.nngp[3]!);
      expectMean(tangents[at]!, limit.ntk[entry]!, limit.ntk[3]!);
    }
  });
});

/** Within 3.5 standard errors and the O(1/width) of the limit; `size` is that of the kernel */
function expectMean(samples: Float64Array, expected: number, size: number): void {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const variance = samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (samples.length - 1);
  const standardError = Math.sqrt(variance / samples.length);
  expect(standardError).toBeLessThan(0.08 * size);
  expect(Math.abs(mean - expected)).toBeLessThan(3.5 * standardError + size / WIDTH);
}
