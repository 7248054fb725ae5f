import relu from '@meanfield/activation-relu';
import type { Activation, ProgressEvent } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import {
  perceptron,
  simulate,
  simulateNetworks,
  simulateNodes,
  summarise,
  type Network,
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
  it.each(['gram', 'weights'] as const)(
    'gives the same bits however the networks are split, by %s',
    (method) => {
      const request = { ...REQUEST, method };
      const whole = simulate(request);
      expect(whole.method).toBe(method);
      expect(simulate(request)).toEqual(whole);
      const parts = [
        simulateNetworks(request, 4, 6),
        simulateNetworks(request, 0, 1),
        simulateNetworks(request, 1, 4),
      ];
      expect(summarise(parts.flat())).toEqual(whole);
      // As they come back from another process.
      expect(summarise(JSON.parse(JSON.stringify(parts.flat())) as never)).toEqual(whole);
    },
  );

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

  it.each(['gram', 'weights'] as const)('takes dependent inputs, by %s', (method) => {
    const same = simulate({ ...REQUEST, method, inputs: { count: 5, correlation: 1 } });
    expect(same.layers.map(({ gap }) => gap)).toEqual([0, 0, 0]);
    // More of them than units; one of them 0, its only signal the biases'
    const values = new Float64Array(60 * 31);
    createStream(1, 'values').fillNormal(values, 1, 31);
    for (const { q, gap } of simulate({ ...REQUEST, method, inputs: { count: 60, values } }).layers) {
      expect(q).toBeGreaterThan(0);
      expect(gap).toBeGreaterThan(0);
    }
  });

  it('uses the same normals at every σ_w²', () => {
    for (const method of ['gram', 'weights'] as const) {
      const q = (weightVariance: number): number => {
        const network = perceptron({ ...PARTS, initializer: he.create({ weightVariance }), depth: 2 });
        return simulate({ ...REQUEST, network, method }).layers[1]!.q;
      };
      expect(q(2.2) / q(2)).toBeCloseTo(1.21, 12);
    }
  });

  it('observes pairs that start at given gaps', () => {
    const pairGaps = [1e-14, 1e-4, 0.5];
    const { layers } = simulate({
      ...REQUEST,
      network: perceptron({ ...PARTS, initializer: he.create({ biasVariance: 0 }), depth: 1 }),
      inputs: { count: 6, pairGaps },
      width: 1000,
      networks: 100,
      method: 'gram',
    });
    const { pairs, gap } = layers[0]!;
    // A layer keeps gaps but for fluctuations and O(1/1000).
    for (const [p, pair] of pairs!.entries()) {
      expect(Math.abs(pair.gap! / pairGaps[p]! - 1), `pair ${p}`).toBeLessThan(0.02);
      expect(pair.gapStderr! / pairGaps[p]!).toBeLessThan(0.01);
      expect(pair.c).toBe(1 - pair.gap!);
    }
    // Three of fifteen pairs are these, the others have correlation 0.
    expect(Math.abs(gap! - (12 + 0.5 + 1e-4) / 15)).toBeLessThan(0.01);
  });
});

describe('layer normalisation and residual branches', () => {
  const base: SimulationRequest = { ...REQUEST, inputs: { count: 3, meanSquare: 2 } };
  const dense: NetworkLayer = { dense: he.create({ weightVariance: 3 }) };
  const observe: NetworkLayer = { observe: true };
  const signals = (network: Network, values?: Float64Array): readonly number[] => {
    const inputs = values === undefined ? base.inputs : { count: 3, values };
    return simulate({ ...base, network, inputs, networks: 1 }).layers.map(({ q }) => q);
  };

  it('brings the mean square of every signal to q/(q + ε), and leaves signals of 0 at 0', () => {
    for (const q of signals([
      dense,
      { layerNorm: {} },
      observe,
      { activation: relu.create() },
      dense,
      { layerNorm: {} },
      observe,
    ]))
      expect(q).toBeCloseTo(1, 14);
    const silent = new Float64Array(3 * 31);
    silent.fill(2, 31, 62);
    silent.fill(1e-170, 62);
    expect(signals([{ layerNorm: {} }, observe], silent)[0]).toBeCloseTo(2 / 3, 14);
    expect(signals([{ layerNorm: { epsilon: 1 } }, observe], silent)[0]).toBeCloseTo(0.8 / 3, 14);
  });

  it('adds the branch to what it starts from, at any nesting', () => {
    const nothing: NetworkLayer = { dense: he.create({ weightVariance: 0 }), width: 31 };
    const double: NetworkLayer = { residual: [] };
    const values = Float64Array.from({ length: 93 }, (_, i) => Math.sin(i));
    const [plain, same, doubled, nested] = signals(
      [
        observe,
        { residual: [double, { activation: relu.create() }, nothing] },
        observe,
        double,
        observe,
        // h + (h + (h + h)) + (h + h)
        { residual: [{ residual: [double] }, double] },
        observe,
      ],
      values,
    );
    expect(same).toBe(plain);
    expect(doubled! / plain!).toBeCloseTo(4, 14);
    expect(nested! / doubled!).toBeCloseTo(49, 13);
  });

  it('observes inside of branches, in the order of the data', () => {
    const [first, second, third] = signals([observe, { residual: [{ residual: [] }, observe] }, observe]);
    expect(second! / first!).toBeCloseTo(4, 14);
    expect(third! / first!).toBeCloseTo(9, 14);
  });
});

describe('simulateNodes', () => {
  const request: SimulationRequest = { ...REQUEST, inputs: { count: 6, meanSquare: 1 } };

  it('has the mean and deviation of every node, which make up q', () => {
    const [, observed] = simulateNetworks(request, 0, 2);
    const nodes = simulateNodes(request, 1, [2, 0]);
    expect(nodes.map(({ place }) => place)).toEqual([2, 0]);
    for (const { place, mean, deviation } of nodes) {
      expect(mean).toHaveLength(24);
      const q = mean.reduce((sum, m, unit) => sum + m ** 2 + deviation[unit]! ** 2, 0) / 24;
      expect(q / observed!.layers[place]!.q).toBeCloseTo(1, 12);
    }
  });

  it('refuses networks and places that there are not', () => {
    expect(() => simulateNodes(request, 6, [0])).toThrow(/a network of 6/);
    expect(() => simulateNodes(request, 0, [0, 3])).toThrow(/observed places of 3/);
  });
});
