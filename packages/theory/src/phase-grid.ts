/** Analyses over a plane of parameters. */

import type { MeanFieldMap } from '@meanfield/core';

import { analyse, type Analysis } from './analyse.js';

/** The map on tables where it has them: what to ask at very many points. */
export const tabulatedOf = (map: MeanFieldMap): MeanFieldMap => map.tabulated?.() ?? map;

/** The analysis at every point, indexed [y][x]; of the tabulated map where there is one. */
export function phaseGrid(
  mapAt: (x: number, y: number) => MeanFieldMap,
  xs: readonly number[],
  ys: readonly number[],
): Analysis[][] {
  return ys.map((y) => xs.map((x) => analyse(tabulatedOf(mapAt(x, y)))));
}
