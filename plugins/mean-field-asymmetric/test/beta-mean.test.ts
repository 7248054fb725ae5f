import { gaussLegendre, logGamma } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { betaMean, betaRule } from '../src/beta-mean.js';

const SHAPES = [0.5, 1, 2, 3, 7];

describe('betaRule', () => {
  it('has the moments of the beta law', () => {
    for (const a of SHAPES) {
      for (const b of SHAPES) {
        const rule = betaRule(a, b);
        for (let n = 0, moment = 1; n <= 6; moment *= (a + n) / (a + b + n), n++) {
          const error = betaMean(rule, (u) => u ** n) / moment - 1;
          expect(Math.abs(error), `E u^${n} of Beta(${a}, ${b})`).toBeLessThan(1e-14);
        }
      }
    }
  });

  it('resolves functions that vary close to 0', () => {
    const { nodes, weights } = gaussLegendre(200);
    for (const [a, b] of [
      [1, 1],
      [2, 1],
      [3, 2],
    ] as const) {
      const norm = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b));
      for (const s of [1, 0.1, 1e-2, 1e-3]) {
        const f = (u: number): number => Math.exp(-((u / s) ** 2) / 2);
        const end = Math.min(1, 12 * s);
        let expected = 0;
        for (let i = 0; i < nodes.length; i++) {
          const u = (end / 2) * (1 + nodes[i]!);
          expected += (end / 2) * weights[i]! * norm * u ** (a - 1) * (1 - u) ** (b - 1) * f(u);
        }
        const error = betaMean(betaRule(a, b), f) / expected - 1;
        expect(Math.abs(error), `s = ${s}, Beta(${a}, ${b})`).toBeLessThan(1e-13);
      }
    }
  });
});
