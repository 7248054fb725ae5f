/**
 * SiLU, φ(x) = x σ(βx) with σ the logistic function: `elfwing2018` §2 at β = 1, swish of `ramachandran2017` §4 for other β.
 *
 * With t = βx: φ'(x) = σ(t)(1 + t σ(−t)), φ''(x) = β σ(t) σ(−t)(2 − t tanh(t/2)). Written with e = e^{−|t|}, which is at most
 * 1: nothing overflows, and 1 − σ(t) = σ(−t) keeps its digits for t → ∞.
 * Measured maximum error at 32 points, |x| from 1e-300 to 700, β = 1, against 60 digits and more: 1e-15 relative, but 3e-16
 * of the terms that cancel beside the zeros of φ' and φ''. For other β, rounding of βx adds ε β|x| where φ is as small as
 * e^{−β|x|}.
 *
 * Gaussian expectations: t σ'(t) is odd and σ(t) + σ(−t) = 1, so E φ'(√q z) = 1/2 for every q and β. φ(x) + φ(−x) =
 * x tanh(t/2) and φ(x) − φ(−x) = x: the odd part of φ is x/2 exactly; expectations of its even part have no closed form.
 */

import type { Activation, TensorOps } from '@meanfield/core';

export interface SiluOptions {
  /** β > 0: φ varies on a length of 1/β */
  readonly beta: number;
}

/** σ(t) */
function logistic(t: number): number {
  const e = Math.exp(-Math.abs(t));
  return (t < 0 ? e : 1) / (1 + e);
}

/** t f where f has decayed to 0 faster than |t| grows, also for an infinite t */
const damped = (t: number, f: number): number => (f === 0 ? 0 : t * f);

export function silu({ beta }: SiluOptions): Activation {
  return {
    name: 'silu',
    phi: (x) => damped(x, logistic(beta * x)),
    derivative(x) {
      const t = beta * x;
      const value = logistic(t);
      return value === 0 ? 0 : value * (1 + damped(t, logistic(-t)));
    },
    secondDerivative(x) {
      const t = beta * x;
      const curvature = beta * logistic(t) * logistic(-t);
      return curvature === 0 ? 0 : curvature * (2 - t * Math.tanh(t / 2));
    },
    kinks: [],
    scale: 1 / beta,
    homogeneous: false,
    closedForms: { derivativeMean: () => 1 / 2 },
    tensorForm: <T>(x: T, ops: TensorOps<T>): T => ops.multiply(x, ops.sigmoid(ops.scale(x, beta))),
  };
}
