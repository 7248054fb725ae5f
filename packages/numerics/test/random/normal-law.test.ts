/** Fixed seeds: each of these either holds for the bits as they are or never did. */

import { describe, expect, it } from 'vitest';

import { createStream } from '../../src/index.js';
import { kolmogorovSmirnov, normalCdfReference, score } from './statistics.js';

const normals = (path: string, count: number): Float64Array => {
  const out = new Float64Array(count);
  createStream(20210, path).fillNormal(out, 1);
  return out;
};

/** E z^order: 1·3·5⋯(order − 1). */
const evenMoment = (order: number): number => (order <= 0 ? 1 : (order - 1) * evenMoment(order - 2));
const moment = (order: number): number => (order % 2 === 1 ? 0 : evenMoment(order));

/** For each order, (mean of z^order − its expectation) in standard errors. */
function powerScores(values: Float64Array): number[] {
  const sums = new Float64Array(9);
  for (const z of values) {
    let power = 1;
    for (let order = 0; order <= 8; order++, power *= z) sums[order]! += power;
  }
  return [...sums].map((sum, order) => {
    const variance = moment(2 * order) - moment(order) ** 2;
    return (sum / values.length - moment(order)) / Math.sqrt(variance / values.length);
  });
}

describe('normals', () => {
  const sample = normals('moments', 1 << 21);
  const scoresOfPowers = powerScores(sample);

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('have the moment of order %i', (order) => {
    expect(Math.abs(scoresOfPowers[order]!)).toBeLessThan(3.5);
  });

  it('follow the law everywhere', () => {
    expect(kolmogorovSmirnov(sample, normalCdfReference)).toBeLessThan(1.63);
  });

  it('follow it in either half of the magnitudes and of the signs', () => {
    const half = (z: number): number => 2 * normalCdfReference(z) - 1;
    expect(kolmogorovSmirnov(sample.filter((z) => z > 0).subarray(0, 1 << 19), half)).toBeLessThan(1.63);
    expect(
      kolmogorovSmirnov(
        sample
          .filter((z) => z < 0)
          .map(Math.abs)
          .subarray(0, 1 << 20),
        half,
      ),
    ).toBeLessThan(1.63);
  });

  it('are beyond 3, 4 and 5 deviations, and beyond the last edge, as often as the law says', () => {
    const count = 1 << 25;
    const chunk = new Float64Array(1 << 20);
    const stream = createStream(20210, 'tails');
    const bounds = [3, 4, 5];
    const beyond = [0, 0, 0];
    const tail: number[] = [];
    for (let drawn = 0; drawn < count; drawn += chunk.length) {
      stream.fillNormal(chunk, 1);
      for (const z of chunk) {
        const size = Math.abs(z);
        if (size < 3) continue;
        bounds.forEach((bound, index) => (beyond[index]! += size > bound ? 1 : 0));
        if (size > 3.7) tail.push(size);
      }
    }
    bounds.forEach((bound, index) => {
      const expected = 2 * count * (1 - normalCdfReference(bound));
      expect(Math.abs(beyond[index]! - expected) / Math.sqrt(expected), `${bound} deviations`).toBeLessThan(
        3,
      );
    });
    // The shape of the tail, given that it is beyond 3.7: where Marsaglia's method draws it.
    const upper = (x: number): number => 1 - normalCdfReference(x);
    expect(tail.length).toBeGreaterThan(5000);
    expect(kolmogorovSmirnov(Float64Array.from(tail), (x) => 1 - upper(x) / upper(3.7))).toBeLessThan(1.63);
  });

  it.each([1, 2, 3, 64, 2048])('are not correlated with the draw %i before, nor are their squares', (lag) => {
    const products = sample.subarray(lag).map((z, index) => z * sample[index]!);
    const squares = sample.subarray(lag).map((z, index) => (z * z - 1) * (sample[index]! ** 2 - 1));
    expect(Math.abs(score(products, 0, 1))).toBeLessThan(3.5);
    expect(Math.abs(score(squares, 0, 4))).toBeLessThan(3.5);
  });

  it('are not correlated with those of neighbouring streams', () => {
    const count = 1 << 17;
    const streams = [
      'layer/1/weights',
      'layer/1/bias',
      'layer/2/weights',
      'layer/3/weights',
      'layer/11/weights',
    ];
    const samples = streams.map((path) => normals(path, count));
    samples.push(new Float64Array(count));
    createStream(20211, 'layer/1/weights').fillNormal(samples.at(-1)!, 1);
    samples.forEach((one, index) =>
      samples.slice(index + 1).forEach((other) => {
        expect(
          Math.abs(
            score(
              one.map((z, entry) => z * other[entry]!),
              0,
              1,
            ),
          ),
        ).toBeLessThan(3.5);
      }),
    );
  });

  it('use first draws of many streams as one sample of the law', () => {
    const root = createStream(5, 'network');
    const firsts = Float64Array.from({ length: 20_000 }, (_, index) => root.child(index).normal());
    expect(kolmogorovSmirnov(firsts, normalCdfReference)).toBeLessThan(1.63);
    const products = firsts.subarray(1).map((z, index) => z * firsts[index]!);
    expect(Math.abs(score(products, 0, 1))).toBeLessThan(3.5);
  });

  it('resolve more than 32 bits', () => {
    const fine = sample.subarray(0, 1 << 20);
    expect(new Set(fine).size).toBe(fine.length);
  });
});
