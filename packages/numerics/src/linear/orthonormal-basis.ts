/**
 * An orthonormal basis that grows vector by vector.
 *
 * Method: modified Gram–Schmidt against all vectors, again until a pass takes away less than half of what it was given
 * (Daniel, Gragg, Kaufman and Stewart 1976), which leaves inner products of some ε.
 */

import { MeanfieldError } from '@meanfield/core';

export interface Basis {
  readonly count: number;
  /** How many of them are random */
  readonly randoms: number;
  /** Vectors from … from + count − 1, [count, length] */
  vectors(from: number, count: number): Float64Array;
  /**
   * Adds the direction of what `vector` has outside the basis, and returns its coefficients in the basis with that
   * direction. A vector that lies in the basis up to rounding has the coefficient 0 there, and a random direction is
   * added in place of its own. The vector is overwritten.
   */
  add(vector: Float64Array): Float64Array;
  /** Adds a random direction. */
  addRandom(): void;
  /** Takes the part in the basis away from `vector`, in place. */
  removeFrom(vector: Float64Array): void;
}

/** What is left of a vector below this share of the largest yet is rounding. */
const ROUNDING = 1e-14;

/** An empty basis of vectors of `length` numbers; `fillRandom` fills a vector with independent normals. */
export function createBasis(length: number, fillRandom: (vector: Float64Array) => void): Basis {
  let kept = new Float64Array(8 * length);
  let count = 0;
  let randoms = 0;
  let largest = 0;

  /** Adds `vector`, normalised. */
  const push = (vector: Float64Array, norm: number): void => {
    if ((count + 1) * length > kept.length) {
      const longer = new Float64Array(2 * kept.length);
      longer.set(kept);
      kept = longer;
    }
    for (let i = 0; i < length; i++) kept[count * length + i] = vector[i]! / norm;
    count++;
  };

  /** Removes what lies in the basis, adding its coefficients to `coefficients`; the norm of what is left. */
  const remove = (vector: Float64Array, coefficients: Float64Array): number => {
    let norm = normOf(vector);
    requireFinite(norm);
    largest = Math.max(largest, norm);
    for (let before = Infinity; norm <= before / 2 && norm > ROUNDING * largest;) {
      before = norm;
      for (let k = 0; k < count; k++) coefficients[k]! += removeDirection(vector, kept, k * length);
      norm = normOf(vector);
    }
    return norm;
  };

  const addRandom = (): void => {
    const vector = new Float64Array(length);
    const scale = largest;
    randoms++;
    fillRandom(vector);
    push(vector, remove(vector, new Float64Array(count)));
    largest = scale;
  };

  return {
    get count() {
      return count;
    },
    get randoms() {
      return randoms;
    },
    vectors: (from, wanted) => kept.slice(from * length, (from + wanted) * length),
    add: (vector) => {
      const coefficients = new Float64Array(count + 1);
      const norm = remove(vector, coefficients.subarray(0, count));
      if (norm <= ROUNDING * largest) {
        addRandom();
        return coefficients;
      }
      coefficients[count] = norm;
      push(vector, norm);
      return coefficients;
    },
    addRandom,
    removeFrom: (vector) => void remove(vector, new Float64Array(count)),
  };
}

/** Euclidean norm; squares must not leave float64 */
export function normOf(vector: Float64Array): number {
  let square = 0;
  for (const entry of vector) square += entry * entry;
  return Math.sqrt(square);
}

/** vector ← vector − (vector · d) d for the direction d at `from`; returns the product. */
function removeDirection(vector: Float64Array, directions: Float64Array, from: number): number {
  let [even, odd] = [0, 0];
  const { length } = vector;
  let i = 0;
  for (; i + 1 < length; i += 2) {
    even += vector[i]! * directions[from + i]!;
    odd += vector[i + 1]! * directions[from + i + 1]!;
  }
  if (i < length) even += vector[i]! * directions[from + i]!;
  const product = even + odd;
  for (i = 0; i < length; i++) vector[i]! -= product * directions[from + i]!;
  return product;
}

function requireFinite(norm: number): void {
  if (Number.isFinite(norm)) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'products of the map with squares that float64 can hold',
    found: String(norm),
    remedy: 'scale the map',
  });
}
