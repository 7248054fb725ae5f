/**
 * E f(u) for u ~ Beta(a, b).
 *
 * Method: the substitution u = 1/(1 + e^{−π sinh t}) and the trapezoid in t (double exponential): nodes cluster at
 * both ends, so densities that are singular there, and f that varies near u = 0 on a small length, are resolved alike.
 * Measured maximum relative error: 1.9e-15 for E u^n, n ≤ 6, over a, b in {½, 1, 2, 3, 7}; 8e-16 for
 * E exp(−u²/2s²) of Beta(2, 1) down to s = 1e-4, 1e-10 at s = 1e-6.
 */

import { logGamma } from '@meanfield/numerics';

export interface BetaRule {
  readonly nodes: Float64Array;
  /** Sum to 1 */
  readonly weights: Float64Array;
}

const STEP = 1 / 64;
/** Ends where u^a or (1 − u)^b is e^−45. */
const reachOf = (a: number, b: number): number => Math.asinh(45 / (Math.PI * Math.min(a, b)));

export function betaRule(a: number, b: number): BetaRule {
  const logNorm = logGamma(a + b) - logGamma(a) - logGamma(b);
  const nodes: number[] = [];
  const weights: number[] = [];
  const last = Math.ceil(reachOf(a, b) / STEP);
  for (let i = -last; i <= last; i++) {
    const s = Math.PI * Math.sinh(i * STEP);
    // du/dt = u (1 − u) π cosh t; ln u and ln(1 − u) without cancellation at either end.
    const logU = -Math.log1p(Math.exp(-s));
    const logRest = -Math.log1p(Math.exp(s));
    const weight = Math.exp(logNorm + a * logU + b * logRest) * STEP * Math.PI * Math.cosh(i * STEP);
    if (!(weight > 1e-40)) continue;
    nodes.push(Math.exp(logU));
    weights.push(weight);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights, (weight) => weight / total) };
}

export function betaMean(rule: BetaRule, f: (u: number) => number): number {
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; i++) sum += rule.weights[i]! * f(rule.nodes[i]!);
  return sum;
}
