/**
 * The moments of a layer on tables where lengths are equal and in range, and as they are computed directly elsewhere.
 *
 * With drop = q gap P², E φ'φ' = (1/q) d drop/d gap is P (P + s dP/ds) in s = √(gap/2), and P (P − (1 − t²) (dP/dt)/t) in
 * t = √(1 − gap/2).
 */

import type { CentredMoments } from '../centred-moments.js';
import { polynomial, TERMS } from './cells.js';
import {
  cellOf,
  exponentOf,
  withinCell,
  type EqualLengthTables,
  type LengthMoment,
  type LengthMoments,
} from './equal-length-tables.js';
import { collapse, END, halfCell, polynomialInBoth, withinHalfCell } from './ratio-block.js';

/** Up to this t rounding of dP/dt counts too much. */
const SMALLEST_FAR = 0.02;

/** Where P is looked up */
interface Place {
  readonly row: Float64Array;
  readonly j: number;
  /** Within the cell, in a and in s or t */
  readonly inDeviation: number;
  readonly inHalf: number;
  /** s or t, the latter where `far` */
  readonly half: number;
  readonly far: boolean;
  /** Cells per unit of s or t */
  readonly density: number;
}

function placeOf(tables: EqualLengthTables, q: number, gap: number): Place | undefined {
  const far = gap > 1;
  const deviation = Math.sqrt(q);
  const exponent = exponentOf(deviation);
  const block = tables.ratios(far ? 'far' : 'near', exponent);
  if (block === undefined) return undefined;
  const half = Math.sqrt(far ? 1 - gap / 2 : gap / 2);
  const scaled = deviation * 2 ** -exponent;
  const i = cellOf(scaled);
  const j = halfCell(half, block.cells);
  return {
    row: block.row(i, j),
    j,
    inDeviation: withinCell(scaled, i),
    inHalf: withinHalfCell(half, block.cells, j),
    half,
    far,
    density: block.cells / END,
  };
}

const collapsed = new Float64Array(TERMS);

/** E φ'φ'; undefined where the table would not give it */
function derivativeProductAt({ row, j, inDeviation, inHalf, half, far, density }: Place): number | undefined {
  if (far && half < SMALLEST_FAR) return undefined;
  collapse(row, j, inDeviation, collapsed);
  let slope = 0;
  for (let k = TERMS - 1; k > 0; k--) slope = slope * inHalf + k * collapsed[k]!;
  slope *= 2 * density;
  const value = polynomial(collapsed, 0, inHalf);
  return value * (far ? value - ((1 - half * half) * slope) / half : value + half * slope);
}

/** @param lengths what the tables of one pre-activation were made from */
export function tabulatedMoments(
  direct: CentredMoments,
  lengths: LengthMoments,
  tables: EqualLengthTables,
  kappa: number,
): CentredMoments {
  const lookedUp =
    (moment: LengthMoment) =>
    (q: number): number => {
      const deviation = Math.sqrt(q);
      const exponent = exponentOf(deviation);
      const table = tables.length(moment, exponent);
      if (table === undefined) return lengths[moment](q);
      const scaled = deviation * 2 ** -exponent;
      const cell = cellOf(scaled);
      return polynomial(table, cell * TERMS, withinCell(scaled, cell));
    };
  const activationMeanSquare = lookedUp('meanSquare');
  const meanSquareSlope = lookedUp('meanSquareSlope');
  const mean = lookedUp('mean');
  const meanSlope = lookedUp('meanSlope');
  const derivativeMeanSquare = lookedUp('derivativeMeanSquare');
  return {
    method: direct.method,
    activationMeanSquare,
    mean,
    meanSquare: (q) => activationMeanSquare(q) - (kappa === 0 ? 0 : kappa * mean(q) ** 2),
    meanSquareSlope: (q) => meanSquareSlope(q) - (kappa === 0 ? 0 : 2 * kappa * mean(q) * meanSlope(q)),
    shortfall: (q1, q2, weightVariance, biasVariance) =>
      direct.shortfall(q1, q2, weightVariance, biasVariance),
    productDrop(q1, q2, gap) {
      const place = q1 === q2 ? placeOf(tables, q1, gap) : undefined;
      if (place === undefined) return direct.productDrop(q1, q2, gap);
      const ratio = polynomialInBoth(place.row, place.j, place.inDeviation, place.inHalf);
      return q1 * gap * ratio * ratio;
    },
    derivativeProduct(q1, q2, gap) {
      if (q1 === q2 && gap === 0) return derivativeMeanSquare(q1);
      const place = q1 === q2 ? placeOf(tables, q1, gap) : undefined;
      const tabulated = place === undefined ? undefined : derivativeProductAt(place);
      return tabulated ?? direct.derivativeProduct(q1, q2, gap);
    },
  };
}
