import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createScale, domainOf, type Scale } from '../src/draw/scale.js';

const labels = (scale: Scale): string[] => scale.ticks.flatMap((tick) => tick.label ?? []);
const scale = (kind: 'linear' | 'log', domain: readonly [number, number], whole = false): Scale =>
  createScale({ kind, domain, range: [0, 100], count: 5, whole });

describe('scales', () => {
  it('labels round values', () => {
    expect(labels(scale('linear', [0, 1]))).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
    expect(labels(scale('linear', [-0.3, 0.3]))).toEqual(['−0.3', '−0.2', '−0.1', '0', '0.1', '0.2', '0.3']);
    expect(labels(scale('log', [0.005, 20]))).toEqual(['$10^{−2}$', '0.1', '1', '10']);
    expect(labels(scale('log', [1e-12, 1]))).toEqual(
      [12, 10, 8, 6, 4, 2].map((exponent) => `$10^{−${exponent}}$`).concat('1'),
    );
    expect(labels(scale('log', [0.15, 0.6]))).toEqual(['0.2', '0.3', '0.4', '0.5', '0.6']);
    expect(labels(scale('log', [6.1, 6.4]))).toContain('6.2');
    expect(labels(scale('linear', [1, 3], true))).toEqual(['1', '2', '3']);
  });

  it('gives no two ticks the same label, however close they are', () => {
    fc.assert(
      fc.property(fc.constantFrom('linear' as const, 'log' as const), fc.nat(8), (kind, digits) => {
        const shown = labels(scale(kind, [1, 1 + 10 ** -digits]));
        expect(shown.length).toBeGreaterThan(1);
        expect(new Set(shown).size).toBe(shown.length);
      }),
    );
  });

  it('has no position for what is not on it', () => {
    expect(scale('log', [1, 100]).at(10)).toBeCloseTo(50, 9);
    expect(scale('log', [1, 100]).at(0)).toBeNull();
    expect(scale('linear', [0, 1]).at(null)).toBeNull();
    expect(scale('linear', [0, 1]).at(Infinity)).toBeNull();
  });

  it('has a few ticks inside any domain, at finite positions inside the range', () => {
    const value = fc.double({ min: -8e307, max: 8e307, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom('linear' as const, 'log' as const),
        fc.array(value, { minLength: 1 }),
        (kind, values) => {
          const usable = kind === 'log' ? values.map((each) => Math.abs(each) + 1e-280) : values;
          const domain = domainOf(usable, kind);
          const { ticks, ...axis } = scale(kind, domain);
          expect(ticks.length).toBeGreaterThan(0);
          expect(ticks.length).toBeLessThan(100);
          for (const each of usable) {
            expect(axis.at(each)).toBeGreaterThanOrEqual(-1e-6);
            expect(axis.at(each)).toBeLessThanOrEqual(100 + 1e-6);
          }
        },
      ),
    );
  });
});
