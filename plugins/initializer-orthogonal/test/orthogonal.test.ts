import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import orthogonal from '../src/index.js';

const WEIGHT_VARIANCE = 1.7;
const initializer = orthogonal.create({ weightVariance: WEIGHT_VARIANCE });

/** Inner products of the columns of a row-major matrix [rows, columns] */
function columnProducts(matrix: Float64Array, rows: number, columns: number): number[] {
  return Array.from({ length: columns * columns }, (_, index) => {
    const [a, b] = [Math.floor(index / columns), index % columns];
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += matrix[row * columns + a]! * matrix[row * columns + b]!;
    return sum;
  });
}

const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));

const multipleOfIdentity = (size: number, scale: number): number[] =>
  Array.from({ length: size * size }, (_, index) => (index % (size + 1) === 0 ? scale : 0));

function weights(fanIn: number, fanOut: number): Float64Array {
  const layer = { fanIn, fanOut, weights: new Float64Array(fanIn * fanOut), bias: new Float64Array(fanOut) };
  initializer.sample(layer, createStream(3, 'layer'));
  return layer.weights;
}

const transpose = (matrix: Float64Array, rows: number, columns: number): Float64Array =>
  Float64Array.from(
    { length: matrix.length },
    (_, index) => matrix[(index % rows) * columns + Math.floor(index / rows)]!,
  );

describe('orthogonal weights', () => {
  it.each([
    [70, 70],
    [70, 20],
    [1, 1],
  ])('are orthogonal vectors of length σ_w a neuron, %i × %i', (fanIn, fanOut) => {
    const products = columnProducts(weights(fanIn, fanOut), fanIn, fanOut);
    expect(largestDifference(products, multipleOfIdentity(fanOut, WEIGHT_VARIANCE))).toBeLessThan(1e-13);
  });

  it('multiply lengths by σ_w √(fan-out/fan-in) where the layer gets wider', () => {
    const [fanIn, fanOut] = [20, 70];
    const products = columnProducts(transpose(weights(fanIn, fanOut), fanIn, fanOut), fanOut, fanIn);
    const expected = multipleOfIdentity(fanIn, (WEIGHT_VARIANCE * fanOut) / fanIn);
    expect(largestDifference(products, expected)).toBeLessThan(1e-13);
  });

  it.each([
    [40, 40, 3],
    [40, 55, 3],
    [6, 9, 20],
  ])(
    'keep all inner products in pre-activations without weights, %i × %i, %i inputs',
    (fanIn, fanOut, inputs) => {
      const signals = new Float64Array(fanIn * inputs);
      createStream(5, 'signals').fillNormal(signals, 1);
      const expected = columnProducts(signals, fanIn, inputs).map(
        (x) => (WEIGHT_VARIANCE * x * fanOut) / fanIn,
      );
      const preActivations = new Float64Array(fanOut * inputs);
      initializer.samplePreActivations?.(
        { fanIn, fanOut, inputs, signals, preActivations },
        createStream(3, 'layer'),
      );
      const products = columnProducts(preActivations, fanOut, inputs);
      expect(largestDifference(products, expected)).toBeLessThan(1e-11);
    },
  );
});
