import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { isMeanfieldError, type Activation, type RandomStream } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { analyse, boundaries, gradients, trajectory } from '../src/index.js';
import {
  errors,
  preActivations,
  sampledLayers,
  squares,
  weightSquares,
  type Layer,
} from './backpropagation.js';
import { asymmetricMapOf, gaussianMapOf, relativeError } from './maps.js';

const activations = { relu: relu.create(), tanh: tanh.create() };

/** Input, then layers 0 to 5 */
const WIDTHS: readonly number[] = [120, 160, 200, 140, 180, 150, 190];
const DEPTH = WIDTHS.length - 2;
const INPUT_MEAN_SQUARE = 2.5;
const NETWORKS = 48;

/** A random direction with mean square INPUT_MEAN_SQUARE */
function inputOf(stream: RandomStream): Float64Array {
  const input = new Float64Array(WIDTHS[0]!);
  stream.fillNormal(input, 1);
  const scale = Math.sqrt((INPUT_MEAN_SQUARE * input.length) / squares(input));
  return input.map((x) => scale * x);
}

interface Measured {
  readonly biases: readonly number[];
  readonly weights: readonly number[];
}

function measured(activation: Activation, layers: readonly Layer[], stream: RandomStream): Measured {
  const input = inputOf(stream.child('input'));
  const hs = preActivations(activation, layers, input);
  const last = new Float64Array(WIDTHS.at(-1)!);
  stream.child('error').fillNormal(last, 1);
  const deltas = errors(activation, layers, hs, last);
  const unit = squares(last);
  const signals = [input, ...hs.map((h) => h.map((x) => activation.phi(x)))];
  return {
    biases: deltas.map((delta) => squares(delta) / unit),
    weights: deltas.map((delta, layer) => weightSquares(signals[layer]!, delta) / unit),
  };
}

function expectMean(values: readonly number[], expected: number, where: string): void {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  const error = Math.sqrt(variance / values.length);
  const found = `${where}: ${mean} ± ${error}, predicted ${expected}`;
  expect(Math.abs(mean - expected), found).toBeLessThanOrEqual(4 * error);

  expect(error, found).toBeLessThan(0.1 * expected);
}

const critical = boundaries(gaussianMapOf('tanh', 1, 0.05)).correlation.weightVariance ?? Number.NaN;

/**
 * Seventy-seven means, those of one case dependent, within four standard errors; the seed is the first that was tried.
 * Widths shift them by O(depth/N), about 2 %.
 */
describe.each([
  ['relu', 'He', 2, 0, 0],
  ['relu', 'ordered', 1.4, 0.2, 0],
  ['relu', 'ACI', 2, 0, 100],
  ['relu', 'chaotic, k = 100', 2.6, 0.1, 100],
  ['tanh', 'ordered', 1.3, 0.1, 0],
  ['tanh', 'critical', critical, 0.05, 0],
  ['tanh', 'chaotic, k = −0.5', 3, 0.05, -0.5],
] as const)('%s, %s', (name, _, weightVariance, biasVariance, k) => {
  it('has the gradients of backpropagation through finite networks', () => {
    const initializer = aci.create({ weightVariance, biasVariance, k });
    const runs = Array.from({ length: NETWORKS }, (_each, run) => {
      const stream = createStream(1, `network/${run}`);
      return measured(activations[name], sampledLayers(initializer, WIDTHS, stream), stream);
    });
    const map = gaussianMapOf(name, weightVariance, biasVariance, k);
    const q = weightVariance * INPUT_MEAN_SQUARE + biasVariance;
    // The input's mean is 0 up to 1/√N, so κ takes nothing off.
    const { layers } = gradients(map, q, DEPTH, { widths: WIDTHS, inputMeanSquare: INPUT_MEAN_SQUARE });
    expect(layers).toHaveLength(DEPTH + 1);
    for (const [layer, { biases, weights }] of layers.entries()) {
      expectMean(
        runs.map((run) => run.weights[layer]!),
        weights ?? Number.NaN,
        `weights of layer ${layer}`,
      );
      if (layer === DEPTH) expect(biases).toBe(1);
      else {
        expectMean(
          runs.map((run) => run.biases[layer]!),
          biases,
          `biases of layer ${layer}`,
        );
      }
    }
  });
});

it('the backward pass of these tests is the derivative of the forward pass', () => {
  const stream = createStream(5);
  const layers = sampledLayers(aci.create({ biasVariance: 0.1 }), [4, 5, 6, 3], stream);
  const input = new Float64Array(4);
  stream.child('input').fillNormal(input, 1);
  const last = new Float64Array(3);
  stream.child('error').fillNormal(last, 1);
  const loss = (): number =>
    preActivations(activations.tanh, layers, input)
      .at(-1)!
      .reduce((sum, h, i) => sum + h * last[i]!, 0);
  const hs = preActivations(activations.tanh, layers, input);
  const deltas = errors(activations.tanh, layers, hs, last);
  const slopeIn = (values: Float64Array, index: number): number => {
    const [before, step] = [values[index]!, 1e-5];
    values[index] = before + step;
    const above = loss();
    values[index] = before - step;
    const below = loss();
    values[index] = before;
    return (above - below) / (2 * step);
  };
  layers.forEach(({ weights, bias }, layer) => {
    const signals = layer === 0 ? input : hs[layer - 1]!.map(Math.tanh);
    expect(slopeIn(bias, 1)).toBeCloseTo(deltas[layer]![1]!, 8);
    const slopes = weights.map((_, index) => slopeIn(weights, index));
    expect(squares(slopes)).toBeCloseTo(weightSquares(signals, deltas[layer]!), 8);
  });
});

describe('gradients', () => {
  const map = gaussianMapOf('tanh', 2, 0.1);

  it('have χ₁ along the transient, and its product as ‖δ‖²', () => {
    const { layers, chi1, xiGradient } = gradients(map, 4, 40);
    const lengths = trajectory(map, { q1: 4, q2: 4, gap: 0 }, 40);
    expect(layers.map(({ q }) => q)).toEqual(lengths.map(({ q1 }) => q1));
    let product = 1;
    for (let layer = 39; layer >= 0; layer--) {
      const pair = { q1: lengths[layer]!.q1, q2: lengths[layer]!.q1, gap: 0 };
      expect(layers[layer]!.chi1).toBe(map.linearise(map.start(pair)).chi1);
      product *= layers[layer]!.chi1;
      expect(relativeError(layers[layer]!.biases, product)).toBeLessThan(1e-14);
    }
    expect(layers[0]!.chi1).not.toBeCloseTo(layers[40]!.chi1, 2);
    expect(chi1).toBe(analyse(map).chi1);
    expect(relativeError(layers[40]!.chi1, chi1)).toBeLessThan(1e-13);
    expect(relativeError(xiGradient, -1 / Math.log(chi1))).toBe(0);
  });

  it('vanish, stay or explode with χ₁, and say so with the sign of ξ', () => {
    const scale = (w: number): number => gradients(gaussianMapOf('relu', w, 0.1), 1, 0).xiGradient;
    expect(scale(1)).toBeCloseTo(1 / Math.LN2, 14);
    expect(scale(2)).toBe(Infinity);
    expect(scale(4)).toBeCloseTo(-1 / Math.LN2, 14);
    expect(scale(0)).toBe(0);
  });

  it('count units: per unit of fan-in without widths', () => {
    const widths = [3, 5, 7, 11];
    const counted = gradients(map, 1, 2, { widths, inputMeanSquare: 0.5 }).layers;
    const single = gradients(map, 1, 2, { inputMeanSquare: 0.5 }).layers;
    counted.forEach(({ biases, weights }, layer) => {
      expect(biases).toBe(single[layer]!.biases);
      expect(weights).toBe(single[layer]!.weights! * widths[layer]!);
    });
    expect(single[0]!.weights).toBe(0.5 * single[0]!.biases);
    const state = map.start({ q1: 1, q2: 1, gap: 0 });
    expect(single[1]!.weights).toBe(map.activity(state).meanSquare * single[1]!.biases);
    expect(gradients(map, 1, 2).layers[0]!.weights).toBeNull();
  });

  it('are numbers, 0 or Infinity at any depth', () => {
    for (const [w, bias, limit] of [
      [1e6, 0.1, Infinity],
      [1e-6, 0.1, 0],
      [0, 0, 0],
    ] as const) {
      for (const name of ['relu', 'tanh'] as const) {
        const { layers, xiGradient } = gradients(gaussianMapOf(name, w, bias), 1, 300, {
          inputMeanSquare: 1,
        });
        for (const { q, chi1, biases, weights } of layers) {
          for (const each of [q, chi1, biases, weights!]) expect(each).toBeGreaterThanOrEqual(0);
        }
        expect(xiGradient).not.toBeNaN();
        expect(layers[0]!.biases).toBe(limit);
      }
    }
  });

  it.each<[string, string, () => unknown]>([
    ['a length', 'INVALID_ARGUMENT', () => gradients(map, -1, 3)],
    ['a depth', 'INVALID_ARGUMENT', () => gradients(map, 1, 2.5)],
    ['a missing width', 'INVALID_ARGUMENT', () => gradients(map, 1, 3, { widths: [1, 2, 3, 4] })],
    ['half a width', 'INVALID_ARGUMENT', () => gradients(map, 1, 0, { widths: [1, 2.5] })],
    ['an input', 'INVALID_ARGUMENT', () => gradients(map, 1, 0, { inputMeanSquare: Number.NaN })],
    ['a map of laws', 'UNSUPPORTED', () => gradients(asymmetricMapOf(0.9, 100), 1, 3)],
  ])('refuse %s', (_, code, run) => {
    try {
      run();
    } catch (error) {
      expect(isMeanfieldError(error) && error.code).toBe(code);
      return;
    }
    throw new Error('it did not throw');
  });
});
