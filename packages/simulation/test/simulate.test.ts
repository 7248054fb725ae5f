import relu from '@meanfield/activation-relu';
import { isMeanfieldError, type Activation, type ProgressEvent } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import {
  perceptron,
  simulate,
  simulateNetworks,
  summarise,
  type NetworkLayer,
  type SimulationRequest,
} from '../src/index.js';

const PARTS = { activation: relu.create(), initializer: raai.create(), depth: 3 };
const REQUEST: SimulationRequest = {
  network: perceptron(PARTS),
  width: 24,
  inputSize: 31,
  method: 'weights',
  inputs: { count: 5, meanSquare: 1.5, correlation: 0.3 },
  networks: 6,
  stream: createStream(7, 'cell'),
};

describe('simulate', () => {
  it('gives the same bits however the networks are split', () => {
    const whole = simulate(REQUEST);
    expect(simulate(REQUEST)).toEqual(whole);
    const parts = [
      simulateNetworks(REQUEST, 4, 6),
      simulateNetworks(REQUEST, 0, 1),
      simulateNetworks(REQUEST, 1, 4),
    ];
    expect(summarise(parts.flat())).toEqual(whole);
    // As they come back from another process.
    expect(summarise(JSON.parse(JSON.stringify(parts.flat())) as never)).toEqual(whole);
  });

  it('depends on the seed, the path and the network, and not on what else is asked', () => {
    const first = simulateNetworks(REQUEST, 0, 2);
    expect(first[0]!.layers).not.toEqual(first[1]!.layers);
    expect(simulateNetworks({ ...REQUEST, stream: createStream(8, 'cell') }, 0, 2)).not.toEqual(first);
    expect(simulateNetworks({ ...REQUEST, stream: createStream(7, 'other') }, 0, 2)).not.toEqual(first);
    const deeper = simulateNetworks(
      { ...REQUEST, network: perceptron({ ...PARTS, depth: 5 }), networks: 9 },
      0,
      2,
    );
    expect(deeper.map(({ layers }) => layers.slice(0, 3))).toEqual(first.map(({ layers }) => layers));
  });

  it('is what the definition says, by plain loops', () => {
    const { activation, initializer, depth } = PARTS;
    const { width, inputSize = 0, stream } = REQUEST;
    const request = { ...REQUEST, inputs: { count: 2, meanSquare: 1.5 } };
    const network = stream.child('network').child(3);
    const inputs = new Float64Array(2 * inputSize);
    network.child('inputs').fillNormal(inputs, Math.sqrt(1.5));
    let signals = [0, 1].map((input) => [...inputs.filter((_, at) => at % 2 === input)]);
    const expected = Array.from({ length: depth }, (_, index) => {
      const fanIn = signals[0]!.length;
      const layer = {
        fanIn,
        fanOut: width,
        weights: new Float64Array(fanIn * width),
        bias: new Float64Array(width),
      };
      initializer.sample(layer, network.child('layer').child(index + 1));
      const outputs = signals.map((s) =>
        Array.from(layer.bias, (b, j) =>
          s.reduce((sum, value, i) => sum + value * layer.weights[i * width + j]!, b),
        ),
      );
      signals = outputs.map((h) => h.map((x) => activation.phi(x)));
      const all = outputs.flat();
      return {
        q: all.reduce((sum, h) => sum + h * h, 0) / all.length,
        dead: all.filter((h) => h <= 0).length / all.length,
      };
    });
    const [observed] = simulateNetworks(request, 3, 4);
    expect(observed!.network).toBe(3);
    observed!.layers.forEach(({ q, deadFraction }, index) => {
      expect(q / expected[index]!.q).toBeCloseTo(1, 12);
      expect(deadFraction).toBe(expected[index]!.dead);
    });
  });

  it('reports every layer of every network', () => {
    const events: ProgressEvent[] = [];
    simulate({ ...REQUEST, report: (event) => events.push(event) });
    expect(events.map(({ completed }) => completed)).toEqual(
      Array.from({ length: 18 }, (_, index) => index + 1),
    );
    expect(events.every(({ label, total }) => label === 'simulate' && total === 18)).toBe(true);
  });

  it('has standard errors of the mean over networks, and none for one network', () => {
    const observations = simulateNetworks(REQUEST);
    const values = observations.map(({ layers }) => layers[1]!.q);
    const mean = values.reduce((sum, q) => sum + q, 0) / 6;
    const variance = values.reduce((sum, q) => sum + (q - mean) ** 2, 0) / 5;
    const layer = summarise(observations).layers[1]!;
    expect(layer.q).toBeCloseTo(mean, 14);
    expect(layer.qStderr).toBeCloseTo(Math.sqrt(variance / 6), 14);
    expect(layer.c).toBe(1 - layer.gap!);
    expect(simulate({ ...REQUEST, networks: 1 }).layers[0]).toMatchObject({ qStderr: null, cStderr: null });
  });

  it('says null, not NaN, where no signal is left', () => {
    const off: Activation = { ...relu.create(), phi: () => 0, homogeneous: false };
    const { layers } = simulate({
      ...REQUEST,
      network: perceptron({ activation: off, initializer: he.create(), depth: 3 }),
    });
    expect(layers[0]!.c).not.toBeNull();
    expect(layers[1]).toMatchObject({ q: 0, c: null, gap: null, cStderr: null, deadFraction: 1 });
    const silent = { count: 2, meanSquare: 0, correlation: 0.5 };
    const network = perceptron({ ...PARTS, initializer: he.create() });
    expect(simulate({ ...REQUEST, network, inputs: silent }).layers[0]).toMatchObject({
      q: 0,
      c: null,
      normRatio: null,
    });
  });

  it.each<[string, Partial<SimulationRequest>]>([
    ['no width', { width: 0 }],
    ['half a unit', { width: 2.5 }],
    ['a width that no memory holds', { width: 1e6 }],
    ['no layers', { depth: 0 }],
    ['NaN networks', { networks: NaN }],
    ['one input', { inputs: { count: 1, meanSquare: 1 } }],
    ['a negative mean square', { inputs: { count: 2, meanSquare: -1 } }],
    ['an infinite mean square', { inputs: { count: 2, meanSquare: Infinity } }],
    ['a NaN correlation', { inputs: { count: 2, meanSquare: 1, correlation: NaN } }],
    [
      'a correlation that three vectors cannot have',
      { inputs: { count: 3, meanSquare: 1, correlation: -0.6 } },
    ],
    ['more inputs than entries', { inputs: { count: 40, meanSquare: 1, correlation: 0 } }],
    ['signals that outgrow float64', { initializer: he.create({ weightVariance: 1e200 }) }],
  ])('refuses %s in one sentence', (_, change) => {
    let error: unknown;
    try {
      simulate({ ...REQUEST, ...change });
    } catch (thrown) {
      error = thrown;
    }
    expect(isMeanfieldError(error) && error.code).toBe('INVALID_ARGUMENT');
  });

  it('refuses ranges outside the networks, and summaries of nothing or of one network twice', () => {
    expect(() => simulateNetworks(REQUEST, 2, 7)).toThrow(/within the 6 networks/);
    expect(() => summarise([])).toThrow(/found none/);
    const [one] = simulateNetworks(REQUEST, 2, 3);
    expect(() => summarise([one!, one!])).toThrow(/network 2 twice/);
  });
});
