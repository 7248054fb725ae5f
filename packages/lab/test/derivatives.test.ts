/** Jacobians and backward gradients as experiments. */

import { describe, expect, it } from 'vitest';

import { resolveCell } from '../src/index.js';
import { failureOf } from './temporary-folder.js';
import { lab, resultOf } from './test-lab.js';

const size = { width: 60, depth: 3, networks: 8, inputs: { count: 2, meanSquare: 0.7 } };
const aci = { name: 'aci', options: { weightVariance: 1.5, k: 2 } };

interface JacobianLayer {
  readonly meanSquareNorm: number;
  readonly meanSquareNormStderr: number;
  readonly largest: readonly { readonly value: number }[];
}

interface GradientLayer {
  readonly relative: number;
  readonly relativeStderr: number;
}

interface Found<Layer> {
  readonly layers: readonly Layer[];
  readonly theory: { readonly layers: readonly Layer[] } | null;
  readonly reason?: string;
}

async function found<Layer>(experiment: string, options: object): Promise<Found<Layer>> {
  return (await resultOf(experiment, { ...size, ...options })) as unknown as Found<Layer>;
}

describe('jacobian', () => {
  it('has the mean square norm of wide networks, and the singular values asked for', async () => {
    const { layers, theory } = await found<JacobianLayer>('jacobian', {
      initializer: aci,
      singularValues: 2,
    });
    expect(theory?.layers.map(({ meanSquareNorm }) => meanSquareNorm)).toEqual([1.5, 1.125, 0.84375]);
    layers.forEach(({ meanSquareNorm, meanSquareNormStderr, largest }, layer) => {
      const expected = theory?.layers[layer]?.meanSquareNorm ?? 0;
      expect(Math.abs(meanSquareNorm - expected)).toBeLessThan(4 * meanSquareNormStderr + expected / 30);
      expect(largest).toHaveLength(2);
      expect(largest[0]?.value).toBeGreaterThan(Math.sqrt(meanSquareNorm));
    });
  });

  it.each([
    [
      'layer-norm',
      3,
      { initializer: { name: 'aci', options: { weightVariance: 1.5, biasVariance: 0.3, k: 2 } } },
    ],
    ['resnet', 4, { branch: 'he', initializer: 'he' }],
  ])('has the mean square norm behind the norms of %s', async (architecture, places, laws) => {
    const { layers, theory } = await found<JacobianLayer>('jacobian', {
      architecture,
      activation: 'tanh',
      singularValues: 0,
      ...laws,
    });
    expect(theory?.layers).toHaveLength(places);
    layers.forEach(({ meanSquareNorm, meanSquareNormStderr }, place) => {
      const expected = theory?.layers[place]?.meanSquareNorm ?? 0;
      expect(Math.abs(meanSquareNorm - expected)).toBeLessThan(4 * meanSquareNormStderr + expected / 30);
    });
  });

  it('refuses more singular values than there are, before it runs', () => {
    const request = { experiment: 'jacobian', options: { ...size, singularValues: 61 }, seed: 1 };
    expect(failureOf(() => resolveCell(lab, request)).message).toContain('60');
  });
});

describe('gradients', () => {
  it('shrink on their way back as in wide networks', async () => {
    const { layers, theory } = await found<GradientLayer>('gradients', { initializer: aci });
    expect(theory?.layers.map(({ relative }) => relative)).toEqual([0.5625, 0.75, 1]);
    layers.forEach(({ relative, relativeStderr }, layer) => {
      const expected = theory?.layers[layer]?.relative ?? 0;
      expect(Math.abs(relative - expected)).toBeLessThan(4 * relativeStderr + expected / 15);
    });
  });

  it('pass layer norms as in wide networks, of which the first divides by another length', async () => {
    const initializer = { name: 'aci', options: { weightVariance: 1.5, biasVariance: 0.3, k: 2 } };
    const options = { architecture: 'layer-norm', activation: 'tanh', initializer };
    const { layers, theory } = await found<GradientLayer>('gradients', options);
    layers.forEach(({ relative, relativeStderr }, layer) => {
      const expected = theory?.layers[layer]?.relative ?? 0;
      expect(Math.abs(relative - expected)).toBeLessThan(4 * relativeStderr + expected / 30);
    });
  });

  it('are measured where theory is silent, and in residual networks', async () => {
    const asymmetric = await found<GradientLayer>('gradients', { initializer: 'raai' });
    expect(asymmetric.theory).toBeNull();
    expect(asymmetric.reason).toContain('map of laws');
    const residual = await found<GradientLayer>('gradients', { architecture: 'resnet', branch: 'he' });
    // The embedding's layer, and two in each block.
    expect(residual.layers).toHaveLength(7);
    expect(residual.reason).toContain('resnet');
  });
});
