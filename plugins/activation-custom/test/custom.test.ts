import { createLab, isMeanfieldError, parsePluginDefinition } from '@meanfield/core';
import { gaussianExpectations, normalCdf, normalPdf, type GaussianExpectations } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import custom, { customActivation, type CustomFunctions } from '../src/index.js';
import tanhGolden from './fixtures/tanh.json' with { type: 'json' };

const expectationsOf = (functions: CustomFunctions): GaussianExpectations =>
  gaussianExpectations(custom.create(functions));
const relativeError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.abs(expected);

function errorOf(run: () => unknown): { readonly code: string; readonly message: string } {
  try {
    run();
  } catch (error) {
    if (isMeanfieldError(error)) return error;
    throw error;
  }
  throw new Error('nothing thrown');
}

describe('a smooth activation given by φ alone', () => {
  const e = expectationsOf({ phi: Math.tanh });

  it('has the golden expectations of tanh', () => {
    for (const { quantity, at, value } of tanhGolden.values) {
      const [first = NaN, second = NaN, gap = NaN] = at;
      const actual =
        quantity === 'product'
          ? e.product(first, second, gap)
          : e[quantity as 'meanSquare' | 'derivativeMean' | 'derivativeMeanSquare' | 'meanSquareSlope'](
              first,
            );
      expect(Math.abs(actual - Number(value)), `${quantity}(${at.join(', ')})`).toBeLessThan(1e-13);
    }
  });

  it("has the drops and the long-signal expectations that it has with φ' given", () => {
    const given = expectationsOf({ phi: Math.tanh, derivative: (x) => 1 / Math.cosh(x) ** 2 });
    for (const [q1, q2, gap] of [
      [1, 1, 1e-12],
      [0.5, 3, 0.3],
      [60, 60, 1e-8],
    ] as const) {
      expect(relativeError(e.productDrop(q1, q2, gap), given.productDrop(q1, q2, gap))).toBeLessThan(1e-12);
      const slopes = given.derivativeProduct(q1, q2, gap);
      expect(relativeError(e.derivativeProduct(q1, q2, gap), slopes)).toBeLessThan(1e-12);
    }
  });
});

describe('activations with kinks, written by hand', () => {
  it('|x| has its closed forms', () => {
    const e = expectationsOf({ phi: Math.abs, kinks: [0], homogeneous: true });
    expect(relativeError(e.mean(3), Math.sqrt(6 / Math.PI))).toBeLessThan(1e-14);
    expect(relativeError(e.derivativeMeanSquare(3), 1)).toBeLessThan(1e-13);
    for (const gap of [1e-10, 0.3, 1.7]) {
      // E|u1 u2| = (2/π)(sin θ + (π/2 − θ) cos θ) and E sign sign = 1 − 2θ/π with cos θ = 1 − gap
      const angle = Math.atan2(Math.sqrt(gap * (2 - gap)), 1 - gap);
      const product = (2 / Math.PI) * (Math.sin(angle) + (Math.PI / 2 - angle) * (1 - gap));
      expect(Math.abs(e.product(1, 4, gap) - 2 * product)).toBeLessThan(1e-12);
      expect(Math.abs(e.derivativeProduct(1, 4, gap) - (1 - (2 * angle) / Math.PI))).toBeLessThan(1e-12);
    }
  });

  it('hard tanh has its closed forms', () => {
    const e = expectationsOf({ phi: (x) => Math.max(-1, Math.min(1, x)), kinks: [-1, 1] });
    for (const q of [0.04, 1, 30]) {
      const k = 1 / Math.sqrt(q);
      const inside = 2 * normalCdf(k) - 1;
      const meanSquare = q * (inside - 2 * k * normalPdf(k)) + 1 - inside;
      expect(relativeError(e.meanSquare(q), meanSquare)).toBeLessThan(1e-12);
      expect(relativeError(e.derivativeMeanSquare(q), inside)).toBeLessThan(1e-12);
      expect(relativeError(e.meanSquareSlope(q), inside - 2 * k * normalPdf(k))).toBeLessThan(1e-11);
    }
  });

  it('a step at 0, where φ itself jumps, has its closed forms', () => {
    const e = expectationsOf({ phi: (x) => (x > 0 ? 1 : 0), kinks: [0] });
    for (const gap of [1e-12, 0.4, 1, 1.9]) {
      const angle = Math.atan2(Math.sqrt(gap * (2 - gap)), 1 - gap);
      expect(relativeError(e.productDrop(1, 3, gap), angle / (2 * Math.PI))).toBeLessThan(1e-12);
    }
    expect(e.derivativeMeanSquare(2)).toBe(0);
    expect(e.meanSquareSlope(2)).toBeCloseTo(0, 12);
  });

  it('a step away from 0 has a length slope that is all in the jump', () => {
    const e = expectationsOf({ phi: (x) => (x > 1 ? 1 : 0), kinks: [1] });
    // d/dq P(√q z > 1)
    expect(relativeError(e.meanSquareSlope(2), normalPdf(1 / Math.sqrt(2)) / (2 * 2 ** 1.5))).toBeLessThan(
      1e-12,
    );
  });
});

describe('a module of one’s own', () => {
  const definition = customActivation({ name: 'soft-absolute', phi: (x) => Math.sqrt(1 + x * x) - 1 });

  it('exports a definition that a lab takes beside others', () => {
    expect(parsePluginDefinition(definition, 'the test')).toBe(definition);
    const lab = createLab([custom, definition]);
    expect(lab.get('activation', 'soft-absolute').phi(Math.sqrt(3))).toBeCloseTo(1, 15);
    expect(lab.cite()).toContain('@book{trefethen2013,');
  });

  it('has its own name for its package, and a version that changes with φ', () => {
    const another = customActivation({ name: 'soft-absolute', phi: (x) => Math.sqrt(4 + x * x) - 2 });
    const same = customActivation({ name: 'soft-absolute', phi: (x) => Math.sqrt(1 + x * x) - 1 });
    expect(definition.package).toBe('soft-absolute');
    expect(definition.version).toMatch(/^0\.0\.0\+[0-9a-f]{8}$/);
    expect(same.version).toBe(definition.version);
    expect(another.version).not.toBe(definition.version);
  });

  it('takes the package, version, summary and references that it is given', () => {
    const given = { name: 'own', package: '@me/own', version: '2.1.0', summary: 'mine', references: [] };
    expect(customActivation({ ...given, phi: Math.tanh })).toMatchObject(given);
  });

  it('throws nothing on import, and names what is wrong when it is created', () => {
    const broken = customActivation({ name: 'broken', phi: Math.sqrt });
    expect(errorOf(() => broken.create())).toMatchObject({ code: 'INVALID_OPTION' });
    expect(() => broken.create()).toThrow(/a finite phi of activation broken, found NaN at -9\.98/);
  });

  it('cannot be trained without a tensor form, and says so', () => {
    const error = errorOf(() => definition.create().tensorForm(1, {} as never));
    expect(error.code).toBe('UNSUPPORTED');
    expect(error.message).toMatch(
      /a tensor form of activation soft-absolute .* give customActivation a tensorForm/,
    );
  });
});

describe('options that are refused', () => {
  const phi = Math.tanh;
  const cases: [string, unknown, RegExp][] = [
    ['no φ', undefined, /option phi .* default-exports customActivation\(\{ name, phi \}\) as --plugin/],
    ['a φ from a command line', { phi: 'tanh' }, /found "tanh" \(not a function\)/],
    ['kinks that do not increase', { phi, kinks: [1, 0] }, /found \[1,0\] \(not increasing\)/],
    ['an infinite kink', { phi, kinks: [Infinity] }, /option kinks\.0/],
    ["a derivative that is not φ's", { phi, derivative: (x: number) => 1 - x * x }, /found .* at -9\.98/],
    ['a derivative that is NaN', { phi, derivative: () => NaN }, /a finite derivative .* NaN at/],
    [
      "a second derivative that is not φ''",
      { phi: (x: number) => x * x, derivative: (x: number) => 2 * x, secondDerivative: () => 1 },
      /secondDerivative .* found 1 at .* they give 1\.9999/,
    ],
    ['a homogeneity that does not hold', { phi, homogeneous: true }, /a homogeneous phi/],
    ['an unknown expectation', { phi, closedForms: { meen: () => 0 } }, /option closedForms/],
    ['a length that is not one', { phi, scale: 0 }, /option scale/],
    ['an unknown option', { phi, kink: [0] }, /"kink"/],
  ];

  it.each(cases)('%s', (_name, options, sentence) => {
    const error = errorOf(() => custom.create(options as CustomFunctions));
    expect(error.code).toBe('INVALID_OPTION');
    expect(error.message).toMatch(sentence);
  });

  it('a φ that is NaN beyond the sample points, when it is met', () => {
    const activation = custom.create({ phi: (x) => (x > 50 ? NaN : Math.tanh(x)) });
    expect(() => gaussianExpectations(activation).mean(1e3)).toThrow(/a phi of activation custom .* NaN at/);
    expect(activation.phi(NaN)).toBeNaN();
  });
});
