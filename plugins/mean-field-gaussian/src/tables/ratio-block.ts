/**
 * P(a, s) = √(drop/(q·gap)) on one block of a = √q, where drop = E φφ at c = 1 less the same at gap = 1 − c, both
 * lengths q. So one layer multiplies √gap by σ_w P √(q/q'), and P(a, 0)² = E φ'².
 *
 * The variable is s = √(gap/2) = sin(θ/2) up to gap = 1 ('near') and t = √(1 − gap/2) = cos(θ/2) beyond ('far'): with
 * kinks or without P is analytic in them. Either runs over [0, √½], in panels halved towards 0, where P varies on a
 * length of 1/a, with 20 Chebyshev points each; from these come cells of equal width with 7 × 7 coefficients, made when
 * first asked for.
 */

import { chebyshevCoefficients, chebyshevPoints } from '@meanfield/numerics';

import { CELLS, polynomial, powersOnCell, SAMPLE_POINTS, SAMPLES, TERMS } from './cells.js';

/** Which of s and t */
export type Half = 'near' | 'far';
/** P at a deviation and a value of s or t */
export type Ratio = (deviation: number, s: number) => number;

/** The end of either half: gap = 1 */
export const END: number = Math.SQRT1_2;
const PANEL_POINTS = chebyshevPoints(SAMPLES);
/** Chebyshev terms of a panel beyond which it is cut in two, relative to the largest P */
const NEGLIGIBLE = 2e-15;
const MAX_PANELS = 14;
const FEWEST_CELLS = 64;
const MOST_CELLS = 8192;
export const CELL_SIZE: number = TERMS * TERMS;

export interface RatioBlock {
  /** Number of equal cells on [0, √½] in s or t */
  readonly cells: number;
  /**
   * Cell i in a: [cells in s, TERMS in s, TERMS in a] coefficients of powers, of which those of cell j in s are filled in
   */
  row(i: number, j: number): Float64Array;
  /** The rows that there are, by i; for loops in which a call of `row` counts */
  readonly rows: readonly (Float64Array | undefined)[];
}

/** The panels [0, END/2^m], [END/2^m, END/2^(m−1)], …, [END/2, END], by their ends */
function panelEnds(halvings: number): number[] {
  return [0, ...Array.from({ length: halvings + 1 }, (_, i) => END * 2 ** (i - halvings))];
}

function panelSamples(ratio: Ratio, deviation: number, from: number, to: number): Float64Array {
  return PANEL_POINTS.map((t) => ratio(deviation, from + ((to - from) * (t + 1)) / 2));
}

/** How often [0, END] must be halved towards 0; undefined where that does not help. */
function halvingsFor(ratio: Ratio, deviation: number): number | undefined {
  for (let halvings = 1; halvings < MAX_PANELS; halvings++) {
    const end = END * 2 ** -halvings;
    const series = chebyshevCoefficients(panelSamples(ratio, deviation, 0, end));
    const tail = Math.abs(series[SAMPLES - 1]!) + Math.abs(series[SAMPLES - 2]!);
    if (tail <= NEGLIGIBLE * Math.abs(series[0]!)) return halvings;
  }
  return undefined;
}

/** The table on [2^exponent, 2^(exponent + 1)); undefined where polynomials do not follow P. */
export function ratioBlock(ratio: Ratio, exponent: number): RatioBlock | undefined {
  const low = 2 ** exponent;
  const halvings = halvingsFor(ratio, 2 * low);
  if (halvings === undefined) return undefined;
  const ends = panelEnds(halvings);
  const panels = ends.length - 1;
  const columns = panels * SAMPLES;
  const samples = new Float64Array(SAMPLES * columns);
  for (let i = 0; i < SAMPLES; i++) {
    const deviation = low * (1.5 + SAMPLE_POINTS[i]! / 2);
    for (let panel = 0; panel < panels; panel++) {
      const values = panelSamples(ratio, deviation, ends[panel]!, ends[panel + 1]!);
      samples.set(values, i * columns + panel * SAMPLES);
    }
  }
  const cells = Math.min(MOST_CELLS, Math.max(FEWEST_CELLS, 16 * 2 ** halvings));
  return economised(samples, panels, cells);
}

/** @param samples [SAMPLES in a, panels, SAMPLES in s] */
function economised(samples: Float64Array, panels: number, cells: number): RatioBlock {
  const columns = panels * SAMPLES;
  /** By cell in a: [panels, SAMPLES in s, TERMS in a], coefficients in a of the samples in s */
  const inDeviation: Float64Array[] = [];
  const rows = new Array<Float64Array | undefined>(CELLS).fill(undefined);
  return {
    cells,
    rows,
    row(i, j) {
      const row = (rows[i] ??= new Float64Array(cells * CELL_SIZE));
      // P is above 0 in the middle of a cell, so its first coefficient is 0 only before it is filled in.
      if (row[j * CELL_SIZE] !== 0) return row;
      const values = (inDeviation[i] ??= transposed(powersOnCell(samples, 0, columns, CELLS, i)));
      row.set(cellFrom(values, panels, cells, j), j * CELL_SIZE);
      return row;
    },
  };
}

/** [n, TERMS] from [TERMS, n] */
function transposed(matrix: Float64Array): Float64Array {
  const columns = matrix.length / TERMS;
  const transpose = new Float64Array(matrix.length);
  for (let row = 0; row < TERMS; row++) {
    for (let column = 0; column < columns; column++) {
      transpose[column * TERMS + row] = matrix[row * columns + column]!;
    }
  }
  return transpose;
}

/** Cell j lies in one panel: the panels' ends are whole numbers of cells. */
function cellFrom(row: Float64Array, panels: number, cells: number, j: number): Float64Array {
  const smallest = cells / 2 ** (panels - 1);
  const panel = j < smallest ? 0 : 1 + Math.floor(Math.log2(j / smallest));
  const first = panel === 0 ? 0 : smallest * 2 ** (panel - 1);
  const count = panel === 0 ? smallest : first;
  return powersOnCell(row, panel * SAMPLES * TERMS, TERMS, count, j - first);
}

/** Coefficients of P in s alone, at t ∈ [−1, 1] of the cell's a */
export function collapse(row: Float64Array, j: number, t: number, into: Float64Array): void {
  for (let k = 0; k < TERMS; k++) into[k] = polynomial(row, j * CELL_SIZE + k * TERMS, t);
}

/**
 * P at t of a row's a and u of the s of cell j, both in [−1, 1]. Terms t^k u^m with k + m above 7 are left out, which are
 * smaller than those of order 7 in one variable. Written out, since coefficients are most of the cost of a layer.
 */
export function polynomialInBoth(c: Float64Array, j: number, t: number, u: number): number {
  const at = j * CELL_SIZE;
  const tt = t * t;
  const uu = u * u;
  const c0 = polynomial(c, at, t);
  const c1 = polynomial(c, at + TERMS, t);
  const c2 =
    c[at + 14]! +
    c[at + 15]! * t +
    tt * (c[at + 16]! + c[at + 17]! * t + tt * (c[at + 18]! + c[at + 19]! * t));
  const c3 = c[at + 21]! + c[at + 22]! * t + tt * (c[at + 23]! + c[at + 24]! * t + tt * c[at + 25]!);
  const c4 = c[at + 28]! + c[at + 29]! * t + tt * (c[at + 30]! + c[at + 31]! * t);
  const c5 = c[at + 35]! + c[at + 36]! * t + tt * c[at + 37]!;
  const c6 = c[at + 42]! + c[at + 43]! * t;
  return c0 + c1 * u + uu * (c2 + c3 * u + uu * (c4 + c5 * u + uu * c6));
}

/** Index of the cell of s or t among `cells` */
export const halfCell = (s: number, cells: number): number => Math.min(cells - 1, (s * (cells / END)) | 0);
/** u ∈ [−1, 1] on cell j */
export const withinHalfCell = (s: number, cells: number, j: number): number =>
  2 * (s * (cells / END) - j) - 1;
