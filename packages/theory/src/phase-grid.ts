/** Analyses over a plane of parameters. */

import type { MeanFieldMap } from '@meanfield/core';

import { analyse, type Analysis } from './analyse.js';

/** The analysis at every point, indexed [y][x]. */
export function phaseGrid(
  mapAt: (x: number, y: number) => MeanFieldMap,
  xs: readonly number[],
  ys: readonly number[],
): Analysis[][] {
  return ys.map((y) => xs.map((x) => analyse(mapAt(x, y))));
}
