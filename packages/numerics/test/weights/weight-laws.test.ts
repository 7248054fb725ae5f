import { describe, expect, it } from 'vitest';

import { createStream, sampleWeights, tailFactorMean, weightScale, type WeightLaw } from '../../src/index.js';
import { kolmogorovSmirnov } from '../random/statistics.js';

const COUNT = 40_000;

/** Weights [fanIn, COUNT] of the law at s = 1 */
function draw(law: WeightLaw, fanIn = 1): Float64Array {
  const weights = new Float64Array(fanIn * COUNT);
  const variance = 1 / weightScale(law, 1) ** 2;
  sampleWeights({ fanIn, fanOut: COUNT, weights }, law, variance, createStream(23, JSON.stringify(law)));
  return weights;
}

/** The distribution of a symmetric law from that of its magnitude */
const symmetric =
  (magnitude: (x: number) => number) =>
  (x: number): number =>
    0.5 + 0.5 * Math.sign(x) * magnitude(Math.abs(x));

describe('sampleWeights', () => {
  it.each<[WeightLaw, (x: number) => number]>([
    [{ family: 'uniform' }, (x) => (1 + x) / 2],
    [{ family: 'laplace' }, symmetric((x) => 1 - Math.exp(-x))],
    [
      { family: 'generalised-normal', beta: 0.5 },
      symmetric((x) => 1 - Math.exp(-Math.sqrt(x)) * (1 + Math.sqrt(x))),
    ],
    [{ family: 'generalised-normal', beta: 1 }, symmetric((x) => 1 - Math.exp(-x))],
    [{ family: 'generalised-normal', beta: Infinity }, (x) => (1 + x) / 2],
    [
      { family: 'multivariate-t', degrees: 3 },
      (x) => 0.5 + (Math.atan(x / Math.sqrt(3)) + (Math.sqrt(3) * x) / (3 + x * x)) / Math.PI,
    ],
  ])('draws from the law %j', (law, cdf) => {
    expect(kolmogorovSmirnov(draw(law), cdf)).toBeLessThan(1.63);
  });

  it('gives all weights of a neuron one χ²: their ratios are Cauchy, their squares correlated', () => {
    const weights = draw({ family: 'multivariate-t', degrees: 9 }, 2);
    const [first, second] = [weights.subarray(0, COUNT), weights.subarray(COUNT)];
    const ratios = first.map((w, neuron) => w / second[neuron]!);
    expect(kolmogorovSmirnov(ratios, (x) => 0.5 + Math.atan(x) / Math.PI)).toBeLessThan(1.63);
    // E w1² w2² = ν²/((ν − 2)(ν − 4)), and (ν/(ν − 2))² were they independent
    const product = first.reduce((sum, w, neuron) => sum + (w * second[neuron]!) ** 2, 0) / COUNT;
    expect(Math.abs(product - 81 / 35)).toBeLessThan(0.25);
    expect(Math.abs(product - 81 / 49)).toBeGreaterThan(0.4);
  });

  it('has the normal law at β = 2 and ν = ∞', () => {
    const squares = (law: WeightLaw): number => draw(law).reduce((sum, w) => sum + w * w, 0) / COUNT;
    expect(Math.abs(squares({ family: 'generalised-normal', beta: 2 }) - 0.5)).toBeLessThan(0.5 * 0.03);
    expect(draw({ family: 'multivariate-t', degrees: Infinity }).some((w) => Math.abs(w) > 3)).toBe(true);
  });

  it.each<[string, WeightLaw, number]>([
    ['ν > 2', { family: 'multivariate-t', degrees: 2 }, 1],
    ['β > 0', { family: 'generalised-normal', beta: -1 }, 1],
    ['a deviation from 0', { family: 'laplace' }, -1],
    ['a deviation from 0', { family: 'uniform' }, Infinity],
  ])('refuses bad input: %s', (sentence, law, variance) => {
    const layer = { fanIn: 1, fanOut: 2, weights: new Float64Array(2) };
    expect(() => sampleWeights(layer, law, variance, createStream(1))).toThrow(sentence);
  });
});

describe('tailFactorMean', () => {
  // mpmath, 40 digits
  it.each([
    [2.01, 0.12447076785780854],
    [3, 0.7978845608028654],
    [100, 0.9974522748310787],
    [10_000, 0.9999749953116639],
    [20_000, 0.9999874988280205],
  ])('is right at ν = %d', (degrees, expected) => {
    expect(Math.abs(tailFactorMean(degrees) - expected)).toBeLessThan(degrees > 100 ? 3e-12 : 2e-14);
  });
});
