import relu from '@meanfield/activation-relu';
import { isMeanfieldError, type Activation, type MeanFieldMap } from '@meanfield/core';
import { brent, erf, gaussianExpectations, gaussianMean } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { approximation, type Approximation } from '../src/approximation.js';
import { betaMean, betaRule } from '../src/beta-mean.js';
import asymmetric, { type AsymmetricOptions } from '../src/index.js';
import { twoSlopes } from './activations.js';

const RULE = betaRule(2, 1);

function mapOf(k: number, options: AsymmetricOptions = { method: 'rms' }, weightVariance = 1): MeanFieldMap {
  return asymmetric.create(options).map(relu.create(), {
    law: 'replaced-entry-rows',
    weightVariance,
    correlationStrength: k,
    replacement: { law: 'beta', a: 2, b: 1 },
  });
}

function rootOf(f: (weightVariance: number) => number): number {
  const result = brent(f, 0.05, 8);
  if (result.status !== 'converged') throw new Error(result.status);
  return result.root;
}

const lengthBoundary = (map: MeanFieldMap): number =>
  rootOf((v) => map.withWeightVariance(v).asymptotics().lengthGrowth - 1);
const correlationBoundary = (map: MeanFieldMap): number =>
  rootOf((v) => map.withWeightVariance(v).asymptotics().chi1 - 1);

/** E f(h, u), h = τ z + ν u, by quadrature in z and u that knows nothing of the closed forms. */
function meanOver(f: (h: number, u: number) => number, tau: number, nu: number): number {
  return betaMean(RULE, (u) =>
    gaussianMean((z) => f(tau * z + nu * u, u), { kinks: [-(nu * u) / tau], scale: 1 }),
  );
}

describe('boundaries of the RMS approximation', () => {
  it('are the recomputed ones', () => {
    expect(lengthBoundary(mapOf(0))).toBeCloseTo(0.56622, 5);
    expect(correlationBoundary(mapOf(0))).toBeCloseTo(1.40998, 5);
    expect(correlationBoundary(mapOf(100))).toBeCloseTo(1.40998, 5);
    expect(lengthBoundary(mapOf(100))).toBeCloseTo(0.82679, 5);
  });

  it('follow from eq. B.1 once its second term is E u φ φ′, and not as printed', () => {
    const step = (h: number): number => (h > 0 ? 1 : 0);
    const first = (v: number): number => v * meanOver((h) => step(h), Math.sqrt(v), 1);
    const ramp = (h: number): number => Math.max(0, h);
    const printed = (v: number): number =>
      first(v) + Math.sqrt(v) * meanOver((h) => ramp(h), Math.sqrt(v), 1);
    const right = (v: number): number => first(v) + meanOver((h, u) => u * ramp(h), Math.sqrt(v), 1);
    expect(rootOf((v) => printed(v) - 1)).toBeCloseTo(0.55012, 5);
    expect(rootOf((v) => right(v) - 1)).toBeCloseTo(lengthBoundary(mapOf(0)), 12);
  });

  it('would have χ₁ = 1 at 1.33110 for RAAI with the substituted variance inside φ′ too', () => {
    const kappa = 100 / 101;
    const root = rootOf((v) => {
      const tau = Math.sqrt(v * (1 - kappa / Math.PI));
      return v * meanOver((h) => (h > 0 ? 1 : 0), tau, 1) - 1;
    });
    expect(root).toBeCloseTo(1.3311, 5);
  });
});

describe('boundaries of the mean approximation', () => {
  it('are what this reading of app. C gives, which is not the printed 0.85, 1.46, 1.89', () => {
    const method = 'mean';
    expect(lengthBoundary(mapOf(0, { method }))).toBeCloseTo(1.17325, 5);
    expect(correlationBoundary(mapOf(100, { method }))).toBeCloseTo(1.6248, 5);
    expect(lengthBoundary(mapOf(100, { method }))).toBeCloseTo(1.71317, 5);
  });
});

/** E φ(v)² − E φ(v1) φ(v2), v = τ z + mean, corr(z1, z2) = 1 − gap */
function dropByQuadrature(activation: Activation, tau: number, mean: number, gap: number): number {
  const shifted: Activation = {
    ...activation,
    phi: (x) => activation.phi(x + mean),
    derivative: (x) => activation.derivative(x + mean),
    kinks: [-mean],
    homogeneous: false,
    closedForms: {},
  };
  return gaussianExpectations(shifted).productDrop(tau * tau, tau * tau, gap);
}

describe('closed forms', () => {
  const shapes: readonly Activation[] = [
    relu.create(),
    twoSlopes('leaky', 1, 0.2),
    twoSlopes('abs', 1, -1),
    twoSlopes('falling', -0.3, 2),
  ];

  const made = (activation: Activation, weightVariance: number, kappa: number): Approximation =>
    approximation({
      slopes: { right: activation.phi(1), left: -activation.phi(-1) },
      rule: RULE,
      method: 'rms',
      weightVariance,
      kappa,
    });

  it.each(shapes)('of $name agree with quadrature in z and u', (activation) => {
    for (const v of [0.04, 0.36, 2.5]) {
      const { lengthGrowth, chi1, preActivationShare } = made(activation, v, 0);
      const tau = Math.sqrt(v);
      const growth = meanOver((h) => activation.phi(h) ** 2, tau, 1);
      const slope = v * meanOver((h) => activation.derivative(h) ** 2, tau, 1);
      expect(Math.abs(lengthGrowth / growth - 1)).toBeLessThan(1e-13);
      expect(Math.abs(chi1 / slope - 1)).toBeLessThan(1e-13);
      expect(preActivationShare).toBeCloseTo(v + 0.5, 13);
    }
  });

  it.each(shapes)('of the drop of $name agree with quadrature in z1, z2 and u', (activation) => {
    // Any law of u serves, so one of some points.
    const some = (_: number, i: number): boolean => i % 16 === 8;
    const rule = { nodes: RULE.nodes.filter(some), weights: RULE.weights.filter(some) };
    const slopes = { right: activation.phi(1), left: -activation.phi(-1) };
    for (const v of [0.36, 2.5]) {
      const { drop } = approximation({ slopes, rule, method: 'rms', weightVariance: v, kappa: 0 });
      for (const gap of [1e-6, 0.3, 1.9]) {
        const expected = betaMean(rule, (u) => dropByQuadrature(activation, Math.sqrt(v), u, gap));
        expect(Math.abs(drop(gap) / expected - 1), `gap ${gap} at ${v}`).toBeLessThan(1e-11);
      }
    }
  });

  it.each([0.36, 20, 1e3, 1e6])('of its slope under ReLU reach P(|z| < u/σ_w) at gap 2, σ_w² = %s', (v) => {
    const { dropSlope } = made(relu.create(), v, 0);
    const both = betaMean(RULE, (u) => erf(u / Math.sqrt(2 * v)));
    expect(Math.abs(dropSlope(2) - v * both)).toBeLessThan(1e-14 * v);
  });

  it('reach the arc-cosine kernel when the replaced entry does not count', () => {
    const none = { nodes: Float64Array.of(0), weights: Float64Array.of(1) };
    const slopes = { right: 1, left: 0 };
    const { drop } = approximation({ slopes, rule: none, method: 'rms', weightVariance: 1.7, kappa: 0 });
    const { closedForms } = relu.create();
    for (const gap of [1e-9, 0.2, 1, 2]) {
      expect(drop(gap) / (1.7 * (closedForms.productDrop?.(1, 1, gap) ?? NaN))).toBeCloseTo(1, 13);
    }
  });

  it('do not break where σ_w² is 0, or 1e-12', () => {
    for (const v of [0, 1e-12]) {
      for (const activation of [relu.create(), twoSlopes('line', 1, 1)]) {
        for (const method of ['rms', 'mean'] as const) {
          const statistics = {
            law: 'replaced-entry-rows',
            weightVariance: v,
            correlationStrength: 2,
            replacement: { law: 'beta', a: 2, b: 1 },
          } as const;
          const map = asymmetric.create({ method }).map(activation, statistics);
          let state = map.start({ q1: 1, q2: 2, gap: 0.5 });
          for (let layer = 0; layer < 5; layer++) {
            state = map.step(state);
            const { q1, q2, gap } = map.observe(state);
            const { lengthSlope, chi1, correlationSlope } = map.linearise(state);
            const values = [q1, q2, gap, lengthSlope, chi1, correlationSlope];
            expect(values.every((x) => Number.isFinite(x))).toBe(true);
          }
        }
      }
    }
  });
});

describe('arguments', () => {
  it('are refused in one sentence', () => {
    const codeOf = (run: () => unknown): string | undefined => {
      try {
        run();
      } catch (error) {
        return isMeanfieldError(error) ? error.code : String(error);
      }
      return undefined;
    };
    expect(codeOf(() => asymmetric.create({ method: 'median' as 'mean' }))).toBe('INVALID_OPTION');
    expect(codeOf(() => mapOf(-1))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => mapOf(0, { method: 'rms' }, Number.NaN))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => mapOf(0).start({ q1: 1, q2: 1, gap: -1 }))).toBe('INVALID_ARGUMENT');
  });
});
