/**
 * Random orthonormal columns: the first `count` columns of a Haar-distributed orthogonal matrix, exact up to rounding.
 *
 * Method: the product of the reflections by which Householder's QR would triangularise a matrix of normals. What a reflection
 * leaves of the other columns is normal again and independent of it, so that each may be drawn by itself: from a normal
 * vector x of length − i entries, the reflection that takes x to ±|x| e₁, with that sign on the diagonal (Stewart, SIAM J.
 * Numer. Anal. 17(3), 1980; signs as in Mezzadri, Notices of the AMS 54(5), 2007). Forty-eight reflections at a time as
 * I − V T Vᵀ (Schreiber, Van Loan, SIAM J. Sci. Stat. Comput. 10(1), 1989). 2 length count² − ⅔ count³ multiplications and
 * length · count − count²/2 normals.
 *
 * Measured, on one core of 2.5 GHz: max |QᵀQ − I| is 4e-15 at 2048 × 2048, which takes 3.5 s (512 × 512: 0.09 s), and 5e-14 at
 * 1,000,000 × 16 (1.7 s).
 */

import { MeanfieldError, type RandomStream } from '@meanfield/core';

import { multiply } from './multiply.js';
import { packBlockColumns, packColumns, packedProduct, packRows } from './packed-product.js';

/** Reflections applied together */
const BLOCK = 48;

/**
 * Q, row-major [length, count], QᵀQ = I.
 *
 * @throws MeanfieldError INVALID_ARGUMENT unless 1 ≤ count ≤ length, both integers
 */
export function haarFrame(length: number, count: number, stream: RandomStream): Float64Array {
  requireSizes(length, count);
  const frame = new Float64Array(length * count);
  for (let first = BLOCK * Math.floor((count - 1) / BLOCK); first >= 0; first -= BLOCK) {
    const size = Math.min(BLOCK, count - first);
    const reflections = drawReflections(length - first, size, stream);
    for (let i = 0; i < size; i++) frame[(first + i) * (count + 1)] = reflections.signs[i]!;
    reflect(frame, first * (count + 1), { columns: count - first, stride: count }, reflections);
  }
  return frame;
}

interface Reflections {
  readonly length: number;
  readonly size: number;
  /** Rows v with |v|² = 2, [size, length]: I − v vᵀ reflects. The first i entries of row i are 0. */
  readonly vectors: Float64Array;
  /** Of the images: the i-th reflection takes its x to signs[i] |x| e_i */
  readonly signs: Float64Array;
}

function drawReflections(length: number, size: number, stream: RandomStream): Reflections {
  const vectors = new Float64Array(size * length);
  const signs = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const vector = vectors.subarray(i * length + i, (i + 1) * length);
    stream.fillNormal(vector, 1);
    let square = 0;
    for (const entry of vector) square += entry * entry;
    const norm = Math.sqrt(square);
    const head = vector[0]!;
    // The image on the other side of 0 than the head, so that nothing cancels
    signs[i] = head > 0 ? -1 : 1;
    vector[0] = head - signs[i]! * norm;
    const factor = 1 / Math.sqrt(square + Math.abs(head) * norm);
    for (let index = 0; index < vector.length; index++) vector[index]! *= factor;
  }
  return { length, size, vectors, signs };
}

/** T of I − V T Vᵀ = (I − v₀v₀ᵀ)(I − v₁v₁ᵀ) …: upper triangular, column i = −T Vᵀ v_i above its diagonal of 1. */
function triangleOf({ vectors, size, length }: Reflections): Float64Array {
  const products = new Float64Array(size * size);
  const pack = packRows(vectors, size, length);
  packedProduct(pack, pack, products, { rows: size, terms: length, columns: size, upper: true });
  const triangle = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    triangle[i * (size + 1)] = 1;
    for (let row = 0; row < i; row++) {
      let sum = 0;
      for (let k = row; k < i; k++) sum += triangle[row * size + k]! * products[k * size + i]!;
      triangle[row * size + i] = -sum;
    }
  }
  return triangle;
}

/** The block of `matrix` from `offset` on, [length, columns], becomes (I − V T Vᵀ) times it. */
function reflect(
  matrix: Float64Array,
  offset: number,
  { columns, stride }: { readonly columns: number; readonly stride: number },
  reflections: Reflections,
): void {
  const { length, size, vectors } = reflections;
  const products = new Float64Array(size * columns);
  packedProduct(
    packRows(vectors, size, length),
    packBlockColumns(matrix, columns, { offset, stride }),
    products,
    {
      rows: size,
      terms: length,
      columns,
    },
  );
  const shares = new Float64Array(size * columns);
  multiply(triangleOf(reflections), products, shares, size, size, columns);
  packedProduct(
    packBlockColumns(vectors, length, { offset: 0, stride: length, factor: -1 }),
    packColumns(shares, columns),
    matrix,
    { rows: length, terms: size, columns, into: { offset, stride } },
  );
}

function requireSizes(length: number, count: number): void {
  if (Number.isSafeInteger(length) && Number.isSafeInteger(count) && 1 <= count && count <= length) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'at least one column, and no more columns than entries in each',
    found: `${count} columns of ${length} entries`,
    remedy: 'pass whole numbers with 1 ≤ count ≤ length',
  });
}
