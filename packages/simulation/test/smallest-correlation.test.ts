/** Descents on two inputs find what an exhaustive search over inputs finds, where there are few enough of them. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { perceptron, smallestCorrelations, type Network } from '../src/index.js';
import { readPlaces } from '../src/read-places.js';

const WIDTH = 30;
const ANGLES = 160;
const stream = createStream(5);
const initializer = he.create({ weightVariance: 2, biasVariance: 0.2 });
const networks: Readonly<Record<string, Network>> = {
  relu: perceptron({ activation: relu.create(), initializer, depth: 4, layerNorm: {} }),
  'tanh without norms': perceptron({ activation: tanh.create(), initializer, depth: 4 }),
};

/** Largest 1 − c over all pairs of inputs on a grid of the circle |x|² = 2. */
function searched(network: Network, place: number): number {
  const values = Float64Array.from({ length: 2 * ANGLES }, (_, at) => {
    const angle = (2 * Math.PI * Math.floor(at / 2)) / ANGLES;
    return Math.SQRT2 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });
  const request = {
    network,
    width: WIDTH,
    inputSize: 2,
    inputs: { count: ANGLES, values },
    networks: 3,
    stream,
    method: 'weights' as const,
  };
  return readPlaces(request, 2, [place], ({ values: signals, units, inputs }) => {
    const column = (input: number): Float64Array =>
      Float64Array.from({ length: units }, (_, unit) => signals[unit * inputs + input]!);
    const directions = Array.from({ length: inputs }, (_, input) => {
      const signal = column(input);
      return signal.map((entry) => entry / Math.hypot(...signal));
    });
    let largest = 0;
    for (const a of directions) {
      for (const b of directions) {
        largest = Math.max(largest, 1 - a.reduce((sum, entry, at) => sum + entry * b[at]!, 0));
      }
    }
    return largest;
  })[0]!;
}

describe('smallestCorrelations', () => {
  it.each(Object.keys(networks))('finds the widest pair of all inputs on a circle: %s', (name) => {
    const network = networks[name]!;
    const found = smallestCorrelations(
      {
        network,
        width: WIDTH,
        inputSize: 2,
        stream,
        places: [0, 3],
        startGaps: [2, 1, 0.5, 1.5],
        tolerance: 1e-6,
      },
      2,
    );
    for (const { place, startGap, gap, settled } of found) {
      const known = searched(network, place);
      expect(settled).toBe(true);
      expect(gap).toBeGreaterThan(startGap);
      // The grid comes close to the optimum, where the gap is flat, from below.
      expect(gap / known).toBeGreaterThan(0.9999);
      expect(gap / known).toBeLessThan(1.002);
    }
  });

  it('turns any pair into opposite inputs where layers are linear', () => {
    const linear: Network = [{ dense: he.create({ weightVariance: 1 }) }, { observe: true }];
    const [found] = smallestCorrelations(
      { network: linear, width: 40, inputSize: 12, stream, places: [0], startGaps: [0.3], tolerance: 1e-9 },
      0,
    );
    expect(found?.gap).toBeGreaterThan(2 - 1e-6);
    expect(found?.gap).toBeLessThanOrEqual(2 + 1e-12);
  });

  it('refuses places and pairs that there are not', () => {
    const request = { network: networks['relu']!, width: 4, stream, places: [4], startGaps: [1] };
    expect(() => smallestCorrelations(request, 0)).toThrow('places from 0 to 3');
    expect(() => smallestCorrelations({ ...request, places: [0], startGaps: [] }, 0)).toThrow('pair');
    expect(() => smallestCorrelations({ ...request, places: [0], startGaps: [3] }, 0)).toThrow('[0, 2]');
  });
});
