/**
 * Which phase each pixel of a diagram belongs to.
 *
 * A grid alone gives blocks. Boundary curves are known much more exactly, so a pixel takes the phase of the
 * nearest grid point on the SAME SIDE of every curve: sides are told apart by the parity of the crossings
 * that a ray to the left and a ray downwards make with each curve. A grid point ON a curve is on no side and
 * speaks for no pixel: a whole column may lie on a vertical boundary. Without curves the blocks remain.
 */

import { type Box } from '../draw/svg.js';

/** A boundary in px, in pieces where it has gaps. */
export type Polyline = readonly (readonly [number, number])[];

export interface GridPositions {
  /** px of the grid's columns, increasing, and of its rows, in the data's order */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

/** For each pixel, row by row from the top, [row, column] of the grid point that speaks for it. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly nearest: readonly (readonly [number, number])[];
}

const SEARCH = 3;

/** Where polylines cross the line `across = position`, as coordinates along that line, in order. */
function crossings(pieces: readonly Polyline[], position: number, across: 0 | 1): number[] {
  const along = across === 0 ? 1 : 0;
  const found: number[] = [];
  for (const piece of pieces) {
    for (let index = 1; index < piece.length; index++) {
      const [from, to] = [piece[index - 1] ?? [0, 0], piece[index] ?? [0, 0]];
      // Half-open, so that a vertex is counted once
      if (from[across] <= position === to[across] <= position) continue;
      const t = (position - from[across]) / (to[across] - from[across]);
      found.push(from[along] + t * (to[along] - from[along]));
    }
  }
  return found.sort((a, b) => a - b);
}

const parityBefore = (sorted: readonly number[], position: number): number => {
  let count = 0;
  for (const each of sorted) if (each < position) count++;
  return count % 2;
};

/** Sides of all curves as a bit pattern, for points on a lattice of given columns and rows. */
function sidesOnLattice(
  curves: readonly (readonly Polyline[])[],
  columns: readonly number[],
  rows: readonly number[],
): (row: number, column: number) => number {
  const byRow = rows.map((y) => curves.map((curve) => crossings(curve, y, 1)));
  const byColumn = columns.map((x) => curves.map((curve) => crossings(curve, x, 0)));
  return (row, column) => {
    let sides = 0;
    for (let index = 0; index < curves.length; index++) {
      const left = parityBefore(byRow[row]?.[index] ?? [], columns[column] ?? 0);
      const above = parityBefore(byColumn[column]?.[index] ?? [], rows[row] ?? 0);
      sides = sides * 4 + left * 2 + above;
    }
    return sides;
  };
}

/** px: nearer points lie on the curve as far as a figure can tell. */
const ON_CURVE = 0.5;

const distanceToPiece = (x: number, y: number, piece: Polyline): number =>
  Math.min(
    ...piece.slice(1).map((to, index) => {
      const from = piece[index] ?? to;
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      const t = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1);
      const nearest = Math.min(1, Math.max(0, t));
      return Math.hypot(x - from[0] - nearest * dx, y - from[1] - nearest * dy);
    }),
  );

/**
 * Sides of all grid points, null on a curve. The grid is pulled towards the plot's middle by a hair, so that
 * its outermost points are no end points of curves that run from edge to edge.
 */
function sidesOfGrid(
  box: Box,
  { columns, rows }: GridPositions,
  curves: readonly (readonly Polyline[])[],
): (number | null)[][] {
  const pull = (position: number, middle: number): number => position + (middle - position) * 1e-4;
  const xs = columns.map((x) => pull(x, box.x + box.width / 2));
  const ys = rows.map((y) => pull(y, box.y + box.height / 2));
  const sides = sidesOnLattice(curves, xs, ys);
  return ys.map((y, row) =>
    xs.map((x, column) => {
      const onCurve = curves.some((pieces) =>
        pieces.some((piece) => distanceToPiece(x, y, piece) < ON_CURVE),
      );
      return onCurve ? null : sides(row, column);
    }),
  );
}

const nearestIndex = (positions: readonly number[], position: number): number => {
  let best = 0;
  positions.forEach((each, index) => {
    if (Math.abs(each - position) < Math.abs((positions[best] ?? 0) - position)) best = index;
  });
  return best;
};

export function rasterise(box: Box, grid: GridPositions, curves: readonly (readonly Polyline[])[]): Raster {
  const [width, height] = [Math.ceil(box.width), Math.ceil(box.height)];
  const xs = Array.from({ length: width }, (_, index) => box.x + index + 0.5);
  const ys = Array.from({ length: height }, (_, index) => box.y + index + 0.5);
  const pixelSides = sidesOnLattice(curves, xs, ys);
  const sidesAt = sidesOfGrid(box, grid, curves);
  const [nearColumn, nearRow] = [
    xs.map((x) => nearestIndex(grid.columns, x)),
    ys.map((y) => nearestIndex(grid.rows, y)),
  ];

  const choose = (py: number, px: number): readonly [number, number] => {
    const [row, column] = [nearRow[py] ?? 0, nearColumn[px] ?? 0];
    const sides = pixelSides(py, px);
    if (sidesAt[row]?.[column] === sides) return [row, column];
    let [best, distance]: [readonly [number, number], number] = [[row, column], Infinity];
    for (let r = Math.max(0, row - SEARCH); r <= Math.min(grid.rows.length - 1, row + SEARCH); r++) {
      for (
        let c = Math.max(0, column - SEARCH);
        c <= Math.min(grid.columns.length - 1, column + SEARCH);
        c++
      ) {
        if (sidesAt[r]?.[c] !== sides) continue;
        const away = Math.hypot((grid.rows[r] ?? 0) - (ys[py] ?? 0), (grid.columns[c] ?? 0) - (xs[px] ?? 0));
        if (away < distance) [best, distance] = [[r, c], away];
      }
    }
    return best;
  };
  return { width, height, nearest: ys.flatMap((_, py) => xs.map((__, px) => choose(py, px))) };
}

/** One path for each key: the pixels that have it, as few rectangles as equal rows allow. Null is not drawn. */
export function pathsByKey(
  box: Box,
  raster: Raster,
  keyOf: (cell: readonly [number, number]) => string | null,
): Map<string, string> {
  const keys = raster.nearest.map(keyOf);
  const open = new Map<string, { key: string; x: number; width: number; y: number }>();
  const paths = new Map<string, string>();
  const close = (name: string, bottom: number): void => {
    const rect = open.get(name);
    if (rect === undefined) return;
    open.delete(name);
    // The last pixel of a row or column may be a fraction of one.
    const right = Math.min(rect.x + rect.width, box.width);
    const foot = Math.min(bottom, box.height);
    const [x, y] = [(box.x + rect.x).toFixed(1), (box.y + rect.y).toFixed(1)];
    const d = `M${x} ${y}H${(box.x + right).toFixed(1)}V${(box.y + foot).toFixed(1)}H${x}Z`;
    paths.set(rect.key, (paths.get(rect.key) ?? '') + d);
  };
  for (let row = 0; row < raster.height; row++) {
    const seen = new Set<string>();
    for (let start = 0, end = 0; start < raster.width; start = end) {
      const key = keys[row * raster.width + start] ?? null;
      while (end < raster.width && (keys[row * raster.width + end] ?? null) === key) end++;
      if (key === null) continue;
      const name = `${start}:${end}:${key}`;
      seen.add(name);
      if (!open.has(name)) open.set(name, { key, x: start, width: end - start, y: row });
    }
    for (const name of [...open.keys()]) if (!seen.has(name)) close(name, row);
  }
  for (const name of [...open.keys()]) close(name, raster.height);
  return paths;
}
