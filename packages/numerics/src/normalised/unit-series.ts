/**
 * 𝔠[φ|1] − 𝔠[φ|c] and 𝔠[φ'|c] of a smooth φ without closed forms, from the Hermite series of φ' at variance 1 (see `smooth-series.ts`),
 * cut where what is left weighs less than 1e-18 of ‖φ'‖², and with every other term where φ is odd or even: for tanh 124 terms out of
 * 480.
 *
 *   drop = Σ b_n² (1 − c^{n+1})/(n+1),   𝔠[φ'|c] = Σ b_n² c^n
 *
 * Measured maximum relative error of drops for tanh against 50 digits: that of the maps made of them, 2.3e-16.
 */

import type { Activation } from '@meanfield/core';

import { derivativeSeries } from '../expectations/smooth-series.js';

export interface UnitSeries {
  /** Both of gap = 1 − c in [0, 2] */
  drop(gap: number): number;
  slopeAt(gap: number): number;
}

const CUT = 1e-18;

/** Terms up to where the rest of the squares no longer counts */
function significant(squares: Float64Array): number {
  let total = 0;
  for (const square of squares) total += square;
  let rest = 0;
  let count = squares.length;
  while (count > 1 && rest + squares[count - 1]! <= CUT * total) rest += squares[--count]!;
  return count;
}

/** null for kinked φ, and where the series does not converge. */
export function unitSeries(activation: Activation, derivativeNormSquare: number): UnitSeries | null {
  if (activation.kinks.length > 0) return null;
  const series = derivativeSeries((u) => activation.derivative(u), 1, derivativeNormSquare, 0);
  if (series === null) return null;
  const found = series.map((b) => b * b);
  const all = found.subarray(0, significant(found));
  const without = (parity: number): boolean => all.every((square, n) => n % 2 !== parity || square === 0);
  const [first, stride] = without(1) ? [0, 2] : without(0) ? [1, 2] : [0, 1];
  const squares = all.filter((_, n) => n % stride === first % stride);
  const weights = squares.map((square, i) => square / (first + stride * i + 1));
  return {
    drop: (gap) => dropOf(weights, first, stride, gap),
    slopeAt: (gap) => slopeOf(squares, first, stride, 1 - gap),
  };
}

/** Σ w_i (1 − c^{n+1}), n = first + stride i, with 1 − c^{n+1+stride} = 1 − c^{n+1} + c^{n+1} (1 − c^stride) */
function dropOf(weights: Float64Array, first: number, stride: number, gap: number): number {
  const c = 1 - gap;
  const twice = gap * (2 - gap);
  const [factor, step] = stride === 2 ? [c * c, twice] : [c, gap];
  let power = first === 0 ? c : c * c;
  let lost = first === 0 ? gap : twice;
  let sum = 0;
  for (const weight of weights) {
    sum += weight * lost;
    lost += power * step;
    power *= factor;
  }
  return sum;
}

/** Σ squares_i c^n */
function slopeOf(squares: Float64Array, first: number, stride: number, c: number): number {
  const factor = stride === 2 ? c * c : c;
  let sum = 0;
  for (let i = squares.length - 1; i >= 0; i--) sum = sum * factor + squares[i]!;
  return first === 0 ? sum : sum * c;
}
