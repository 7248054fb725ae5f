/** Analyses over a plane of parameters, and both boundaries as curves over one of them. */

import type { MeanFieldMap } from '@meanfield/core';

import { analyse, type Analysis } from './analyse.js';
import { boundaries, type Boundary } from './boundaries.js';

/** The analysis at every point, indexed [y][x]. */
export function phaseGrid(
  mapAt: (x: number, y: number) => MeanFieldMap,
  xs: readonly number[],
  ys: readonly number[],
): Analysis[][] {
  return ys.map((y) => xs.map((x) => analyse(mapAt(x, y))));
}

/** Boundaries in σ_w² over another parameter y, such as σ_b² or k; entry i of each list belongs to `ys[i]`. */
export interface BoundaryCurves {
  readonly ys: readonly number[];
  readonly length: readonly Boundary[];
  readonly correlation: readonly Boundary[];
}

/** @param mapAt the map at y, with any σ_w² */
export function traceBoundaries(mapAt: (y: number) => MeanFieldMap, ys: readonly number[]): BoundaryCurves {
  const found = ys.map((y) => boundaries(mapAt(y)));
  return {
    ys: [...ys],
    length: found.map(({ length }) => length),
    correlation: found.map(({ correlation }) => correlation),
  };
}
