import type { Activation, Examples } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import {
  referenceEvaluate,
  referenceForward,
  referenceGradients,
  ReferenceTrainer,
  type ReferenceNetwork,
} from '../src/index.js';

const base = { kinks: [], homogeneous: false, closedForms: {}, tensorForm: <T>(x: T) => x };
const tanh: Activation = {
  ...base,
  name: 'tanh',
  phi: Math.tanh,
  derivative: (x) => 1 - Math.tanh(x) ** 2,
};
const relu: Activation = {
  ...base,
  name: 'relu',
  phi: (x) => Math.max(x, 0),
  derivative: (x) => (x > 0 ? 1 : 0),
};

const SIZES = [3, 5, 4, 2];
const ROWS = 6;
const draw = (count: number, path: string): Float64Array => {
  const values = new Float64Array(count);
  createStream(3, path).fillNormal(values, 0.7);
  return values;
};
const networkOf = (activation: Activation, activateOutput: boolean): ReferenceNetwork => ({
  activation,
  activateOutput,
  layers: SIZES.slice(1).map((fanOut, layer) => ({
    fanIn: SIZES[layer]!,
    fanOut,
    weights: draw(SIZES[layer]! * fanOut, `weights/${layer}`),
    bias: draw(fanOut, `bias/${layer}`),
  })),
});
const inputs = Float32Array.from(draw(ROWS * 3, 'inputs'));
const values: Examples = {
  count: ROWS,
  inputs,
  targets: { kind: 'values', values: Float32Array.from(draw(ROWS * 2, 'targets')) },
};
const labels: Examples = {
  count: ROWS,
  inputs,
  targets: { kind: 'labels', labels: Int32Array.from([0, 1, 1, 0, 1, 0]) },
};

describe('the reference network', () => {
  it('computes a network of one unit a layer as by hand', () => {
    const unit = (weight: number, bias: number) => ({
      fanIn: 1,
      fanOut: 1,
      weights: Float64Array.of(weight),
      bias: Float64Array.of(bias),
    });
    const network = { activation: relu, activateOutput: false, layers: [unit(2, 1), unit(-3, 0.5)] };
    const { preActivations, signals } = referenceForward(network, [1, -1], 2);
    expect(preActivations.map((h) => [...h])).toEqual([
      [3, -1],
      [-8.5, 0.5],
    ]);
    expect([...signals[1]!]).toEqual([3, 0]);
    const batch: Examples = {
      count: 2,
      inputs: Float32Array.of(1, -1),
      targets: { kind: 'values', values: Float32Array.of(-8, 0) },
    };
    expect(referenceEvaluate(network, batch)).toEqual({ loss: 0.25 });
  });

  it('gives the entropy of a uniform guess where all outputs are equal', () => {
    const network = networkOf(relu, false);
    network.layers.at(-1)!.weights.fill(0);
    network.layers.at(-1)!.bias.fill(9);
    const { loss, accuracy } = referenceEvaluate(network, labels);
    expect(loss).toBeCloseTo(Math.log(2), 14);
    expect(accuracy).toBe(0.5);
  });

  const cases = [relu, tanh].flatMap((activation) =>
    [values, labels].flatMap((examples) => [true, false].map((output) => ({ activation, examples, output }))),
  );
  it.each(cases)(
    'has the gradient that central differences give: $activation.name, $examples.targets.kind, output $output',
    ({ activation, examples, output }) => {
      const network = networkOf(activation, output);
      const { gradients, loss } = referenceGradients(network, examples);
      expect(loss).toBe(referenceEvaluate(network, examples).loss);
      const step = 1e-6;
      network.layers.forEach((layer, index) => {
        for (const name of ['weights', 'bias'] as const) {
          layer[name].forEach((value, i) => {
            const at = (x: number): number => {
              layer[name][i] = x;
              return referenceEvaluate(network, examples).loss;
            };
            const slope = (at(value + step) - at(value - step)) / (2 * step);
            layer[name][i] = value;
            expect(Math.abs(gradients[index]![name][i]! - slope)).toBeLessThan(
              1e-6 * (Math.abs(slope) + 0.01),
            );
          });
        }
      });
    },
  );

  it('moves by the learning rate in the first step of Adam, whatever the gradient', () => {
    const network = networkOf(tanh, false);
    const before = network.layers.map(({ weights }) => weights.slice());
    const spec = { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 0 } as const;
    const trainer = new ReferenceTrainer(network, spec);
    const { gradients } = referenceGradients(network, values);
    trainer.step(values);
    network.layers.forEach(({ weights }, layer) =>
      weights.forEach((w, i) => {
        const expected = before[layer]![i]! - 0.01 * Math.sign(gradients[layer]!.weights[i]!);
        expect(w).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('rolls on by momentum', () => {
    const network = networkOf(tanh, false);
    const start = network.layers[0]!.weights[0]!;
    const trainer = new ReferenceTrainer(network, { name: 'sgd', learningRate: 0.1, momentum: 0.5 });
    const first = referenceGradients(network, values).gradients[0]!.weights[0]!;
    trainer.step(values);
    const second = referenceGradients(network, values).gradients[0]!.weights[0]!;
    trainer.step(values);
    expect(network.layers[0]!.weights[0]!).toBeCloseTo(start - 0.1 * (first + 0.5 * first + second), 14);
  });
});
