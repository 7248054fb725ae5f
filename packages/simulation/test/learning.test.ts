/** Gradients by parameters against central differences, Adam against its formulas, blocks against their linearisation. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import {
  adam,
  affineBlock,
  drawNetwork,
  lossGradient,
  observedSignals,
  perceptron,
  score,
  takeOver,
  type LabelledBatch,
  type Network,
} from '../src/index.js';

const CLASSES = 3;
const sizes = { width: 6, inputSize: 5 };
const initializer = he.create({ weightVariance: 2, biasVariance: 0.3 });
const readout: Network = [{ dense: initializer, width: CLASSES }, { observe: true }];
/** Norms, a residual branch, two activations */
const network: Network = [
  ...perceptron({ activation: tanh.create(), initializer, depth: 2, layerNorm: {} }),
  { residual: [{ dense: initializer }, { activation: relu.create() }, { dense: initializer }] },
  { layerNorm: { epsilon: 0.1 } },
  ...readout,
];
const stream = createStream(8, 'learning');

function batchOf(count: number): LabelledBatch {
  const inputs = new Float64Array(sizes.inputSize * count);
  stream.child('inputs').fillNormal(inputs, 1);
  return { count, inputs, labels: Array.from({ length: count }, (_, input) => input % CLASSES) };
}

describe('lossGradient', () => {
  it('is the derivative of the loss by every weight and bias', () => {
    const formed = drawNetwork(network, sizes, stream);
    const batch = batchOf(7);
    const { loss, accuracy, layers } = lossGradient(formed, batch);
    expect({ loss, accuracy }).toEqual(score(formed, batch));
    expect([...layers.keys()].sort()).toEqual([1, 2, 3, 4, 5]);
    const step = 1e-5;
    for (const [layer, gradient] of layers) {
      const parameters = formed.layers.get(layer)!;
      for (const kind of ['weights', 'bias'] as const) {
        const largest = Math.max(...gradient[kind].map(Math.abs));
        parameters[kind].forEach((value, at) => {
          const lossAt = (moved: number): number => {
            parameters[kind][at] = moved;
            return score(formed, batch).loss;
          };
          const difference = (lossAt(value + step) - lossAt(value - step)) / (2 * step);
          parameters[kind][at] = value;
          expect(Math.abs(difference - gradient[kind][at]!)).toBeLessThan(1e-8 * Math.max(1, largest));
        });
      }
    }
  });
});

describe('adam', () => {
  const options = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

  it('steps as its formulas say', () => {
    const formed = drawNetwork(readout, sizes, stream);
    const { weights, bias } = formed.layers.get(1)!;
    const start = weights[0]!;
    const step = adam(formed, options);
    const gradient = (value: number) =>
      new Map([[1, { weights: weights.map(() => value), bias: bias.map(() => 0) }]]);
    step(gradient(0.5));
    expect(weights[0]).toBeCloseTo(start - (0.01 * 0.5) / (0.5 + 1e-7), 12);
    step(gradient(-0.25));
    const [m, v] = [(0.9 * 0.05 - 0.1 * 0.25) / 0.19, (0.999 * 0.00025 + 0.001 * 0.0625) / 0.001999];
    expect(weights[0]).toBeCloseTo(start - 0.01 - (0.01 * m) / (Math.sqrt(v) + 1e-7), 8);
  });

  it('learns what can be learnt by heart', () => {
    const formed = drawNetwork(network, sizes, stream);
    const batch = batchOf(6);
    const step = adam(formed, options);
    for (let i = 0; i < 150; i++) step(lossGradient(formed, batch).layers);
    expect(score(formed, batch).accuracy).toBe(1);
  });
});

describe('affineBlock', () => {
  const block: Network = perceptron({ activation: tanh.create(), initializer, depth: 5, layerNorm: {} });
  const full = [...block, ...readout];
  /** Layers 3 and 4 as one that is linear: behind layer 2 its activation is gone too. */
  const shorter: Network = [
    ...block.slice(0, 7),
    { dense: initializer },
    { observe: true },
    ...block.slice(15),
    ...readout,
  ];

  it('has the values and the slopes of the block at its point', () => {
    const formed = drawNetwork(full, sizes, stream);
    const linear = drawNetwork(shorter, sizes, stream.child('other'));
    const { inputs } = batchOf(1);
    const places = observedSignals(formed, inputs, 1);
    takeOver(linear, formed, { layer: 3, removed: 1, block: affineBlock(formed, 1, 3, places[1]!) });
    const outputs = (of: typeof formed, moved: Float64Array): Float64Array =>
      observedSignals(of, moved, 1).at(-1)!;
    const distance = (size: number): number => {
      const moved = inputs.map((entry, at) => entry + size * Math.cos(at));
      const [exact, replaced] = [outputs(formed, moved), outputs(linear, moved)];
      return Math.hypot(...exact.map((entry, at) => entry - replaced[at]!));
    };
    expect(distance(0)).toBeLessThan(1e-13);
    // What is left is of second order.
    expect(distance(1e-3) / distance(5e-4)).toBeGreaterThan(3.8);
    expect(distance(1e-3) / distance(5e-4)).toBeLessThan(4.2);
  });

  it('refuses places in the wrong order', () => {
    const formed = drawNetwork(full, sizes, stream);
    expect(() => affineBlock(formed, 3, 1, new Float64Array(6))).toThrow('one behind the other');
  });
});
