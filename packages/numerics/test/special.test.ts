import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { erf, erfc, erfcx, logGamma, normalCdf, normalPdf } from '../src/index.js';

type Point = readonly [x: number, head: number, rest: number];
interface Interval {
  readonly interval: readonly [number, number] | string;
  readonly points: readonly Point[];
}

const fixtures = JSON.parse(
  readFileSync(new URL('./fixtures/special-values.json', import.meta.url), 'utf8'),
) as Record<string, readonly Interval[]>;

/** Distance from x to the next double outwards. */
const ulp = (x: number): number => 2 ** Math.max(Math.floor(Math.log2(Math.abs(x))) - 52, -1074);

const errorInUlps = (f: (x: number) => number, [x, head, rest]: Point): number =>
  Math.abs(f(x) - head - rest) / ulp(head);

/** Largest measured error in ulps over every interval of the fixture; the file headers state them by interval. */
const bounds: readonly [string, (x: number) => number, number][] = [
  ['erf', erf, 1.2],
  ['erfc', erfc, 3],
  ['erfcx', erfcx, 3],
  ['normalCdf', normalCdf, 4],
  ['normalPdf', normalPdf, 3],
  ['logGamma', logGamma, 4],
];

describe.each(bounds)('%s', (name, f, bound) => {
  it.each(fixtures[name]!.map((part) => [JSON.stringify(part.interval), part.points] as const))(
    `is within ${bound} ulp of mpmath on %s`,
    (interval, points) => {
      const worst = Math.max(...points.map((point) => errorInUlps(f, point)));
      if (process.env['SHOW_ERRORS']) console.log(name, interval, worst.toFixed(2));
      expect(worst).toBeLessThanOrEqual(bound);
    },
  );
});

describe('special values', () => {
  it('are exact at limits', () => {
    expect([erf(0), erf(Infinity), erf(-Infinity), erfc(Infinity), erfc(-Infinity)]).toEqual([
      0, 1, -1, 0, 2,
    ]);
    expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity), normalPdf(Infinity)]).toEqual([
      0, 0.5, 1, 0,
    ]);
    expect([logGamma(1) + 0, logGamma(2) + 0, logGamma(Infinity)]).toEqual([0, 0, Infinity]);
    expect([logGamma(0), logGamma(-1), logGamma(-170)]).toEqual([Infinity, Infinity, Infinity]);
    expect(Object.is(erf(-0), -0)).toBe(true);
  });

  it('of the normal law are exact far beyond underflow', () => {
    for (const x of [1e3, 499999.123, 499999.987, 1e6 / 3, 1e30, 1e200]) {
      expect([normalPdf(x), normalPdf(-x), normalCdf(x), normalCdf(-x)]).toEqual([0, 0, 1, 0]);
    }
  });

  it('of erfc go over smoothly to underflow', () => {
    expect(erfc(27.2)).toBeGreaterThan(0);
    expect(erfc(27.3)).toBe(0);
    expect(erfc(1e200)).toBe(0);
  });

  it('of logGamma on the negative axis are within 1e-15 of the size of the reflection formula', () => {
    for (const { points } of fixtures['logGammaNegative']!) {
      for (const [x, head, rest] of points) {
        const size = 1 + Math.abs(logGamma(-x)) + Math.abs(head) + Math.abs(Math.log(-x));
        // The sine of πx near an integer carries the rounding of the difference x − n, which is exact.
        expect(Math.abs(logGamma(x) - head - rest)).toBeLessThan(1e-15 * size);
      }
    }
  });
});
