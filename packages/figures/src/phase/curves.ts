/** Boundary curves in px: in pieces between missing points, drawn in ink with a white rim. */

import { line } from 'd3-shape';

import { type Scale } from '../draw/scale.js';
import { type Box, element, INK } from '../draw/svg.js';
import { type Polyline } from './raster.js';
import { type PhaseBoundary } from './types.js';

export interface Axes {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
}

export interface DrawnCurve {
  readonly label: string;
  readonly pieces: readonly Polyline[];
}

const DASHES = [undefined, '7 3', '2 2.2', '8 2.5 2 2.5'];

/** Curves are told apart by their dashes alone: all are of ink. */
export const curveDash = (index: number): string | undefined => DASHES[index % DASHES.length];

/** The curve in px, in pieces between missing points. */
export function piecesOf(boundary: PhaseBoundary, { x, y }: Axes): Polyline[] {
  const pieces: [number, number][][] = [[]];
  for (const point of boundary.points) {
    const [px, py] = [x.at(point.x), y.at(point.y)];
    if (px === null || py === null) pieces.push([]);
    else pieces.at(-1)?.push([px, py]);
  }
  return pieces.filter((piece) => piece.length > 1);
}

/** Only what lies in the frame takes labels and keeps others away. */
export const insideFrame = (pieces: readonly Polyline[], box: Box): Polyline[] =>
  pieces.flatMap((piece) => {
    const inside = ([x, y]: readonly [number, number]): boolean =>
      x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
    const runs: (readonly [number, number])[][] = [[]];
    for (const point of piece) {
      if (inside(point)) runs.at(-1)?.push(point);
      else runs.push([]);
    }
    return runs.filter((run) => run.length > 1);
  });

const pathOf = line<readonly [number, number]>().digits(2);

export function drawCurves(curves: readonly DrawnCurve[]): string {
  return curves
    .map(({ pieces }, index) => {
      const d = pieces.map((piece) => pathOf(piece) ?? '').join('');
      const dash = curveDash(index);
      const path = { d, fill: 'none', 'stroke-linejoin': 'round' };
      if (d === '') return '';
      return (
        element('path', { ...path, stroke: '#fff', 'stroke-width': 3.4, 'stroke-opacity': 0.85 }) +
        element('path', { ...path, stroke: INK, 'stroke-width': 1.5, 'stroke-dasharray': dash })
      );
    })
    .join('');
}
