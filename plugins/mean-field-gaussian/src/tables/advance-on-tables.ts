/**
 * Many layers of two signals of equal length, on tables: a = √q and s = √(gap/2) are carried, of which one layer makes
 * a' = √V(q) and s' = s σ_w P(a, s) a/a'. Once q repeats, P becomes a polynomial in s alone; once s repeats too,
 * nothing is left to do. Only the first and last layers touch gaps; no object is made on the way.
 */

import type { Progress } from '../advance.js';
import type { Rows } from '../gaussian-map.js';
import { polynomial, TERMS } from './cells.js';
import { cellOf, exponentOf, withinCell, type EqualLengthTables } from './equal-length-tables.js';
import {
  CELL_SIZE,
  collapse,
  END,
  halfCell,
  polynomialInBoth,
  withinHalfCell,
  type RatioBlock,
} from './ratio-block.js';

/** As many layers as one block of tables covers; false where there is no table for the next one. */
export function advanceOnTables(
  tables: EqualLengthTables,
  { weightVariance, biasVariance, kappa }: Rows,
  progress: Progress,
): boolean {
  let { q, s, left } = progress;
  let a = Math.sqrt(q);
  const exponent = exponentOf(a);
  const far = s > END;
  const block = tables.ratios(far ? 'far' : 'near', exponent);
  const squares = tables.length('meanSquare', exponent);
  const means = kappa === 0 ? squares : tables.length('mean', exponent);
  if (block === undefined || squares === undefined || means === undefined) return false;
  const { rows, cells } = block;
  const scale = 2 ** -exponent;
  const weightDeviation = Math.sqrt(weightVariance);
  for (; left > 0; left--) {
    const scaled = a * scale;
    if (!(scaled >= 1 && scaled < 2) || s > END !== far) break;
    const i = cellOf(scaled);
    const t = withinCell(scaled, i);
    let moment = polynomial(squares, i * TERMS, t);
    if (kappa !== 0) moment -= kappa * polynomial(means, i * TERMS, t) ** 2;
    const next = moment > 0 ? weightVariance * moment + biasVariance : biasVariance;
    if (next === 0) break;
    if (Math.abs(next - q) <= Number.EPSILON * q) {
      progress.q = next;
      progress.s = s;
      progress.left = left;
      settle(block, i, t, weightDeviation, far, progress);
      return true;
    }
    const half = far ? Math.sqrt(1 - s * s) : s;
    const j = halfCell(half, cells);
    let row = rows[i];
    if (row === undefined || row[j * CELL_SIZE] === 0) row = block.row(i, j);
    const ratio = polynomialInBoth(row, j, t, withinHalfCell(half, cells, j));
    const nextDeviation = Math.sqrt(next);
    s *= ratio * (weightDeviation * (a / nextDeviation));
    if (s > 1) s = 1;
    a = nextDeviation;
    q = next;
  }
  const advanced = left < progress.left;
  progress.q = q;
  progress.s = s;
  progress.left = left;
  return advanced;
}

const line = new Float64Array(TERMS);

/** Layers at a length that repeats, until s does too or leaves its half. */
function settle(
  block: RatioBlock,
  i: number,
  t: number,
  weightDeviation: number,
  far: boolean,
  progress: Progress,
): void {
  const doubled = (2 * block.cells) / END;
  let { s, left } = progress;
  // u = doubled · (s or t) − shift is within [−1, 1] on the cell whose line is at hand.
  let shift = Infinity;
  for (; left > 0 && s > END === far; left--) {
    const half = far ? Math.sqrt(1 - s * s) : s;
    let u = doubled * half - shift;
    if (!(u >= -1 && u <= 1)) {
      const j = halfCell(half, block.cells);
      collapse(block.row(i, j), j, t, line);
      shift = 2 * j + 1;
      u = doubled * half - shift;
    }
    let next = s * weightDeviation * polynomial(line, 0, u);
    if (next > 1) next = 1;
    if (next === s) {
      left = 0;
      break;
    }
    s = next;
  }
  progress.s = s;
  progress.left = left;
}
