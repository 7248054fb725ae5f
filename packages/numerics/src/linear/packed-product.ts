/**
 * The loops around the tiles of a matrix product: operands are packed in the order of use, over at most 512 terms and
 * 2048 columns at a time, so that panels stay in the caches.
 *
 * An entry's terms are summed in order, in parts of at most 512; the same sizes and input give the same bits, always.
 */

import { TILE, TILE_ENTRIES, tiles } from './tile.js';

const MOST_TERMS = 512;
const MOST_COLUMNS = 2048;

/**
 * Writes terms start … start + depth of four vectors (rows of L, columns of R) as [depth][4] from `offset` on, 0 for
 * vectors that are not there.
 */
export type Pack = (
  memory: Float64Array,
  offset: number,
  vector: number,
  start: number,
  depth: number,
) => void;

export interface ProductShape {
  readonly rows: number;
  readonly terms: number;
  readonly columns: number;
  /** Only tiles that hold entries on or above the diagonal */
  readonly upper?: boolean;
  /** R is upper triangular: column j has terms up to j */
  readonly triangularRight?: boolean;
  /** Add to this place of a larger matrix of row length `stride`, instead of writing a matrix [rows, columns] */
  readonly into?: { readonly offset: number; readonly stride: number };
}

/** out [rows, columns] = L R, with L and R as their packers give them. */
export function packedProduct(packLeft: Pack, packRight: Pack, out: Float64Array, shape: ProductShape): void {
  const { rows, terms, columns, upper = false, triangularRight = false, into } = shape;
  const { offset, stride } = into ?? { offset: 0, stride: columns };
  if (into === undefined) out.fill(0, 0, rows * columns);
  const engine = tiles();
  // Parts of nearly equal length: a short one costs as much around the tiles as a long one
  const longest = Math.ceil(terms / Math.max(1, Math.ceil(terms / MOST_TERMS)));
  const left = TILE_ENTRIES;
  const right = left + TILE * longest;
  for (let first = 0; first < columns; first += MOST_COLUMNS) {
    const last = Math.min(columns, first + MOST_COLUMNS);
    const panels = Math.ceil((last - first) / TILE);
    const memory = engine.memory(right + TILE * panels * longest);
    for (let start = 0; start < terms; start += longest) {
      const depth = Math.min(longest, terms - start);
      for (let panel = 0; panel < panels; panel++)
        packRight(memory, right + panel * TILE * depth, first + TILE * panel, start, depth);
      const lastRow = upper ? Math.min(rows, last) : rows;
      for (let row = 0; row < lastRow; row += TILE) {
        packLeft(memory, left, row, start, depth);
        for (let column = upper ? Math.max(first, row) : first; column < last; column += TILE) {
          const used = triangularRight ? Math.min(depth, column + TILE - start) : depth;
          if (used <= 0) continue;
          engine.run(left, right + (column - first) * depth, used);
          const to = offset + row * stride + column;
          addTile(memory, out, to, stride, Math.min(TILE, rows - row), Math.min(TILE, columns - column));
        }
      }
    }
  }
}

function addTile(
  sums: Float64Array,
  out: Float64Array,
  start: number,
  stride: number,
  rows: number,
  columns: number,
): void {
  for (let i = 0, from = 0, to = start; i < rows; i++, from += TILE, to += stride) {
    if (columns === TILE) {
      out[to]! += sums[from]!;
      out[to + 1]! += sums[from + 1]!;
      out[to + 2]! += sums[from + 2]!;
      out[to + 3]! += sums[from + 3]!;
    } else for (let j = 0; j < columns; j++) out[to + j]! += sums[from + j]!;
  }
}

/** A block of a larger row-major matrix of row length `stride`, which begins at `offset`; packed times `factor`, default 1 */
export interface Block {
  readonly offset: number;
  readonly stride: number;
  readonly factor?: number;
}

/** Packs rows of a row-major matrix [count, length]. */
export function packRows(matrix: Float64Array, count: number, length: number): Pack {
  return packBlockRows(matrix, count, { offset: 0, stride: length });
}

/** Packs columns of a row-major matrix [length, count]. */
export function packColumns(matrix: Float64Array, count: number): Pack {
  return packBlockColumns(matrix, count, { offset: 0, stride: count });
}

/** Packs rows of a block with `count` rows. */
export function packBlockRows(matrix: Float64Array, count: number, block: Block): Pack {
  const { offset: origin, stride, factor = 1 } = block;
  return (memory, offset, vector, start, depth) => {
    const first = origin + vector * stride + start;
    if (vector + TILE <= count) packFullRows(memory, offset, matrix, first, { stride, depth, factor });
    else {
      memory.fill(0, offset, offset + TILE * depth);
      for (let i = 0; i < count - vector; i++) {
        const from = first + i * stride;
        for (let l = 0; l < depth; l++) memory[offset + l * TILE + i] = factor * matrix[from + l]!;
      }
    }
  };
}

/** Packs columns of a block with `count` columns. */
export function packBlockColumns(matrix: Float64Array, count: number, block: Block): Pack {
  const { offset: origin, stride, factor = 1 } = block;
  return (memory, offset, vector, start, depth) => {
    const first = origin + start * stride + vector;
    if (vector + TILE <= count) packFullPanel(memory, offset, matrix, first, { stride, depth, factor });
    else {
      memory.fill(0, offset, offset + TILE * depth);
      for (let l = 0, to = offset, from = first; l < depth; l++, to += TILE, from += stride) {
        for (let j = 0; j < count - vector; j++) memory[to + j] = factor * matrix[from + j]!;
      }
    }
  };
}

interface FullPanel {
  readonly stride: number;
  readonly depth: number;
  readonly factor: number;
}

/** Unrolled, a third of the time of a loop over the four that asks whether each is there */
function packFullPanel(
  memory: Float64Array,
  offset: number,
  matrix: Float64Array,
  first: number,
  { stride, depth, factor }: FullPanel,
): void {
  for (let l = 0, to = offset, from = first; l < depth; l++, to += TILE, from += stride) {
    memory[to] = factor * matrix[from]!;
    memory[to + 1] = factor * matrix[from + 1]!;
    memory[to + 2] = factor * matrix[from + 2]!;
    memory[to + 3] = factor * matrix[from + 3]!;
  }
}

/** As `packFullPanel`, the four vectors being rows */
function packFullRows(
  memory: Float64Array,
  offset: number,
  matrix: Float64Array,
  first: number,
  { stride, depth, factor }: FullPanel,
): void {
  const [second, third, fourth] = [first + stride, first + 2 * stride, first + 3 * stride];
  for (let l = 0, to = offset; l < depth; l++, to += TILE) {
    memory[to] = factor * matrix[first + l]!;
    memory[to + 1] = factor * matrix[second + l]!;
    memory[to + 2] = factor * matrix[third + l]!;
    memory[to + 3] = factor * matrix[fourth + l]!;
  }
}
