/**
 * X = Q F for a tall batch X, rows × M: Q has orthonormal columns, F is the square root of the Gram matrix, XᵀX = FᵀF.
 *
 * Cholesky's F = U of XᵀX alone would lose differences of columns below √ε of their length, since XᵀX carries their squares:
 * correlations nearer to 1 than 1e-16 would be lost. So columns whose part beyond the earlier ones is below √`DEFERRED` of
 * their length are set aside, replaced by that part, E = X_D − X_A C, computed twice on the batch itself, and factored
 * on their own: X_A = Q_A U_A, E = Q_E F_E, and X_D = Q_A U_A C + Q_E F_E. Block Gram–Schmidt with reorthogonalisation
 * (Giraud, Langou and Rozložník 2005). F is then good to about ε of the lengths of its columns, in the sense of QR: gaps
 * 1 − c of columns are right to relative 1e-6 down to 1e-18 and to their order of magnitude at 1e-28 (measured). Parts at
 * rounding level are 0.
 *
 * Cost: rows · M² multiplications (twice that where columns are set aside) and M³/3.
 */

import { MeanfieldError } from '@meanfield/core';

import { choleskyInOrder, solveRight, solveUpper, solveUpperTransposed } from '../linear/cholesky.js';
import { mirrorUpper } from '../linear/multiply.js';
import { MOST_NARROW, narrowGram, narrowMultiply } from '../linear/narrow-product.js';
import { packBlockColumns, packBlockRows, packColumns, packedProduct } from '../linear/packed-product.js';

/** Squared share of a column beyond the earlier ones below which it is set aside: Cholesky has 1e-8 of such a share right. */
const DEFERRED = 1e-8;
/** A part of so many ε of its column's length, for each column before it, is rounding */
const ROUNDING = 8;
/** Sums of squares above it, and below its inverse, lost nothing to under- or overflow */
const SAFE_SQUARE = 2 ** -500;

export interface BatchRoot {
  /** F, [rank, columns] */
  readonly factor: Float64Array;
  readonly rank: number;
  /** Whether F is upper triangular: no column was set aside */
  readonly triangular: boolean;
  /**
   * Rows y of the space that X's rows span, [count, columns], become y F⁺, [count, rank]: for y a row of X, the row of Q. In y
   * itself where all columns are kept.
   */
  whiten(y: Float64Array, count: number): Float64Array;
}

/** The columns of a batch: `values` [rows, columns], and one more row where there is one */
export interface BatchRows {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** A further row, [columns] */
  readonly extra?: Float64Array;
}

/** @throws MeanfieldError INVALID_ARGUMENT when entries are not finite */
export function batchRoot(batch: BatchRows): BatchRoot {
  return rootAbove(batch, new Float64Array(batch.columns));
}

/** @param least lengths at or below which a column is 0 */
function rootAbove(batch: BatchRows, least: Float64Array): BatchRoot {
  const { columns } = batch;
  const { full, unit } = gramInUnit(batch);
  const lengths = Float64Array.from({ length: columns }, (_, i) => Math.sqrt(full[i * columns + i]!) / unit);
  const isZero = Array.from(lengths, (length, i) => length <= least[i]!);
  // A zero row is left out by its pivot.
  const factor = full.map((each, at) =>
    isZero[Math.floor(at / columns)]! || isZero[at % columns]! ? 0 : each,
  );
  const kept = choleskyInOrder(factor, columns, DEFERRED);
  if (kept.length === columns) {
    scale(factor, 1 / unit);
    return { factor, rank: columns, triangular: true, whiten: whitener(factor, columns) };
  }
  const keptSet = new Set(kept);
  const aside = Int32Array.from(lengths.keys()).filter((i) => !keptSet.has(i) && !isZero[i]!);
  return withColumnsAside(batch, { full, unit, lengths, least, kept, aside });
}

/** unit² XᵀX in the unit 1, or where squares of the entries leave float64, in one in which they do not. */
function gramInUnit(batch: BatchRows): { readonly full: Float64Array; readonly unit: number } {
  const { columns } = batch;
  const full = gram(batch, 1);
  let safe = true;
  for (let i = 0; i < columns; i++) {
    const square = full[i * columns + i]!;
    safe &&= square > SAFE_SQUARE && square < 1 / SAFE_SQUARE;
  }
  const unit = safe ? 1 : unitOf(batch);
  return { full: unit === 1 ? full : gram(batch, unit), unit };
}

/** A power of two that brings the largest entry near 1; 1 where all are 0. */
function unitOf({ values, extra = new Float64Array(0) }: BatchRows): number {
  // Not a number is passed on: the maximum is then NaN.
  const larger = (most: number, each: number): number => Math.max(most, Math.abs(each));
  const largest = values.reduce(larger, extra.reduce(larger, 0));
  if (largest === 0) return 1;
  if (largest < Infinity) return 2 ** -Math.round(Math.log2(largest));
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'signals that are finite numbers',
    found: String(largest),
    remedy: 'choose a smaller σ_w², inputs or depth',
  });
}

function scale(values: Float64Array, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < values.length; i++) values[i]! *= factor;
}

function whitener(factor: Float64Array, columns: number): BatchRoot['whiten'] {
  if (columns > MOST_NARROW) {
    return (y, count) => {
      solveRight(factor, columns, y, count);
      return y;
    };
  }
  // Pivots are above 1e-8 of the diagonal, so that the inverse is as good as a solution, and quicker for very many rows.
  const inverse = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) inverse[i * columns + i] = 1;
  solveRight(factor, columns, inverse, columns);
  return (y, count) => {
    narrowMultiply(y, inverse, y, { rows: count, terms: columns, columns });
    return y;
  };
}

/** unit² XᵀX, [columns, columns] */
function gram(batch: BatchRows, unit: number): Float64Array {
  const { values, rows, columns, extra } = batch;
  const out = new Float64Array(columns * columns);
  if (columns <= MOST_NARROW && unit === 1) narrowGram(values, out, rows, columns);
  else {
    const pack = packBlockColumns(values, columns, { offset: 0, stride: columns, factor: unit });
    packedProduct(pack, pack, out, { rows: columns, terms: rows, columns, upper: true });
  }
  if (extra !== undefined) {
    for (let i = 0; i < columns; i++) {
      for (let j = i; j < columns; j++) out[i * columns + j]! += unit * extra[i]! * (unit * extra[j]!);
    }
  }
  mirrorUpper(out, columns);
  return out;
}

interface Aside {
  /** unit² XᵀX */
  readonly full: Float64Array;
  readonly unit: number;
  /** Lengths of columns, and those at or below which they are 0 */
  readonly lengths: Float64Array;
  readonly least: Float64Array;
  readonly kept: Int32Array;
  readonly aside: Int32Array;
}

function withColumnsAside(batch: BatchRows, { full, unit, lengths, least, kept, aside }: Aside): BatchRoot {
  const { columns } = batch;
  const [a, d] = [kept.length, aside.length];
  const upper = pick(full, columns, kept, kept);
  choleskyInOrder(upper, a, 0);
  // C = (X_AᵀX_A)⁻¹ X_AᵀX_D; then what that left of X_A in E, taken out once more.
  const coefficients = pick(full, columns, kept, aside);
  solveNormal(upper, a, coefficients, d);
  const keptBatch = pickColumns(batch, kept);
  const parts = pickColumns(batch, aside);
  subtractProduct(parts, keptBatch, coefficients);
  const left = crossProducts(keptBatch, parts, unit);
  solveNormal(upper, a, left, d);
  subtractProduct(parts, keptBatch, left);
  for (let i = 0; i < a * d; i++) coefficients[i]! += left[i]!;
  scale(upper, 1 / unit);
  const rounding = ROUNDING * Number.EPSILON * Math.sqrt(a);
  const rest = rootAbove(
    parts,
    Float64Array.from(aside, (i) => Math.max(least[i]!, rounding * lengths[i]!)),
  );
  const rank = a + rest.rank;
  const factor = assemble({ columns, rank, kept, aside, upper, coefficients, rest });
  return {
    factor,
    rank,
    triangular: false,
    whiten: (y, count) => whitenBoth(y, count, { columns, kept, aside, upper, coefficients, rest }),
  };
}

interface Split {
  readonly columns: number;
  readonly kept: Int32Array;
  readonly aside: Int32Array;
  /** U_A */
  readonly upper: Float64Array;
  /** C, [kept, aside] */
  readonly coefficients: Float64Array;
  readonly rest: BatchRoot;
}

/** F = [U_A, U_A C; 0, F_E], columns in the order of the batch. */
function assemble(split: Split & { readonly rank: number }): Float64Array {
  const { columns, rank, kept, aside, upper, coefficients, rest } = split;
  const [a, d] = [kept.length, aside.length];
  const factor = new Float64Array(rank * columns);
  for (let row = 0; row < a; row++) {
    for (let j = row; j < a; j++) factor[row * columns + kept[j]!] = upper[row * a + j]!;
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let k = row; k < a; k++) sum += upper[row * a + k]! * coefficients[k * d + j]!;
      factor[row * columns + aside[j]!] = sum;
    }
  }
  for (let row = 0; row < rest.rank; row++) {
    for (let j = 0; j < d; j++) factor[(a + row) * columns + aside[j]!] = rest.factor[row * d + j]!;
  }
  return factor;
}

/** [y_A U_A⁻¹, (y_D − y_A C) F_E⁺] */
function whitenBoth(y: Float64Array, count: number, split: Split): Float64Array {
  const { columns, kept, aside, upper, coefficients, rest } = split;
  const rows = { values: y, rows: count, columns };
  const first = pickColumns(rows, kept);
  const second = pickColumns(rows, aside);
  subtractProduct(second, first, coefficients);
  solveRight(upper, kept.length, first.values, count);
  const beyond = rest.whiten(second.values, count);
  const rank = kept.length + rest.rank;
  const out = new Float64Array(count * rank);
  for (let row = 0; row < count; row++) {
    out.set(first.values.subarray(row * kept.length, (row + 1) * kept.length), row * rank);
    out.set(beyond.subarray(row * rest.rank, (row + 1) * rest.rank), row * rank + kept.length);
  }
  return out;
}

/** (UᵀU)⁻¹ B in place of B, [n, columns] */
function solveNormal(upper: Float64Array, n: number, b: Float64Array, columns: number): void {
  solveUpperTransposed(upper, n, b, columns);
  solveUpper(upper, n, b, columns);
}

/** E −= A C, the further rows too */
function subtractProduct(e: BatchRows, a: BatchRows, coefficients: Float64Array): void {
  subtractRows(e.values, a.values, coefficients, e.rows, a.columns, e.columns);
  if (e.extra !== undefined && a.extra !== undefined)
    subtractRows(e.extra, a.extra, coefficients, 1, a.columns, e.columns);
}

function subtractRows(
  e: Float64Array,
  a: Float64Array,
  coefficients: Float64Array,
  rows: number,
  terms: number,
  columns: number,
): void {
  packedProduct(
    packBlockRows(a, rows, { offset: 0, stride: terms, factor: -1 }),
    packColumns(coefficients, columns),
    e,
    {
      rows,
      terms,
      columns,
      into: { offset: 0, stride: columns },
    },
  );
}

/** unit² AᵀE, [A's columns, E's columns] */
function crossProducts(a: BatchRows, e: BatchRows, unit: number): Float64Array {
  const out = new Float64Array(a.columns * e.columns);
  const shape = { rows: a.columns, terms: a.rows, columns: e.columns };
  const packed = ({ values, columns }: BatchRows): ReturnType<typeof packColumns> =>
    packBlockColumns(values, columns, { offset: 0, stride: columns, factor: unit });
  packedProduct(packed(a), packed(e), out, shape);
  if (a.extra !== undefined && e.extra !== undefined) {
    for (let i = 0; i < a.columns; i++) {
      for (let j = 0; j < e.columns; j++)
        out[i * e.columns + j]! += unit * a.extra[i]! * (unit * e.extra[j]!);
    }
  }
  return out;
}

/** The entries of a square matrix at these rows and columns */
function pick(matrix: Float64Array, size: number, rows: Int32Array, columns: Int32Array): Float64Array {
  const out = new Float64Array(rows.length * columns.length);
  let at = 0;
  for (const i of rows) for (const j of columns) out[at++] = matrix[i * size + j]!;
  return out;
}

function pickColumns({ values, rows, columns, extra }: BatchRows, chosen: Int32Array): BatchRows {
  const picked = new Float64Array(rows * chosen.length);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const column of chosen) picked[at++] = values[row * columns + column]!;
  }
  const rest = extra === undefined ? {} : { extra: Float64Array.from(chosen, (column) => extra[column]!) };
  return { values: picked, rows, columns: chosen.length, ...rest };
}
