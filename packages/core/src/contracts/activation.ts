/**
 * An activation function φ.
 *
 * On numbers it is exact float64; on tensors it is written once over abstract operations, so that any
 * backend can run it without a dependency of this package on one.
 */

import type { AdvancePairs } from './signal-pairs.js';

/**
 * Closed forms of Gaussian expectations, where the literature has them. All optional: numerics integrates
 * what is missing (`gaussianExpectations`).
 *
 * z, z1, z2 are independent standard normals; q, q1, q2 ≥ 0 are VARIANCES of pre-activations;
 * u1 = √q1 z1, u2 = √q2 (c z1 + √(1−c²) z2) with c = 1 − gap, gap in [0, 2].
 */
export interface GaussianClosedForms {
  /** E φ(√q z) */
  mean?(q: number): number;
  /** E φ(√q z)² */
  meanSquare?(q: number): number;
  /** E φ'(√q z) */
  derivativeMean?(q: number): number;
  /** E φ'(√q z)² */
  derivativeMeanSquare?(q: number): number;
  /** d/dq E φ(√q z)² = E φ'(√q z)² + E φ''(√q z) φ(√q z), with φ'' a distribution at kinks */
  meanSquareSlope?(q: number): number;
  /** E φ(u1) φ(u2) */
  product?(q1: number, q2: number, gap: number): number;
  /** E φ(u1) φ(u2) at gap = 0 less the same at `gap`, without cancellation for small gaps */
  productDrop?(q1: number, q2: number, gap: number): number;
  /** E φ'(u1) φ'(u2) */
  derivativeProduct?(q1: number, q2: number, gap: number): number;
}

/** Elementwise tensor operations that a backend supplies for its own tensor type T. */
export interface TensorOps<T> {
  add(x: T, y: T): T;
  multiply(x: T, y: T): T;
  /** a·x */
  scale(x: T, a: number): T;
  /** x + a */
  shift(x: T, a: number): T;
  relu(x: T): T;
  tanh(x: T): T;
  sigmoid(x: T): T;
  exp(x: T): T;
  log1p(x: T): T;
  abs(x: T): T;
  sin(x: T): T;
  erf(x: T): T;
  /** min(max(x, low), high) */
  clip(x: T, low: number, high: number): T;
}

export interface Activation {
  readonly name: string;
  /** φ(x) */
  phi(x: number): number;
  /** φ'(x); at a kink the mean of both one-sided derivatives or either of them, consistently */
  derivative(x: number): number;
  /** φ''(x) away from kinks, where φ has one in closed form */
  secondDerivative?(x: number): number;
  /** Points at which φ or φ' jumps, increasing; empty for smooth φ. Integration is split there. */
  readonly kinks: readonly number[];
  /**
   * The length on which φ varies beside its kinks, or beside 0 where it has none, such as 1/a for tanh(a x); above 0,
   * default 1. Quadrature resolves it.
   */
  readonly scale?: number;
  /** φ(a x) = a φ(x) for every a ≥ 0 */
  readonly homogeneous: boolean;
  readonly closedForms: GaussianClosedForms;
  /** Which of `closedForms` are one-dimensional integrals, of the same accuracy, so that readers of results are told so */
  readonly singleIntegrals?: readonly (keyof GaussianClosedForms)[];
  /** Layers of independent Gaussian rows from these closed forms, for many pairs of signals at once */
  readonly advancePairs?: AdvancePairs;
  /** φ applied elementwise */
  tensorForm<T>(x: T, ops: TensorOps<T>): T;
}
