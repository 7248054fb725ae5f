/**
 * The grid of the tables in the deviation a = √q: blocks [2^k, 2^(k+1)) of 32 equal cells. A function is sampled at 20
 * Chebyshev points of a block, through which goes a polynomial of degree 19; on each cell this is economised to one of
 * degree 6 in powers of t ∈ [−1, 1].
 *
 * On a block a function analytic for Re a > 0 has error 5.8^−20 = 5e-16, on a cell, of 1/64 to 1/32 of a, at most
 * 64^−7 = 2e-13 of its terms of order 7; for tanh, erf and GELU terms of order 7 are 1e-15.
 */

import { chebyshevCoefficients, chebyshevPoints, powerCoefficients } from '@meanfield/numerics';

/** Sampled points of a block */
export const SAMPLES = 20;
/** Cells of a block */
export const CELLS = 32;
/** Coefficients on a cell, in either variable */
export const TERMS = 7;

export const SAMPLE_POINTS: Float64Array = chebyshevPoints(SAMPLES);
const CELL_POINTS = chebyshevPoints(TERMS);

/** The matrix of a linear map, row-major, from its values on unit vectors */
function linearMap(
  rows: number,
  columns: number,
  apply: (values: Float64Array) => Float64Array,
): Float64Array {
  const matrix = new Float64Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    const unit = new Float64Array(columns);
    unit[column] = 1;
    const image = apply(unit);
    for (let row = 0; row < rows; row++) matrix[row * columns + column] = image[row]!;
  }
  return matrix;
}

/** Point j of cell i of `cells` equal ones on [−1, 1] */
function cellPoint(cells: number, i: number, j: number): number {
  return (2 * i + 1 + CELL_POINTS[j]!) / cells - 1;
}

/** Σ c_k T_k(t) by Clenshaw's recurrence */
function chebyshevSum(series: Float64Array, t: number): number {
  let next = 0;
  let sum = 0;
  for (let k = series.length - 1; k > 0; k--) {
    const term = series[k]! + 2 * t * sum - next;
    next = sum;
    sum = term;
  }
  return series[0]! + t * sum - next;
}

const matrices = new Map<number, Float64Array>();

/** [TERMS, SAMPLES]: from 20 samples on [−1, 1] to coefficients of powers on cell i of `cells` equal ones */
function samplesToPowers(cells: number, i: number): Float64Array {
  // i < cells, both whole: a number of its own for every cell where the numbers of cells are powers of two
  const known = matrices.get(cells + i);
  if (known !== undefined) return known;
  const values = new Float64Array(TERMS);
  const matrix = linearMap(TERMS, SAMPLES, (samples) => {
    const series = chebyshevCoefficients(samples);
    for (let j = 0; j < TERMS; j++) values[j] = chebyshevSum(series, cellPoint(cells, i, j));
    return powerCoefficients(chebyshevCoefficients(values));
  });
  matrices.set(cells + i, matrix);
  return matrix;
}

/** The sample nearest to the middle of cell i of `cells` */
const nearestSample = (cells: number, i: number): number =>
  Math.min(SAMPLES - 1, Math.floor((Math.acos(1 - (2 * i + 1) / cells) / Math.PI) * SAMPLES));

/**
 * [TERMS, columns]: coefficients of powers of t on cell i of `cells` equal ones, a power of two, from `samples`, of
 * which [SAMPLES, columns] begin at `start`. Goes by differences from the sample beside the cell, so that
 * rounding counts against these.
 */
export function powersOnCell(
  samples: Float64Array,
  start: number,
  columns: number,
  cells: number,
  i: number,
): Float64Array {
  const matrix = samplesToPowers(cells, i);
  const nearest = start + nearestSample(cells, i) * columns;
  const powers = new Float64Array(TERMS * columns);
  const differences = new Float64Array(SAMPLES);
  for (let column = 0; column < columns; column++) {
    const reference = samples[nearest + column]!;
    for (let sample = 0; sample < SAMPLES; sample++) {
      differences[sample] = samples[start + sample * columns + column]! - reference;
    }
    for (let k = 0; k < TERMS; k++) {
      let sum = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        sum += matrix[k * SAMPLES + sample]! * differences[sample]!;
      }
      powers[k * columns + column] = k === 0 ? reference + sum : sum;
    }
  }
  return powers;
}

/** [CELLS, TERMS]: coefficients on every cell of a block from its samples */
export function powersOnBlock(samples: Float64Array): Float64Array {
  const coefficients = new Float64Array(CELLS * TERMS);
  for (let cell = 0; cell < CELLS; cell++) {
    coefficients.set(powersOnCell(samples, 0, 1, CELLS, cell), cell * TERMS);
  }
  return coefficients;
}

/** Σ_k coefficients[at + k] t^k, k < TERMS, in pairs, which a processor evaluates side by side. */
export function polynomial(coefficients: Float64Array, at: number, t: number): number {
  const square = t * t;
  const low = coefficients[at]! + coefficients[at + 1]! * t;
  const middle = coefficients[at + 2]! + coefficients[at + 3]! * t;
  const high = coefficients[at + 4]! + coefficients[at + 5]! * t + coefficients[at + 6]! * square;
  return low + square * (middle + square * high);
}
