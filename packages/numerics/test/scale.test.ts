import { describe, expect, it } from 'vitest';

import { gaussianExpectations, increment } from '../src/index.js';
import { activations, plain } from './activations.js';

const { erf } = activations;

/** erf(a x), which varies on a length of 1/a */
const stretched = (a: number): ReturnType<typeof plain> => ({
  ...plain(
    'stretched erf',
    (x) => erf.phi(a * x),
    (x) => a * erf.derivative(a * x),
    [],
    (x) => a * a * (erf.secondDerivative?.(a * x) ?? NaN),
  ),
  scale: 1 / a,
});

const relativeError = (got: number, wanted: number): number => Math.abs(got - wanted) / Math.abs(wanted);

describe('activations that vary on another length than 1', () => {
  it.each([1e-3, 1e4])('have the closed forms of erf(%s x)', (a) => {
    const e = gaussianExpectations(stretched(a));
    for (const p of [0.01, 1, 50]) {
      const [q1, q2] = [p / (a * a), (3 * p) / (a * a)];
      const root = 1 + 2 * p;
      expect(relativeError(e.meanSquare(q1), (2 / Math.PI) * Math.asin((2 * p) / root))).toBeLessThan(1e-13);
      expect(relativeError(e.derivativeMean(q1), (2 * a) / Math.sqrt(Math.PI * root))).toBeLessThan(1e-13);
      const slopes = (4 * a * a) / (Math.PI * Math.sqrt(1 + 4 * p));
      expect(relativeError(e.derivativeMeanSquare(q1), slopes)).toBeLessThan(1e-13);
      expect(relativeError(e.meanSquareSlope(q1), slopes / root)).toBeLessThan(1e-12);
      for (const gap of [0.3, 1.6]) {
        const covariance = (1 - gap) * Math.sqrt(3) * p;
        const lengths = (1 + 2 * p) * (1 + 6 * p);
        const product = (c: number): number => (2 / Math.PI) * Math.asin((2 * c) / Math.sqrt(lengths));
        expect(relativeError(e.product(q1, q2, gap), product(covariance))).toBeLessThan(1e-12);
        const drop = product(Math.sqrt(3) * p) - product(covariance);
        expect(relativeError(e.productDrop(q1, q2, gap), drop)).toBeLessThan(1e-12);
        const pair = (4 * a * a) / (Math.PI * Math.sqrt(lengths - 4 * covariance ** 2));
        expect(relativeError(e.derivativeProduct(q1, q2, gap), pair)).toBeLessThan(1e-12);
      }
    }
  });

  it('have increments that see what varies within a step', () => {
    const steep = stretched(1e4);
    // 5 units of its length, over which the slopes at two nodes are no measure of the rise
    expect(increment(steep, 0, 5e-4)).toBe(steep.phi(5e-4));
    expect(relativeError(increment(steep, 1e-4, 1e-12), 1e-12 * steep.derivative(1e-4))).toBeLessThan(1e-7);
  });

  it('give their values at the limits of variance', () => {
    const e = gaussianExpectations({ ...stretched(20), closedForms: { mean: () => 0 } });
    expect(e.methods.mean).toBe('closed form');
    expect(e.derivativeMean(0)).toBeCloseTo((2 * 20) / Math.sqrt(Math.PI), 11);
    expect(e.meanSquare(Infinity)).toBeCloseTo(1, 12);
    expect(e.productDrop(0, 1, 0.5)).toBe(0);
  });

  it('may have kinks, which scale with them', () => {
    const clipped = {
      ...plain(
        'clipped',
        (x) => Math.max(-0.01, Math.min(0.01, x)),
        (x) => (Math.abs(x) < 0.01 ? 1 : 0),
        [-0.01, 0.01],
      ),
      scale: 0.01,
    };
    const e = gaussianExpectations(clipped);
    const unit = gaussianExpectations(activations.hard_tanh);
    expect(relativeError(e.productDrop(3e-4, 1e-4, 1e-6), 1e-4 * unit.productDrop(3, 1, 1e-6))).toBeLessThan(
      1e-12,
    );
    expect(relativeError(e.meanSquareSlope(3e-4), unit.meanSquareSlope(3))).toBeLessThan(1e-12);
  });
});
