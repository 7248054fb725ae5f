/**
 * Lengths and gaps of a batch of inputs, K₀ = x·y/d.
 *
 * Rows are scaled by powers of two, which is exact, to norms in [1, 2), so that nothing overflows. The gap 1 − cos of a
 * pair is 1 less the scaled product; below 2⁻¹⁰, where that has lost digits, it comes from the difference δ = x − y:
 *
 *   2 ‖x‖‖y‖ (1 − cos) = ‖δ‖² − (‖x‖ − ‖y‖)²,  ‖x‖ − ‖y‖ = δ·(x + y)/(‖x‖ + ‖y‖),
 *
 * whose error is some 1e-16 of ‖δ‖² instead of 1e-16 of 1. Equal inputs, and inputs that differ by a power of two, have gap 0
 * exactly.
 */

import { MeanfieldError, show } from '@meanfield/core';
import { multiplyTransposed, upperGram } from '@meanfield/numerics';

import { BLOCK_SIDE } from './pair-block.js';

export interface InputBatch {
  /** Row-major [count, dimension] */
  readonly values: Float64Array;
  readonly count: number;
  readonly dimension: number;
}

export interface ScaledBatch {
  readonly count: number;
  readonly dimension: number;
  /** The rows times powers of two, of norm in [1, 2); rows of zeros stay */
  readonly rows: Float64Array;
  /** Norms of these rows */
  readonly norms: Float64Array;
  /** ‖x‖²/d of the inputs as given */
  readonly meanSquares: Float64Array;
}

/** Below this gap the difference of the inputs decides. */
const NEAR = 2 ** -10;

const invalid = (expected: string, found: string, remedy: string): MeanfieldError =>
  new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });

/** @throws MeanfieldError INVALID_ARGUMENT for sizes that do not fit and entries that are not finite */
export function scaleBatch({ values, count, dimension }: InputBatch): ScaledBatch {
  for (const [name, size] of Object.entries({ count, dimension })) {
    if (!(Number.isSafeInteger(size) && size > 0))
      throw invalid(`a whole ${name} of inputs of at least 1`, show(size), 'pass at least one input');
  }
  if (values.length !== count * dimension)
    throw invalid(
      `${count} × ${dimension} entries of inputs`,
      String(values.length),
      'pass them row-major, [count, dimension]',
    );
  const rows = new Float64Array(values.length);
  const norms = new Float64Array(count);
  const meanSquares = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const largest = largestEntry(values, i * dimension, dimension);
    if (!Number.isFinite(largest))
      throw invalid('finite inputs', `${String(largest)} in input ${i + 1}`, 'leave that input out');
    if (largest === 0) continue;
    let exponent = Math.floor(Math.log2(largest));
    exponent += Math.floor(Math.log2(scaledNorm(values, rows, i * dimension, dimension, exponent)));
    norms[i] = scaledNorm(values, rows, i * dimension, dimension, exponent);
    const rootMeanSquare = (norms[i]! / Math.sqrt(dimension)) * 2 ** exponent;
    meanSquares[i] = rootMeanSquare * rootMeanSquare;
    if (meanSquares[i] === Infinity)
      throw invalid('inputs of finite mean square', `entries up to ${largest}`, 'scale the inputs down');
  }
  return { count, dimension, rows, norms, meanSquares };
}

function largestEntry(values: Float64Array, start: number, length: number): number {
  let largest = 0;
  for (let k = start; k < start + length; k++) {
    const size = Math.abs(values[k]!);
    // Also NaN goes through.
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(largest)) return largest;
  }
  return largest;
}

/** Writes values·2^−exponent into `rows` and returns the norm of what it wrote. */
function scaledNorm(
  values: Float64Array,
  rows: Float64Array,
  start: number,
  length: number,
  exponent: number,
): number {
  // In two steps: the factor alone would overflow for the smallest numbers.
  const half = 2 ** -Math.trunc(exponent / 2);
  const rest = 2 ** -(exponent - Math.trunc(exponent / 2));
  let sum = 0;
  for (let k = start; k < start + length; k++) {
    const value = values[k]! * half * rest;
    rows[k] = value;
    sum += value * value;
  }
  return Math.sqrt(sum);
}

/**
 * Gaps [rows.count, columns.count] in [0, 2]. An input of zeros has gap 1 to others and 0 to another of zeros. For one
 * batch twice (the same object) only the blocks on and above the diagonal are gaps; the rest is for the caller to mirror.
 */
export function inputGaps(rows: ScaledBatch, columns: ScaledBatch): Float64Array {
  const gaps = new Float64Array(rows.count * columns.count);
  const same = rows === columns;
  if (same) upperGram(rows.rows, gaps, rows.count, rows.dimension);
  else multiplyTransposed(rows.rows, columns.rows, gaps, rows.count, rows.dimension, columns.count);
  // 0 for an input of zeros: its gaps become 1.
  const inverses = columns.norms.map((norm) => (norm === 0 ? 0 : 1 / norm));
  for (let i = 0; i < rows.count; i++) {
    const zero = rows.norms[i] === 0;
    const inverse = zero ? 0 : 1 / rows.norms[i]!;
    for (let j = same ? i - (i % BLOCK_SIDE) : 0; j < columns.count; j++) {
      const at = i * columns.count + j;
      const gap = 1 - gaps[at]! * (inverse * inverses[j]!);
      gaps[at] = gap > 2 ? 2 : gap;
      if (gap < NEAR) gaps[at] = gapOfNear(rows, i, columns, j);
      else if (zero && columns.norms[j] === 0) gaps[at] = 0;
    }
  }
  return gaps;
}

/** The gap by differences, for rows that are nearly parallel. */
function gapOfNear(first: ScaledBatch, i: number, second: ScaledBatch, j: number): number {
  const x = first.rows.subarray(i * first.dimension, (i + 1) * first.dimension);
  const y = second.rows.subarray(j * second.dimension, (j + 1) * second.dimension);
  const [p, q] = [first.norms[i]!, second.norms[j]!];
  // Norms near 1 and near 2 may belong to nearly equal inputs.
  const factor = p > q * Math.SQRT2 ? 2 : q > p * Math.SQRT2 ? 0.5 : 1;
  let square = 0;
  let along = 0;
  for (let k = 0; k < x.length; k++) {
    const scaled = factor * y[k]!;
    const difference = x[k]! - scaled;
    square += difference * difference;
    along += difference * (x[k]! + scaled);
  }
  const lengths = along / (p + factor * q);
  return Math.max(0, (square - lengths * lengths) / (2 * p * factor * q));
}
