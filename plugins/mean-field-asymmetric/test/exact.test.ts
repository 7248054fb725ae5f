import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { exactBoundaries, stationaryLaw } from '../src/index.js';
import { twoSlopes } from './activations.js';
import { gaussianLayer, layerOfRows, meanOf, observe } from './population-simulation.js';
import values from './fixtures/values.json' with { type: 'json' };

import { lawOf, mapOf, RELU, toDigits } from './exact-laws.js';

describe('deep layers of RAI and RAAI', () => {
  it('have both boundaries', () => {
    const rai = exactBoundaries({ activation: RELU });
    toDigits(rai.length, 0.7165851584, 10);
    toDigits(rai.correlation, 0.9659635064, 10);
    const raai = exactBoundaries({ activation: RELU, correlationStrength: 100 });
    toDigits(raai.length, 1.2192886287, 10);
    toDigits(raai.correlation, 0.8831924921, 10);
  });

  it('have λ, μ, dead nodes and mean ratio', () => {
    const rai = lawOf(0.36, 0);
    toDigits(rai.lengthGrowth, 0.763981231, 9);
    toDigits(rai.sensitivityGrowth, 0.675360751, 9);
    toDigits(rai.deadFraction, 0.308284224, 9);
    // Two discretisations here give 0.6512666431, a third one stopped at √E s² · 20 had 0.651266645.
    toDigits(rai.meanRatio, 0.6512666431, 10);
    toDigits(rai.tailExponent, 16.545, 3);
    const raai = lawOf(0.9, 100);
    toDigits(raai.lengthGrowth, 0.874411067, 9);
    toDigits(raai.sensitivityGrowth, 1.009587889, 9);
    toDigits(raai.deadFraction, 0.328489517, 9);
    toDigits(raai.meanRatio, 0.649372183, 9);
  });

  it.each([
    [-0.5, 0.50591, 1.02151],
    [0, 0.71659, 0.96596],
    [0.5, 0.83208, 0.94213],
    [1, 0.90502, 0.92884],
    [3, 1.04202, 0.90689],
    [10, 1.1531, 0.89149],
    [30, 1.20028, 0.88551],
    [100, 1.21929, 0.88319],
    [1000, 1.22703, 0.88226],
  ])('have their boundaries at k = %s', (correlationStrength, length, correlation) => {
    const found = exactBoundaries({ activation: RELU, correlationStrength });
    toDigits(found.length, length, 5);
    toDigits(found.correlation, correlation, 5);
  });

  it('have their boundaries for u that hardly varies', () => {
    const of = (a: number, b: number, correlationStrength: number) =>
      exactBoundaries({ activation: RELU, correlationStrength, replacement: { law: 'beta', a, b } });
    // The same with panels 1.7 times as far; with panels to 24 τ alone 0.025.
    toDigits(of(500, 1, 100).length, 0.01056467046, 11);
    const [near, nearer] = [of(500, 500, 0), of(1000, 1000, 0)];
    // Half as far from u = ½
    const limit = 2 * (nearer.length ?? NaN) - (near.length ?? NaN);
    toDigits(2 * (near.length ?? NaN) - (of(250, 250, 0).length ?? NaN), limit, 6);
  });

  it('have a law that is a density with the moments that it says', () => {
    const law = lawOf(0.9, 100);
    let [mass, dead, mean, square] = [0, 0, 0, 0];
    const step = 1 / 64;
    for (let h = -12 + step / 2; h < 12; h += step) {
      const p = law.density(h) * step;
      mass += p;
      dead += h < 0 ? p : 0;
      mean += Math.max(0, h) * p;
      square += h * h * p;
    }
    expect(mass).toBeCloseTo(1, 8);
    expect(square).toBeCloseTo(1, 5);
    expect(dead).toBeCloseTo(law.deadFraction, 4);
    const activity = mapOf(0.9, 100).activity(mapOf(0.9, 100).settled?.());
    expect(mean).toBeCloseTo(activity.mean, 4);
    expect(activity.mean / Math.sqrt(activity.meanSquare)).toBeCloseTo(law.meanRatio, 12);
  });
});

describe('agreement with direct density evolution (test/fixtures)', () => {
  it.each(values.stationary)(
    'of deep layers: Beta($beta), slopes $slopes, k = $k, λ = $lengthGrowth',
    ({ beta, slopes, k, weightVariance, ...expected }) => {
      const [right = 0, left = 0] = slopes;
      const [a = 0, b = 0] = beta;
      const law = stationaryLaw({
        activation: { right, left },
        weightVariance,
        correlationStrength: k,
        replacement: { law: 'beta', a, b },
      });
      for (const name of ['lengthGrowth', 'sensitivityGrowth', 'deadFraction', 'meanRatio'] as const) {
        expect(Math.abs(law[name] / expected[name] - 1), name).toBeLessThan(2e-11);
      }
    },
  );

  it.each(values.layers)(
    'of layer after layer: Beta($beta), slopes $slopes, σ_w² = $weightVariance',
    ({ beta, slopes, k, weightVariance, layers }) => {
      const [right = 0, left = 0] = slopes;
      const [a = 0, b = 0] = beta;
      const map = mapOf(weightVariance, k, twoSlopes('bent', right, left), [a, b]);
      let state = map.start({ q1: 1, q2: 1, gap: 0 });
      for (const { growth, chi1, deadFraction } of layers) {
        const slopesHere = map.linearise(state);
        expect(Math.abs(slopesHere.lengthSlope / growth - 1)).toBeLessThan(2e-11);
        expect(Math.abs(slopesHere.chi1 / chi1 - 1)).toBeLessThan(2e-11);
        expect(Math.abs(map.activity(state).deadFraction - deadFraction)).toBeLessThan(2e-11);
        state = map.step(state);
      }
    },
  );
});

describe('agreement with networks of finite width', () => {
  it.each([
    [0.7, 3, [1, 2], twoSlopes('leaky', 1, 0.2)],
    [1.4, -0.5, [2, 1], RELU],
  ] as const)('at σ_w² = %s, k = %s, Beta(%s)', (weightVariance, k, [a, b], activation) => {
    const [width, depth, gap, networks] = [4096, 4, 1e-8, 12];
    const law = {
      law: 'replaced-entry-rows',
      weightVariance,
      correlationStrength: k,
      replacement: { law: 'beta', a, b },
    } as const;
    const layers = Array.from({ length: networks }, (_, network) => {
      const stream = createStream(5, `network/${network}`);
      let signals = gaussianLayer(width, 1, gap, stream);
      return Array.from({ length: depth }, () => {
        signals = layerOfRows(signals, activation, law, stream);
        const dead = signals.first.filter((h) => h <= 0).length / width;
        return { ...observe(signals), dead };
      });
    });
    const map = mapOf(weightVariance, k, activation, [a, b]);
    let state = map.start({ q1: 1, q2: 1, gap: 0 });
    let smallGap = gap;
    for (let layer = 0; layer < depth; layer++) {
      smallGap *= map.linearise(state).correlationSlope;
      state = map.step(state);
      const expected = {
        q: map.observe(state).q1,
        gap: smallGap,
        dead: map.activity(state).deadFraction,
      };
      for (const name of ['q', 'gap', 'dead'] as const) {
        const { mean, standardError } = meanOf(layers.map((network) => network[layer]![name]));
        expect(Math.abs(mean - expected[name]), `${name} at ${layer}`).toBeLessThan(4 * standardError);
        expect(standardError / mean).toBeLessThan(0.03);
      }
    }
  });
});

describe('the strength at which both boundaries of RAAI cross', () => {
  const difference = (k: number): number => {
    const { length, correlation } = exactBoundaries({ activation: RELU, correlationStrength: k });
    return (length ?? NaN) - (correlation ?? NaN);
  };

  it('is the one with λ = μ = 1', () => {
    const [low, high] = [1.18234, 1.18235];
    const [below, above] = [difference(low), difference(high)];
    expect(below < 0 && above > 0).toBe(true);
    // The curve between them is straight to 1e-10.
    const k = low - (below * (high - low)) / (above - below);
    const { length } = exactBoundaries({ activation: RELU, correlationStrength: k });
    const law = lawOf(length ?? NaN, k);
    expect(law.lengthGrowth).toBeCloseTo(1, 10);
    expect(law.sensitivityGrowth).toBeCloseTo(1, 9);
    toDigits(k, 1.182344, 6);
  });
});
