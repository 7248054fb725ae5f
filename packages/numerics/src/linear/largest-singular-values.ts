/**
 * The largest singular values of a linear map that is known by its products alone.
 *
 * Method: Golub–Kahan–Lanczos bidiagonalisation in blocks, with all vectors kept and orthogonalised again in full
 * (Golub, Luk and Overton 1981): orthonormal V and U with A V = U B and Aᵀ U = V Bᵀ + V₊ S, and the singular values of the small B as values
 * of A. For B p' = σ p the residual is ‖Aᵀ U p − σ V p'‖ = ‖S p‖, so that A has a singular value within ‖S p‖/√2 of σ.
 * Values that are repeated are found up to four times, the block's size, and more often where the space closes, which is then
 * left with a random block. Against values of full spectra: within 1e-13 of them, relative to the largest, where bounds are below
 * 1e-7, since errors go with the bound's square.
 */

import { MeanfieldError, type RandomStream } from '@meanfield/core';

import { createBasis, normOf, type Basis } from './orthonormal-basis.js';
import { orthogonaliseRows } from './orthogonal-rows.js';

/** A linear map A of `columns` numbers to `rows` numbers; vectors lie one behind the other, `count` at once. */
export interface LinearMap {
  readonly rows: number;
  readonly columns: number;
  /** A v for vectors [count, columns], as [count, rows] */
  apply(vectors: Float64Array, count: number): Float64Array;
  /** Aᵀ u for vectors [count, rows], as [count, columns] */
  applyTransposed(vectors: Float64Array, count: number): Float64Array;
}

export interface LargestOptions {
  /** Values wanted, at most min(rows, columns) */
  readonly count: number;
  /** Stop when every bound is below this share of the largest value; default 1e-8 */
  readonly tolerance?: number;
  /** Vectors kept on each side at most; default 400, at least 4 more than the count */
  readonly most?: number;
}

export interface BoundedValue {
  readonly value: number;
  /** The map has a singular value within this of `value`; above the tolerance where `most` vectors did not do */
  readonly bound: number;
}

/** Vectors multiplied at once: as many as a tile of the matrix product has */
const BLOCK = 4;
/** Between two looks at the values, the space grows by this factor: looking costs the cube of its size. */
const GROWTH = 1.15;

/**
 * The `count` largest singular values, decreasing; values of the space that was searched, so never too large but for
 * rounding. A map is multiplied by about `most`/4 blocks of 4 vectors each way at most. Squares of its values must not leave
 * float64. Throws INVALID_ARGUMENT for a count out of range or products that are not finite.
 *
 * @param stream gives the starting vectors
 */
export function largestSingularValues(
  map: LinearMap,
  { count, tolerance = 1e-8, most = 400 }: LargestOptions,
  stream: RandomStream,
): readonly BoundedValue[] {
  const size = Math.min(map.rows, map.columns);
  requireCount(count, size);
  // Whole blocks, unless the space is full: the remainder is that of all vectors so far.
  const limit = Math.min(size, BLOCK * Math.ceil(Math.max(most, count + BLOCK) / BLOCK));
  const space = startSpace(map.rows < map.columns ? transposedMap(map) : map, stream);
  let next = Math.min(limit, count + BLOCK);
  let known: readonly BoundedValue[] = [];
  for (;;) {
    while (space.right.count < next) expand(space, Math.min(BLOCK, size - space.right.count));
    const values = boundedValues(space, count);
    const least = tolerance * values[0]!.value;
    const enough = values.every(({ bound }) => bound <= least);
    // A space that closed may hold a value less often than it is repeated: the random vectors put in tell.
    const closed = space.right.randoms + space.left.randoms > BLOCK;
    const settled = !closed || values.every(({ value }, i) => value - (known[i]?.value ?? 0) <= least);
    if ((enough && settled) || space.right.count >= limit) return values;
    known = values;
    next = Math.min(limit, Math.max(space.right.count + BLOCK, Math.ceil(space.right.count * GROWTH)));
  }
}

function requireCount(count: number, size: number): void {
  if (Number.isSafeInteger(count) && count >= 1 && count <= size) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a number of singular values from 1 to ${size}`,
    found: String(count),
    remedy: 'choose one that the map has',
  });
}

const transposedMap = (map: LinearMap): LinearMap => ({
  rows: map.columns,
  columns: map.rows,
  apply: (vectors, count) => map.applyTransposed(vectors, count),
  applyTransposed: (vectors, count) => map.apply(vectors, count),
});

interface Space {
  readonly map: LinearMap;
  readonly right: Basis;
  readonly left: Basis;
  /** Columns of B: entry j has the coefficients of A v_j in u_0 … u_j */
  readonly bidiagonal: Float64Array[];
  /** V₊ S: Aᵀ u of the last block, less their parts in V, from which the next block is made */
  remainder: { readonly vectors: Float64Array; readonly count: number };
}

function startSpace(map: LinearMap, stream: RandomStream): Space {
  const random = (vector: Float64Array): void => stream.fillNormal(vector, 1);
  return {
    map,
    right: createBasis(map.columns, random),
    left: createBasis(map.rows, random),
    bidiagonal: [],
    remainder: { vectors: new Float64Array(0), count: 0 },
  };
}

/** Adds `count` vectors on either side. */
function expand(space: Space, count: number): void {
  const { map, right, left, bidiagonal, remainder } = space;
  const { rows, columns } = map;
  const from = right.count;
  for (let k = 0; k < count; k++) {
    if (k < remainder.count) right.add(remainder.vectors.subarray(k * columns, (k + 1) * columns));
    else right.addRandom();
  }
  const images = map.apply(right.vectors(from, count), count);
  for (let k = 0; k < count; k++) bidiagonal.push(left.add(images.subarray(k * rows, (k + 1) * rows)));
  const vectors = map.applyTransposed(left.vectors(from, count), count);
  for (let k = 0; k < count; k++) right.removeFrom(vectors.subarray(k * columns, (k + 1) * columns));
  space.remainder = { vectors, count };
}

/** Largest values of B, with the bounds that the remainder gives. */
function boundedValues(space: Space, count: number): readonly BoundedValue[] {
  const { bidiagonal, remainder, map } = space;
  const size = bidiagonal.length;
  // Rows of Bᵀ: rotated until orthogonal, row i is σ_i p_iᵀ.
  const matrix = new Float64Array(size * size);
  bidiagonal.forEach((column, j) => matrix.set(column, j * size));
  orthogonaliseRows(matrix, size, size);
  return Array.from({ length: size }, (_, i) => matrix.subarray(i * size, (i + 1) * size))
    .map((row) => ({ row, value: normOf(row) }))
    .sort((a, b) => b.value - a.value)
    .slice(0, count)
    .map(({ row, value }) => {
      // A row of zeros has no direction p: what any direction of norm 1 may have is below the norm of S.
      const residual =
        value === 0
          ? normOf(remainder.vectors)
          : combinationNorm(remainder.vectors, map.columns, row.subarray(size - remainder.count)) / value;
      return { value, bound: residual / Math.SQRT2 };
    });
}

/** ‖Σ_k weights_k vector_k‖ */
function combinationNorm(vectors: Float64Array, length: number, weights: Float64Array): number {
  let square = 0;
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += weights[k]! * vectors[k * length + i]!;
    square += sum * sum;
  }
  return Math.sqrt(square);
}
