/** Labels inside a phase diagram: marked points first, then regions, then boundary curves, each where there is room. */

import { symbolCircle } from 'd3-shape';

import { drawMarker } from '../draw/palette.js';
import { type Box, INK, LABEL_SIZE, text, TICK_SIZE } from '../draw/svg.js';
import { labelWidth } from '../text/rich-text.js';
import { bestPlace, densify, type LabelPlace, type Position, samplesOf } from './placement.js';
import { type DrawnCurve } from './curves.js';
import { type Region } from './regions.js';

const CAP_HEIGHT = 0.73;
const LINE = 1.22;

/** A label that fits nowhere is handed back, for a legend. */
export interface PlacedLabels {
  readonly svg: string;
  readonly unplaced: readonly string[];
}

interface DrawnPoint {
  readonly label: string;
  readonly at: Position;
}

export interface DrawnRegion {
  readonly region: Region;
  readonly contains: (x: number, y: number) => boolean;
}

/** Baseline so that a line of text stands in the middle of its box, before it is turned about the centre. */
function drawTurned(
  lines: readonly string[],
  { centre: [x, y], angle }: LabelPlace,
  size: number,
  halo: boolean,
): string {
  const turn = (angle * Math.PI) / 180;
  return lines
    .map((line, index) => {
      const down = (index - (lines.length - 1) / 2) * size * LINE + (size * CAP_HEIGHT) / 2;
      return text(line, x - down * Math.sin(turn), y + down * Math.cos(turn), {
        size,
        anchor: 'middle',
        angle,
        halo,
      });
    })
    .join('');
}

const boxOf = (lines: readonly string[], size: number): { width: number; height: number } => ({
  width: Math.max(...lines.map((line) => labelWidth(line, size))),
  height: (lines.length - 1) * size * LINE + size * CAP_HEIGHT,
});

const LEAST_POINT_ROOM = 2.5;
/** More than any place's room, so that a name stands upright only where it has no room level */
const UPRIGHT = 100;

function pointPlaces({ label, at: [x, y] }: DrawnPoint): LabelPlace[] {
  const { width, height } = boxOf([label], TICK_SIZE);
  const directions: readonly Position[] = [
    [1, 0],
    [-1, 0],
    [0, -1],
    [0, 1],
    [1, -1],
    [1, 1],
    [-1, -1],
    [-1, 1],
  ];
  return directions.map(([dx, dy], index) => ({
    centre: [x + dx * (width / 2 + (dy === 0 ? 7 : 3)), y + dy * (height / 2 + 6)],
    width,
    height,
    angle: 0,
    penalty: index,
  }));
}

/** Degrees of a direction, turned so that text along it is not upside down. */
function readable([dx, dy]: Position): number {
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  // Upright text reads from below: −90°, not 90°.
  return angle >= 89.5 ? angle - 180 : angle < -90.5 ? angle + 180 : angle;
}

function curvePlaces({ label, pieces }: DrawnCurve): LabelPlace[] {
  const { width, height } = boxOf([label], LABEL_SIZE);
  return pieces.flatMap((piece) => {
    const points = densify(piece, 4);
    const reach = Math.ceil(width / 8);
    return points.flatMap((point, index): LabelPlace[] => {
      const [from, to] = [points[index - reach], points[index + reach]];
      if (from === undefined || to === undefined) return [];
      const along: Position = [to[0] - from[0], to[1] - from[1]];
      const length = Math.hypot(...along) || 1;
      const away = height / 2 + 6;
      // The chord's middle, not the point: where the curve bends, its middle is farther out.
      const middle: Position = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      return [1, -1].map((side) => ({
        centre: [
          point[0] + (middle[0] - point[0]) / 2 + (side * away * -along[1]) / length,
          point[1] + (middle[1] - point[1]) / 2 + (side * away * along[0]) / length,
        ],
        width,
        height,
        angle: readable(along),
        // Near the middle of the curve, other things being equal
        penalty: (1.5 * Math.abs(index - points.length / 2)) / points.length,
      }));
    });
  });
}

function regionPlaces({ lines }: Region, frame: Box): (LabelPlace & { lines: readonly string[] })[] {
  const joined = lines.length > 1 ? [lines, [lines.join(', ')]] : [lines];
  const forms = [
    ...joined.map((each) => ({ lines: each, angle: 0 })),
    ...joined.toReversed().map((each) => ({ lines: each, angle: -90 })),
  ];
  const steps = 32;
  return forms.flatMap((form, index) => {
    const size = boxOf(form.lines, LABEL_SIZE);
    return Array.from({ length: (steps - 1) ** 2 }, (_, cell) => ({
      ...form,
      ...size,
      centre: [
        frame.x + (frame.width * (1 + (cell % (steps - 1)))) / steps,
        frame.y + (frame.height * (1 + Math.floor(cell / (steps - 1)))) / steps,
      ] as const,
      penalty: index * 1.5 + (form.angle === 0 ? 0 : UPRIGHT),
    }));
  });
}

export interface LabelParts {
  readonly frame: Box;
  readonly points: readonly DrawnPoint[];
  readonly curves: readonly DrawnCurve[];
  readonly regions: readonly DrawnRegion[];
  /** White rims about the labels of regions and curves, for a ground of many colours */
  readonly haloes: boolean;
}

export function placeLabels({ frame, points, curves, regions, haloes }: LabelParts): PlacedLabels {
  const obstacles: Position[] = [
    ...curves.flatMap(({ pieces }) => pieces.flatMap((piece) => densify(piece))),
    ...points.map(({ at }) => at),
  ];
  const drawn: string[] = [];
  const unplaced: string[] = [];
  const put = <Place extends LabelPlace>(
    place: Place | undefined,
    label: string,
    draw: (place: Place) => string,
  ): void => {
    if (place === undefined) {
      unplaced.push(label);
      return;
    }
    obstacles.push(...samplesOf(place));
    drawn.push(draw(place));
  };
  for (const point of points) {
    const rules = { frame, obstacles, clearance: LEAST_POINT_ROOM, enough: 14 };
    put(bestPlace(pointPlaces(point), rules), point.label, (place) =>
      drawTurned([point.label], place, TICK_SIZE, true),
    );
  }
  for (const { region, contains } of regions) {
    const place = bestPlace(regionPlaces(region, frame), {
      frame,
      obstacles,
      clearance: 3.5,
      enough: 60,
      allowed: contains,
    });
    put(place, region.lines.join(', '), (found) => drawTurned(found.lines, found, LABEL_SIZE, haloes));
  }
  for (const curve of curves) {
    const place = bestPlace(curvePlaces(curve), { frame, obstacles, clearance: 3.5, enough: 14 });
    put(place, curve.label, (found) => drawTurned([curve.label], found, LABEL_SIZE, haloes));
  }
  const markers = points.map(({ at: [x, y] }) => drawMarker(symbolCircle, x, y, 3.2, INK));
  return { svg: [...markers, ...drawn].join(''), unplaced };
}
