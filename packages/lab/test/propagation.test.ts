import { createStream } from '@meanfield/numerics';
import { perceptron, simulate } from '@meanfield/simulation';
import { describe, expect, it } from 'vitest';

import { resolveCell } from '../src/index.js';
import { failureOf } from './temporary-folder.js';
import { lab, resultOf } from './test-lab.js';

interface Layer {
  q: number;
  qStderr: number;
  gap: number;
  gapStderr: number;
}

interface PairedLayer extends Layer {
  readonly pairs: readonly { readonly gap: number; readonly gapStderr: number }[];
  readonly normRatio: number;
}

describe('propagation', () => {
  const size = { width: 128, networks: 60, inputs: { count: 4, meanSquare: 0.7, correlation: 0.3 } };

  it.each(['he', 'aci', 'rai', 'raai'])('predicts the first layer of %s', async (initializer) => {
    const result = await resultOf('propagation', { ...size, initializer, depth: 1 });
    const [simulated] = result['layers'] as unknown as Layer[];
    const [predicted] = (result['theory'] as unknown as { layers: Layer[] }).layers;
    if (simulated === undefined || predicted === undefined) throw new Error('no layer');
    // What the limit of infinite width leaves out is of order 1/N.
    const left = (value: number): number => value / size.width;
    expect(Math.abs(simulated.q - predicted.q)).toBeLessThan(4 * simulated.qStderr + 2 * left(predicted.q));
    expect(Math.abs(simulated.gap - predicted.gap)).toBeLessThan(
      4 * simulated.gapStderr + 2 * left(predicted.gap),
    );
  });

  it('predicts every layer of ReLU networks with biases', async () => {
    const initializer = { name: 'aci', options: { weightVariance: 1.5, biasVariance: 0.2 } };
    const result = await resultOf('propagation', { ...size, initializer, depth: 8 });
    const { layers, model } = result['theory'] as unknown as { layers: Layer[]; model: string };
    expect(model).toBe('gaussian');
    expect(layers).toHaveLength(8);
    (result['layers'] as unknown as Layer[]).forEach(({ q, qStderr }, i) => {
      expect(Math.abs(q - (layers[i]?.q ?? 0))).toBeLessThan(4 * qStderr + (3 * q) / size.width);
    });
  });

  it('still simulates a law without a theory, and says why there is none', async () => {
    const options = { ...size, networks: 2, depth: 2, initializer: 'constant' };
    const result = await resultOf('propagation', options);
    expect(result['theory']).toBeNull();
    expect(result['reason']).toContain('law empirical');
    expect(result['layers']).toHaveLength(2);
  });

  it.each([
    ['weights', 'he'],
    ['gram', 'he'],
    ['gram', 'raai'],
  ])('follows chosen pairs by %s, beside theory for %s', async (method, initializer) => {
    const inputs = { meanSquare: 0.7, pairGaps: [1e-9, 0.3] };
    const options = { ...size, inputs, method, initializer, depth: 3, inputSize: 40 };
    const result = await resultOf('propagation', options);
    expect(result['method']).toBe(method);
    const simulated = result['layers'] as unknown as PairedLayer[];
    const predicted = (result['theory'] as unknown as { layers: PairedLayer[] }).layers;
    simulated.forEach(({ gap, gapStderr, pairs, normRatio }, layer) => {
      const beside = predicted[layer];
      if (beside === undefined) throw new Error('no layer');
      expect(Math.abs(gap - beside.gap)).toBeLessThan(4 * gapStderr + (3 * gap) / size.width);
      expect(pairs).toHaveLength(2);
      pairs.forEach((pair, i) => {
        const expected = beside.pairs[i]?.gap ?? 0;
        // The inputs' 40 entries add to what the limit leaves out.
        expect(Math.abs(pair.gap - expected)).toBeLessThan(4 * pair.gapStderr + expected / 20);
      });
      expect(normRatio).toBeGreaterThan(0.5);
    });
    expect(predicted[0]?.pairs[0]?.gap).toBeCloseTo(1e-9, 15);
  });

  it.each([
    ['layer-norm', 5, 'tanh', { initializer: { name: 'aci', options: { biasVariance: 0.3, k: 2 } } }],
    ['resnet', 6, 'relu', { branch: { name: 'aci', options: { weightVariance: 0.5, k: 0 } } }],
  ])('predicts the signals behind the norms of %s', async (architecture, places, activation, laws) => {
    const options = { ...size, width: 256, depth: 5, architecture, activation, ...laws };
    const result = await resultOf('propagation', options);
    const { layers, model } = result['theory'] as unknown as { layers: Layer[]; model: string };
    expect(model).toBe(architecture);
    expect(layers).toHaveLength(places);
    (result['layers'] as unknown as Layer[]).forEach(({ q, gap, gapStderr }, place) => {
      expect(q).toBeCloseTo(1, 9);
      const predicted = layers[place]!;
      expect(predicted.q).toBe(1);
      expect(Math.abs(gap - predicted.gap)).toBeLessThan(4 * gapStderr + (2 * predicted.gap) / 256);
    });
    expect(Math.abs(layers[4]!.gap - layers[0]!.gap)).toBeGreaterThan(0.1);
  });

  it.each([
    ['layer-norm', { initializer: 'raai' }],
    ['resnet', { initializer: 'raai', branch: 'he' }],
    ['resnet', { initializer: 'he', branch: 'raai' }],
  ])('says why no theory describes %s with %o', async (architecture, laws) => {
    const options = { ...size, networks: 2, depth: 2, architecture, ...laws };
    const { theory, reason } = await resultOf('propagation', options);
    expect(theory).toBeNull();
    expect(reason).toContain(`${architecture} does not apply`);
  });

  it('closes the branches of residual networks by another initializer', async () => {
    const branch = { name: 'aci', options: { weightVariance: 1 } };
    const options = { ...size, depth: 4, architecture: 'resnet', branch, initializer: 'he' };
    const layers = (await resultOf('propagation', options))['layers'] as unknown as Layer[];
    // Index 0 is the embedding's output.
    expect(layers).toHaveLength(5);
    for (const { q } of layers) expect(q).toBeCloseTo(1, 9);
    const small = { ...options, branch: { name: 'aci', options: { weightVariance: 1e-12 } } };
    const still = (await resultOf('propagation', small))['layers'] as unknown as Layer[];
    expect(still[4]?.gap).toBeCloseTo(still[0]?.gap ?? 0, 4);
    expect(Math.abs((layers[4]?.gap ?? 0) - (layers[0]?.gap ?? 0))).toBeGreaterThan(0.01);
  });

  it('has parts that depend on the options alone, and sums them to the bits of one simulation', async () => {
    const options = { width: 24, depth: 2, networks: 130, initializer: 'raai' };
    const { cell } = resolveCell(lab, { experiment: 'propagation', options, seed: 1 });
    const experiment = lab.get('experiment', 'propagation', cell.options);
    if ('run' in experiment) throw new Error('not in parts');
    expect(experiment.parts).toBe(44);
    const network = perceptron({
      activation: lab.get('activation', 'relu'),
      initializer: lab.get('initializer', 'raai'),
      depth: 2,
    });
    const inputs = { count: 2, meanSquare: 1, correlation: 0 };
    const stream = createStream(1).child('propagation');
    const { layers } = simulate({ network, width: 24, inputs, networks: 130, stream });
    expect((await resultOf('propagation', options))['layers']).toEqual(layers);
  });

  it.each([
    ['gram for a law that has none', { initializer: 'constant', method: 'gram' }, 'constant'],
    ['a branch without blocks', { branch: 'he' }, 'resnet'],
    ['pairs and a correlation', { inputs: { pairGaps: [0.1], correlation: 0 } }, 'pairGaps'],
    ['a gap above 2', { inputs: { pairGaps: [3] } }, '2'],
    ['a count that is not that of the pairs', { inputs: { count: 3, pairGaps: [0.1] } }, 'count'],
    ['more inputs than entries', { inputs: { pairGaps: [0.1, 0.2] }, width: 3 }, '3'],
    ['a theory of blocks', { architecture: 'resnet', branch: 'he', meanField: 'gaussian' }, 'mlp'],
  ])('refuses %s before it runs', (_, options, mention) => {
    const request = { experiment: 'propagation', options, seed: 1 };
    expect(failureOf(() => resolveCell(lab, request)).message).toContain(mention);
  });
});
