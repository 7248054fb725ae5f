import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nextGap } from '../src/homogeneous.js';
import { nngp, normalisedKernels, type KernelLayer, type NormalisedOptions } from '../src/index.js';
import { rectifyGaps } from '../src/rectified-gaps.js';
import values from './fixtures/kernels.json' with { type: 'json' };
import { activations, batch, twoSlopes } from './networks.js';

const relativeError = (found: number, expected: number): number =>
  found === expected ? 0 : Math.abs(found - expected) / Math.abs(expected);

describe('normalised kernels', () => {
  it.each(values.homogeneous)(
    'of slope $slope from a gap of $gap, through 100 layers',
    ({ slope, gap, gaps }) => {
      const found = normalisedKernels(twoSlopes(slope), { depth: 100, gaps: [gap] });
      expect(found.method).toBe('closed form');
      for (const [at, layer] of values.layers.entries())
        expect(relativeError(found.gaps[layer]![0]!, Number(gaps[at])), `layer ${layer}`).toBeLessThan(1e-14);
    },
  );

  it.each(values.normalisedErf.values)('of erf with biases from a gap of $gap', ({ gap, gaps }) => {
    const weightVariance = Number(values.normalisedErf.weightVariance);
    const biasVariance = Number(values.normalisedErf.biasVariance);
    const options = { depth: 20, gaps: [gap], weightVariance, biasVariance };
    const found = normalisedKernels(activations.erf, options);
    for (const [at, expected] of gaps.entries())
      expect(relativeError(found.gaps[values.layers[at]!]![0]!, Number(expected))).toBeLessThan(1e-13);
  });

  it('are what a network with layer normalisation has', () => {
    const variances = { weightVariance: 1.5, biasVariance: 0.3 };
    const angles = [0.1, 1, 2.5, Math.PI];
    for (const activation of Object.values(activations)) {
      const { kernels } = normalisedKernels(activation, { depth: 3, angles, ...variances });
      const inputs = batch([[1, 0], ...angles.map((angle) => [Math.cos(angle), Math.sin(angle)])]);
      const layer: KernelLayer[] = [{ activation }, { dense: variances }, { layerNorm: {} }];
      const embedding: KernelLayer[] = [{ dense: { weightVariance: 1 } }, { layerNorm: {} }];
      const { gaps } = nngp([...embedding, ...layer, ...layer, ...layer], inputs);
      for (const [i, kernel] of kernels[3]!.entries())
        expect(1 - gaps[i + 1]!, `${activation.name}, ${angles[i]}`).toBeCloseTo(kernel, 12);
    }
  });

  it('of ReLU start with the arc-cosine kernel of degree 1', () => {
    const angles = [0, Math.PI / 6, Math.PI / 2, 3, Math.PI];
    const { kernels, distances } = normalisedKernels(activations.relu, { depth: 1, angles });
    for (const [i, angle] of angles.entries()) {
      const expected = (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle)) / Math.PI;
      expect(kernels[0]![i]).toBeCloseTo(Math.cos(angle), 15);
      expect(kernels[1]![i]).toBeCloseTo(expected, 15);
      expect(distances[1]![i]).toBeCloseTo(2 - 2 * expected, 15);
    }
  });

  it.each<readonly [string, NormalisedOptions]>([
    ['neither', { depth: 1 }],
    ['both', { depth: 1, angles: [0], gaps: [0] }],
    ['[0, π]', { depth: 1, angles: [4] }],
    ['[0, 2]', { depth: 1, gaps: [NaN] }],
    ['depth', { depth: -1, gaps: [1] }],
    ['σ_w²', { depth: 1, gaps: [1], weightVariance: -1 }],
    ['finite, positive length', { depth: 1, gaps: [1], weightVariance: 0 }],
  ])('refuse bad input: %s', (sentence, options) => {
    expect(() => normalisedKernels(activations.relu, options)).toThrow(sentence);
  });
});

it('the fast gap map is the exact one', () => {
  const gap = fc.oneof(
    fc.double({ min: 0, max: 2, noNaN: true }),
    fc.double({ min: -300, max: 0, noNaN: true }).map((exponent) => 10 ** exponent),
    fc.double({ min: -16, max: 0, noNaN: true }).map((exponent) => 2 - 10 ** exponent),
  );
  const bend = fc.double({ min: 0, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.array(gap, { minLength: 1 }), bend, (gaps, w) => {
      const fast = Float64Array.from(gaps);
      rectifyGaps(fast, w);
      for (const [i, value] of fast.entries()) {
        const exact = nextGap(w, gaps[i]!);
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(3e-15 * exact);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});
