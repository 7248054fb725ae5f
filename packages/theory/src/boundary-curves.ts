/**
 * Both boundaries of phases as curves over another parameter y, such as σ_b² or k: every point is a root, and points
 * are put where the curve bends or ends, however coarse the y that were asked for.
 */

import type { MeanFieldMap } from '@meanfield/core';

import { boundaries, type Boundaries } from './boundaries.js';
import { tabulatedOf } from './phase-grid.js';

export interface CurvePoint {
  readonly y: number;
  /** σ_w² of the boundary there, null where there is none */
  readonly weightVariance: number | null;
}

/** Points in order of y. */
export interface BoundaryCurves {
  readonly length: readonly CurvePoint[];
  readonly correlation: readonly CurvePoint[];
  /** How the roots were found */
  readonly method: string;
  /** Largest relative uncertainty of a point */
  readonly tolerance: number;
}

export interface CurveOptions {
  /** The range of σ_w² that is looked at: a curve's bends outside it do not matter, and σ_w² is measured by it */
  readonly window: readonly [number, number];
  /** Distance by which a chord may miss its curve, as a share of the window and of the range of y; default 0.002 */
  readonly resolution?: number;
}

const DEFAULT_RESOLUTION = 0.002;
/** Halvings of an interval between two of the given y */
const DEEPEST = 7;
/** Halvings towards the end of a curve */
const DEEPEST_END = 10;

interface Traced {
  readonly y: number;
  readonly found: Boundaries;
}

type Kind = 'length' | 'correlation';
const KINDS: readonly Kind[] = ['length', 'correlation'];

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

/**
 * @param mapAt the map at y, with any σ_w²
 * @param ys increasing; the curves run from the first to the last
 */
export function boundaryCurves(
  mapAt: (y: number) => MeanFieldMap,
  ys: readonly number[],
  { window, resolution = DEFAULT_RESOLUTION }: CurveOptions,
): BoundaryCurves {
  const [left, right] = window;
  const height = (ys.at(-1) ?? 0) - (ys[0] ?? 0);
  const trace = (y: number): Traced => ({ y, found: boundaries(tabulatedOf(mapAt(y))) });

  /** Whether `middle` shows something that the chord from `low` to `high` does not, for one of the curves. */
  const misses = (low: Traced, middle: Traced, high: Traced, depth: number): boolean =>
    KINDS.some((kind) => {
      const [a, b, c] = [low, middle, high].map(({ found }) => found[kind].weightVariance);
      if (!isNumber(a) || !isNumber(b) || !isNumber(c)) return depth < DEEPEST_END && !(a === b && b === c);
      if (Math.min(a, b, c) > right || Math.max(a, b, c) < left) return false;
      // The middle's distance from the chord, both axes measured by what is looked at.
      const along = Math.hypot((c - a) / (right - left), (high.y - low.y) / height);
      const beside = (((a + c) / 2 - b) * (high.y - low.y)) / (right - left) / height;
      return depth < DEEPEST && Math.abs(beside) > resolution * along;
    });

  /** Points strictly between two, in order. */
  const between = (low: Traced, high: Traced, depth: number): Traced[] => {
    const middle = trace((low.y + high.y) / 2);
    if (!misses(low, middle, high, depth)) return [middle];
    return [...between(low, middle, depth + 1), middle, ...between(middle, high, depth + 1)];
  };

  const given = ys.map(trace);
  const points = given.flatMap((point, i) => {
    const next = given[i + 1];
    return next === undefined ? [point] : [point, ...between(point, next, 1)];
  });
  const curve = (kind: Kind): CurvePoint[] =>
    points.map(({ y, found }) => ({ y, weightVariance: found[kind].weightVariance }));
  return {
    length: curve('length'),
    correlation: curve('correlation'),
    method: [...new Set(points.map(({ found }) => found.method))].join('; '),
    tolerance: Math.max(...points.map(({ found }) => found.tolerance)),
  };
}
