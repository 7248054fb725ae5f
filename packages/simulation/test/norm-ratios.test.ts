import relu from '@meanfield/activation-relu';
import { createLab, type PluginDefinition } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { perceptron, simulateNetworks, simulateNormRatios, type SimulationRequest } from '../src/index.js';

const lab = createLab([relu, he].map((each) => each as PluginDefinition));
const network = perceptron({
  activation: lab.get('activation', 'relu'),
  initializer: lab.get('initializer', 'he'),
  depth: 3,
});
const request: SimulationRequest = {
  ...{ network, width: 30, inputs: { count: 5 }, networks: 2, stream: createStream(1) },
};

describe('simulateNormRatios', () => {
  it('has one ratio an input, whose mean is the observation of the same network', () => {
    const [, observed] = simulateNetworks(request);
    const found = simulateNormRatios(request, 1, [2, 0]);
    expect(found.map((ratios) => ratios.length)).toEqual([5, 5]);
    const means = found.map((ratios) => ratios.reduce((sum, ratio) => sum + ratio) / 5);
    expect(means[0]).toBeCloseTo(observed!.layers[2]!.normRatio!, 12);
    expect(means[1]).toBeCloseTo(observed!.layers[0]!.normRatio!, 12);
  });

  it('refuses inputs of 0, and places and networks that are not there', () => {
    const zeros = { ...request, inputs: { count: 1, values: new Float64Array(30) } };
    expect(() => simulateNormRatios(zeros, 0, [0])).toThrow(/inputs that are not 0/);
    expect(() => simulateNormRatios(request, 0, [3])).toThrow(/observed places of 3/);
    expect(() => simulateNormRatios(request, 2, [0])).toThrow(/a network of 2/);
  });
});
