import { readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  gaussianExpectations,
  hermiteCoefficients,
  hermiteSeries,
  type GaussianExpectations,
} from '../src/index.js';
import { activations, plain } from './activations.js';

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

type Name = keyof typeof activations;
type OneD = 'E_phi' | 'E_phi2' | 'E_dphi' | 'E_dphi2' | 'E_phi_d2phi';
const golden = (
  load('golden-expectations') as {
    activations: Record<
      Name,
      {
        one_d: Record<string, Record<OneD, string>>;
        hermite_q1: string[];
        pairs: { q1: number; q2: number; c: number; value: string }[];
      }
    >;
  }
).activations;
const values = load('expectation-values') as {
  one_d: Record<'tanh' | 'softplus', Record<string, string | number>[]>;
  pairs: Record<'erf' | 'elu' | 'hard_tanh', [number, number, number, string, string, string][]>;
};

const names = Object.keys(activations) as Name[];
const expectations = Object.fromEntries(
  names.map((name) => [name, gaussianExpectations(activations[name])]),
) as Record<Name, GaussianExpectations>;

/** |got − wanted| relative to the wanted value, or to `floor` where that is larger (values that vanish). */
const relativeError = (got: number, wanted: string | number, floor = 0): number =>
  Math.abs(got - Number(wanted)) / Math.max(Math.abs(Number(wanted)), floor, 1e-300);

const show = (label: string, worst: number): void => {
  if (process.env['SHOW_ERRORS']) console.log(label, worst.toExponential(1));
};

describe.each(names)('expectations of %s by quadrature', (name) => {
  const e = expectations[name];
  const reference = golden[name];

  it('agree with the reference values in one dimension to 1e-13', () => {
    let worst = 0;
    for (const [text, row] of Object.entries(reference.one_d)) {
      const q = Number(text);
      worst = Math.max(
        worst,
        relativeError(e.mean(q), row.E_phi, 1e-2),
        relativeError(e.meanSquare(q), row.E_phi2),
        relativeError(e.derivativeMean(q), row.E_dphi),
        relativeError(e.derivativeMeanSquare(q), row.E_dphi2),
        relativeError(e.meanSquareSlope(q), Number(row.E_dphi2) + Number(row.E_phi_d2phi)),
      );
    }
    show(`${name} one-dimensional`, worst);
    expect(worst).toBeLessThan(1e-13);
  });

  it('agree with the reference products to 1e-12', () => {
    let worst = 0;
    for (const { q1, q2, c, value } of reference.pairs) {
      const size = Math.sqrt(e.meanSquare(q1) * e.meanSquare(q2));
      worst = Math.max(worst, relativeError(e.product(q1, q2, 1 - c), value, 1e-2 * size));
    }
    show(`${name} products`, worst);
    expect(worst).toBeLessThan(1e-12);
  });

  it('give product and drop that add up to the value at gap 0', () => {
    for (const { q1, q2, c } of reference.pairs) {
      const atZero = e.product(q1, q2, 0);
      const size = Math.sqrt(e.meanSquare(q1) * e.meanSquare(q2));
      const sum = e.product(q1, q2, 1 - c) + e.productDrop(q1, q2, 1 - c);
      expect(Math.abs(sum - atZero)).toBeLessThan(1e-13 * size);
    }
  });

  it('are finite, and obey Cauchy–Schwarz, from q = 0 to 1e6 and gap 0 to 2', () => {
    const variance = fc.oneof(
      fc.constantFrom(0, 1e-12, 1, 1e6),
      fc.double({ min: -12, max: 6, noNaN: true }).map((x) => 10 ** x),
    );
    const gaps = fc.oneof(fc.constantFrom(0, 1e-14, 1, 2), fc.double({ min: 0, max: 2, noNaN: true }));
    fc.assert(
      fc.property(variance, variance, gaps, (q1, q2, gap) => {
        const bound = Math.sqrt(e.meanSquare(q1) * e.meanSquare(q2)) * (1 + 1e-12);
        const slopes = Math.sqrt(e.derivativeMeanSquare(q1) * e.derivativeMeanSquare(q2)) * (1 + 1e-12);
        expect(Number.isFinite(e.mean(q1) + e.derivativeMean(q1) + e.meanSquareSlope(q1))).toBe(true);
        expect(Math.abs(e.product(q1, q2, gap))).toBeLessThanOrEqual(bound);
        expect(Math.abs(e.derivativeProduct(q1, q2, gap))).toBeLessThanOrEqual(slopes);
        expect(Math.abs(e.productDrop(q1, q2, gap))).toBeLessThanOrEqual(2 * bound);
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  it('have Hermite coefficients that agree with the reference to 1e-12', () => {
    const { kinks } = activations[name];
    const phi = (x: number): number => activations[name].phi(x);
    const coefficients = hermiteCoefficients(phi, reference.hermite_q1.length, { kinks });
    const size = Math.sqrt(e.meanSquare(1));
    reference.hermite_q1.forEach((wanted, n) => {
      expect(relativeError(coefficients[n]!, wanted, 1e-2 * size)).toBeLessThan(1e-12);
    });
  });
});

describe('expectations far from q = 1', () => {
  it.each(['tanh', 'softplus'] as const)('of %s agree with mpmath to 1e-12 from q = 1e-12 to 1e6', (name) => {
    const e = expectations[name];
    for (const row of values.one_d[name]) {
      const q = Number(row['q']);
      for (const key of [
        'meanSquare',
        'derivativeMean',
        'derivativeMeanSquare',
        'meanSquareSlope',
      ] as const) {
        const error = relativeError(e[key](q), row[key]!);
        show(`${name} ${key} at ${q}`, error);
        expect(error, `${key} at ${q}`).toBeLessThan(1e-12);
      }
    }
  });

  it.each(['erf', 'elu', 'hard_tanh'] as const)('of pairs under %s agree with mpmath', (name) => {
    const e = expectations[name];
    for (const [q1, q2, gap, value, drop, slope] of values.pairs[name]) {
      const at = `q = ${q1}, ${q2}, gap = ${gap}`;
      const size = Math.sqrt(e.meanSquare(q1) * e.meanSquare(q2));
      const slopeSize = Math.sqrt(e.derivativeMeanSquare(q1) * e.derivativeMeanSquare(q2));
      const errors = [
        relativeError(e.product(q1, q2, gap), value, 1e-2 * size),
        relativeError(e.productDrop(q1, q2, gap), drop),
        relativeError(e.derivativeProduct(q1, q2, gap), slope, 1e-2 * slopeSize),
      ];
      show(`${name} ${at} product, drop, derivatives ${errors.map((x) => x.toExponential(1)).join(' ')}`, 0);
      expect(errors[0], `product, ${at}`).toBeLessThan(1e-12);
      expect(errors[1], `drop, ${at}`).toBeLessThan(1e-9);
      expect(errors[2], `derivative product, ${at}`).toBeLessThan(1e-12);
    }
  });
});

describe('kinks close to 0, where increments of |x − k| cancel beside opposite signals', () => {
  const shifted = (k: number): GaussianExpectations =>
    gaussianExpectations(
      plain(
        `|x − ${k}|`,
        (x) => Math.abs(x - k),
        (x) => Math.sign(x - k),
        [k],
      ),
    );

  it.each([-6e-10, 1e-12, 1e-300])('settle on the values of |x| at k = %s', (k) => {
    const e = shifted(k);
    const gap = 1.9;
    const angle = 2 * Math.asin(Math.sqrt(gap / 2));
    const share = (2 / Math.PI) * (Math.sin(angle) + Math.cos(angle) * (Math.PI / 2 - angle));
    for (const [q1, q2] of [
      [2.5, 2.5],
      [2.5, 7.5],
      [1e6, 3e6],
    ] as const) {
      // k enters squared.
      const root = Math.sqrt(q1 * q2);
      expect(relativeError(e.productDrop(q1, q2, gap), root * (1 - share))).toBeLessThan(1e-13);
      expect(relativeError(e.product(q1, q2, gap), root * share)).toBeLessThan(1e-13);
    }
  });
});

describe('limits and arguments', () => {
  it('at q = 0 are the values at 0 and limits from above', () => {
    const { relu, tanh, softplus } = expectations;
    expect([tanh.mean(0), tanh.meanSquare(0), tanh.product(0, 1, 0.3), tanh.productDrop(0, 1, 2)]).toEqual([
      0, 0, 0, 0,
    ]);
    expect([tanh.derivativeMean(0), tanh.meanSquareSlope(0)].map((x) => x.toFixed(14))).toEqual(
      Array(2).fill('1.00000000000000'),
    );
    expect(relu.derivativeMeanSquare(0)).toBeCloseTo(0.5, 14);
    expect(relu.meanSquareSlope(0)).toBeCloseTo(0.5, 14);
    expect(softplus.meanSquareSlope(0)).toBeCloseTo(0.25 + Math.LN2 / 4, 14);
    expect(softplus.product(0, 2, 0.5)).toBeCloseTo(Math.LN2 * softplus.mean(2), 14);
  });

  it('at q = Infinity are the limits', () => {
    const { relu, tanh } = expectations;
    expect(tanh.meanSquare(Infinity)).toBeCloseTo(1, 13);
    expect(tanh.derivativeMeanSquare(Infinity)).toBe(0);
    expect(tanh.product(Infinity, Infinity, 1)).toBeCloseTo(0, 12);
    expect(relu.meanSquare(Infinity)).toBe(Infinity);
    expect(relu.derivativeMeanSquare(Infinity)).toBeCloseTo(0.5, 13);
  });

  it.each([-1, NaN, -Infinity])('refuse the variance %s', (q) => {
    const e = expectations.tanh;
    for (const run of [() => e.mean(q), () => e.meanSquareSlope(q), () => e.product(1, q, 1)]) {
      expect(run).toThrow(/variance of pre-activations q ≥ 0/);
    }
  });

  it.each([-1e-9, 2.1, NaN])('refuse the gap %s', (gap) => {
    expect(() => expectations.relu.productDrop(1, 1, gap)).toThrow(/gap = 1 − c in \[0, 2\]/);
  });

  it('report a function that is not a number', () => {
    const broken = gaussianExpectations(plain('root', Math.sqrt, (x) => 0.5 / Math.sqrt(x)));
    expect(() => broken.mean(1)).toThrow(/an integrand that is a number everywhere/);
  });

  it('use closed forms where given and say so', () => {
    const e = gaussianExpectations({ ...activations.relu, closedForms: { meanSquare: (q) => q / 2 } });
    expect(e.methods.meanSquare).toBe('closed form');
    expect(e.methods.mean).toBe('quadrature');
    expect(e.meanSquare(3)).toBe(1.5);
    expect(() => e.meanSquare(-1)).toThrow(/q ≥ 0/);
  });

  it('know a function that jumps: sign has E φφ = (2/π) arcsin c and no length slope', () => {
    const e = gaussianExpectations(
      plain(
        'sign',
        (x) => Math.sign(x),
        () => 0,
        [0],
      ),
    );
    for (const gap of [1e-12, 1e-3, 0.4, 1, 1.9]) {
      const angle = 2 * Math.asin(Math.sqrt(gap / 2));
      expect(relativeError(e.productDrop(1, 3, gap), (2 / Math.PI) * angle)).toBeLessThan(1e-12);
    }
    expect(e.meanSquareSlope(2)).toBeCloseTo(0, 12);
    const step = gaussianExpectations(
      plain(
        'threshold',
        (x) => (x > 1 ? 1 : 0),
        () => 0,
        [1],
      ),
    );
    const slope = Math.exp(-0.25) / Math.sqrt(2 * Math.PI) / (2 * 2 ** 1.5);
    expect(relativeError(step.meanSquareSlope(2), slope)).toBeLessThan(1e-12);
  });
});

it('results that are kept are those that are not', () => {
  const [none, many] = [1, 100].map((kept) => gaussianExpectations(activations.tanh, { kept }));
  for (const q1 of [0.3, 1, 0.3])
    for (const q2 of [2, 0.3, 2]) expect(many!.product(q1, q2, 0.4)).toBe(none!.product(q1, q2, 0.4));
});

describe('Hermite series', () => {
  it('sums to the product at q = 1', () => {
    const coefficients = hermiteCoefficients(Math.tanh, 200);
    for (const rho of [-0.9, 0, 0.5, 0.95]) {
      expect(hermiteSeries(coefficients, rho)).toBeCloseTo(expectations.tanh.product(1, 1, 1 - rho), 13);
    }
  });

  it('gives at another variance the coefficients of the stretched function', () => {
    const stretched = hermiteCoefficients((z) => Math.tanh(3 * z), 20);
    const coefficients = hermiteCoefficients(Math.tanh, 20, { variance: 9 });
    for (let n = 0; n < 20; n++) expect(coefficients[n]).toBeCloseTo(stretched[n]!, 13);
  });

  it('refuses a count or a variance that makes no sense', () => {
    expect(() => hermiteCoefficients(Math.tanh, 1.5)).toThrow(/whole number/);
    expect(() => hermiteCoefficients(Math.tanh, 3, { variance: -1 })).toThrow(/finite variance/);
  });
});
