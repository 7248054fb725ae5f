import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { isMeanfieldError, type Activation, type Initializer, type ProgressEvent } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import he from '@meanfield/initializer-he';
import { createStream, multiplyLeftTransposed } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import {
  perceptron,
  residualNetwork,
  simulateGradients,
  simulateJacobians,
  simulateNetworkGradients,
  simulateNetworkJacobians,
  summariseGradients,
  summariseJacobians,
  type JacobianRequest,
} from '../src/index.js';

const REQUEST: JacobianRequest = {
  network: perceptron({
    activation: tanh.create(),
    initializer: aci.create({ weightVariance: 2, k: 1 }),
    depth: 3,
  }),
  width: 24,
  inputSize: 31,
  inputs: { count: 2, meanSquare: 1.5, correlation: 0.3 },
  networks: 4,
  stream: createStream(7, 'cell'),
  singularValues: 3,
  spectrum: true,
};

/** φ(x) = x */
const identity: Activation = {
  ...relu.create(),
  name: 'identity',
  phi: (x) => x,
  derivative: () => 1,
  kinks: [],
};

/** Square orthogonal weights times `gain`, by Gram–Schmidt on normals */
const orthogonal = (gain: number): Initializer => ({
  name: 'orthogonal',
  statistics: () => ({ law: 'empirical', reason: 'a test' }),
  sample: ({ fanIn: size, weights, bias }, stream) => {
    bias.fill(0);
    const square = new Float64Array(size * size);
    stream.fillNormal(square, 1);
    const rows = Array.from({ length: size }, (_, i) => square.subarray(i * size, (i + 1) * size));
    rows.forEach((row, i) => {
      for (const earlier of [...rows.slice(0, i), ...rows.slice(0, i)]) {
        const share = row.reduce((sum, x, j) => sum + x * earlier[j]!, 0);
        earlier.forEach((x, j) => (row[j]! -= share * x));
      }
      const norm = Math.hypot(...row);
      row.forEach((x, j) => (row[j] = x / norm));
    });
    weights.set(square.map((x) => gain * x));
  },
});

describe('simulateJacobians', () => {
  it('finds the same by the whole Jacobian, by Lanczos and, within sampling errors, by probes', () => {
    const whole = simulateNetworkJacobians(REQUEST);
    const probed = simulateNetworkJacobians({ ...REQUEST, spectrum: false, singularValues: 0, probes: 40 });
    const scores: number[] = [];
    whole.forEach(({ places, probes }, network) => {
      expect(probes).toBeNull();
      places.forEach(({ inputs, units, layer }, place) => {
        expect([units, layer]).toEqual([24, place + 1]);
        inputs.forEach(({ meanSquareNorm, samplingError, spectrum = [], largest = [] }, input) => {
          expect(samplingError).toBe(0);
          expect(spectrum).toHaveLength(24);
          const squares = spectrum.reduce((sum, value) => sum + value * value, 0);
          expect(squares / units / meanSquareNorm).toBeCloseTo(1, 13);
          largest.forEach(({ value, bound }, rank) => {
            expect(Math.abs(value / spectrum[rank]! - 1)).toBeLessThan(1e-13);
            expect(bound).toBeLessThan(1e-8 * spectrum[0]!);
          });
          const other = probed[network]!.places[place]!.inputs[input]!;
          scores.push((other.meanSquareNorm - meanSquareNorm) / other.samplingError!);
        });
      });
    });
    const variance = scores.reduce((sum, score) => sum + score * score, 0) / scores.length;
    expect(scores).toHaveLength(24);
    // χ²/24 lies in this interval with probability 99 %, were scores independent.
    expect(variance).toBeGreaterThan(0.4);
    expect(variance).toBeLessThan(1.9);
  });

  it('is the derivative of the network that the streams name, by plain loops', () => {
    const request: JacobianRequest = {
      ...REQUEST,
      network: perceptron({ activation: relu.create(), initializer: he.create(), depth: 2 }),
    };
    const stream = request.stream.child('network').child(1);
    const matrices = [31, 24].map((fanIn, index) => {
      const weights = new Float64Array(fanIn * 24);
      const bias = new Float64Array(24);
      he.create().sample({ fanIn, fanOut: 24, weights, bias }, stream.child('layer').child(index + 1));
      return weights;
    });
    const values = Float64Array.from({ length: 62 }, (_, i) => Math.sin(i + 1));
    const [observation] = simulateNetworkJacobians({ ...request, inputs: { count: 2, values } }, 1, 2);
    for (const input of [0, 1]) {
      const h = new Float64Array(24);
      multiplyLeftTransposed(matrices[0]!, values.subarray(31 * input, 31 * (input + 1)), h, 24, 31, 1);
      let squares = 0;
      for (let out = 0; out < 24; out++) {
        for (let i = 0; i < 31; i++) {
          const entry = h.reduce(
            (sum, h1, j) => sum + (h1 > 0 ? matrices[0]![i * 24 + j]! * matrices[1]![j * 24 + out]! : 0),
            0,
          );
          squares += entry * entry;
        }
      }
      expect(observation!.places[1]!.inputs[input]!.meanSquareNorm / (squares / 24)).toBeCloseTo(1, 13);
    }
  });

  it('finds all singular values equal for orthogonal weights without a nonlinearity', () => {
    const { places } = simulateJacobians({
      ...REQUEST,
      network: perceptron({ activation: identity, initializer: orthogonal(1.5), depth: 4 }),
      inputSize: 24,
      networks: 1,
      singularValues: 5,
    });
    places.forEach(({ meanSquareNorm, spectrum = [], largest = [] }, place) => {
      const expected = 1.5 ** (place + 1);
      expect(meanSquareNorm / expected ** 2).toBeCloseTo(1, 13);
      expect(spectrum).toHaveLength(24);
      for (const { value } of [...spectrum, ...largest]) expect(value / expected).toBeCloseTo(1, 13);
    });
  });

  it('gives the same bits however the networks are split, and after JSON', () => {
    const whole = simulateJacobians({ ...REQUEST, probes: 3 });
    const parts = [simulateNetworkJacobians(REQUEST, 3), simulateNetworkJacobians(REQUEST, 0, 3)].flat();
    expect(summariseJacobians(JSON.parse(JSON.stringify(parts)) as never)).toEqual(whole);
    const [place] = whole.places;
    expect(place!.largest).toHaveLength(3);
    expect(place!.spectrum![0]!.stderr).toBeGreaterThan(0);
    expect(place!.samplingError).toBe(0);
    expect(() => summariseJacobians([])).toThrow(/found none/);
    const other = simulateNetworkJacobians({ ...REQUEST, singularValues: 2 }, 0, 1);
    expect(() => summariseJacobians([...parts.slice(0, 1), ...other])).toThrow(/differ in kind/);
    expect(() => summariseJacobians([...parts, parts[1]!])).toThrow(/network 0 twice/);
  });

  it('reports every network, and 0 where units are dead', () => {
    const events: ProgressEvent[] = [];
    const off = { ...relu.create(), phi: () => 0, derivative: () => 0, homogeneous: false };
    const request: JacobianRequest = {
      ...REQUEST,
      network: perceptron({ activation: off, initializer: he.create(), depth: 2 }),
      report: (event) => events.push(event),
    };
    const { places } = simulateJacobians(request);
    expect(places[1]!.meanSquareNorm).toBe(0);
    expect(places[1]!.largest).toEqual(Array.from({ length: 3 }, () => ({ value: 0, stderr: 0, bound: 0 })));
    expect(events.map(({ completed, total }) => [completed, total])).toEqual([1, 2, 3, 4].map((n) => [n, 4]));
    expect(simulateGradients(request).layers[0]).toMatchObject({ meanSquare: 0, relative: 0 });
  });

  it.each<[string, Partial<JacobianRequest>]>([
    ['no probes', { probes: 0 }],
    ['half a singular value', { singularValues: 0.5 }],
    ['more singular values than there are', { singularValues: 25 }],
    ['a spectrum of a large matrix', { width: 1500, inputSize: 1500 }],
    ['weights of more than 4 GiB', { width: 30_000, spectrum: false }],
    ['a range outside the networks', { networks: 0 }],
    [
      'Jacobians that outgrow float64',
      {
        network: perceptron({
          activation: identity,
          initializer: he.create({ weightVariance: 1e160 }),
          depth: 3,
        }),
        inputs: { count: 1, meanSquare: 1e-280 },
      },
    ],
  ])('refuses %s in one sentence', (_, change) => {
    let error: unknown;
    try {
      simulateJacobians({ ...REQUEST, ...change });
    } catch (thrown) {
      error = thrown;
    }
    expect(isMeanfieldError(error) && error.code).toBe('INVALID_ARGUMENT');
  });
});

describe('simulateGradients', () => {
  const request = {
    ...REQUEST,
    network: residualNetwork({
      activation: tanh.create(),
      initializer: he.create(),
      branchInitializer: he.create(),
      depth: 2,
    }),
  };

  it('gives the same bits however the networks are split, and after JSON', () => {
    const whole = simulateGradients(request);
    const parts = [simulateNetworkGradients(request, 3), simulateNetworkGradients(request, 0, 3)].flat();
    expect(summariseGradients(JSON.parse(JSON.stringify(parts)) as never)).toEqual(whole);
    expect(whole.layers.map(({ layer }) => layer)).toEqual([1, 2, 3, 4, 5]);
    expect(whole.layers.at(-1)).toMatchObject({ relative: 1, relativeStderr: 0, units: 24 });
    for (const { relativeStderr } of whole.layers.slice(0, 4)) expect(relativeStderr).toBeGreaterThan(0);
  });

  it('goes back from the last observed place alone', () => {
    const [first, ...others] = perceptron({ activation: relu.create(), initializer: he.create(), depth: 2 });
    const unobserved = others.filter((layer) => !('observe' in layer));
    const { layers } = simulateGradients({ ...REQUEST, network: [first!, { observe: true }, ...unobserved] });
    expect(layers).toHaveLength(1);
    expect(layers[0]!.meanSquare).toBeCloseTo(1, 14);
  });
});
