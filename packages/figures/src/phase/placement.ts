/** Where labels go: of many candidate places, the one that keeps farthest from everything drawn already. */

import { type Box } from '../draw/svg.js';

export type Position = readonly [number, number];

/** A label's box, turned about its centre. */
export interface LabelPlace {
  readonly centre: Position;
  readonly width: number;
  readonly height: number;
  /** Degrees, clockwise */
  readonly angle: number;
  /** Subtracted from its room, to say that a place is less good than another one; default 0 */
  readonly penalty?: number;
}

/** Points over the box, a few px apart. */
export function samplesOf({ centre, width, height, angle }: LabelPlace): Position[] {
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const columns = Math.max(2, Math.ceil(width / 4));
  return [-1, 0, 1].flatMap((row) =>
    Array.from({ length: columns + 1 }, (_, column): Position => {
      const [x, y] = [(column / columns - 0.5) * width, (row / 2) * height];
      return [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos];
    }),
  );
}

/** Points along a polyline, every few px. */
export function densify(points: readonly Position[], step = 2.5): Position[] {
  return points.flatMap((point, index): Position[] => {
    const next = points[index + 1];
    if (next === undefined) return [point];
    const count = Math.max(1, Math.ceil(Math.hypot(next[0] - point[0], next[1] - point[1]) / step));
    return Array.from({ length: count }, (_, i) => [
      point[0] + ((next[0] - point[0]) * i) / count,
      point[1] + ((next[1] - point[1]) * i) / count,
    ]);
  });
}

export interface PlacementRules {
  readonly frame: Box;
  readonly obstacles: readonly Position[];
  /** Least distance in px from obstacles and frame */
  readonly clearance: number;
  /** What counts as room enough: more is no better, so that penalties decide among good places */
  readonly enough: number;
  /** Whether the label may lie on this point */
  readonly allowed?: (x: number, y: number) => boolean;
}

/** Least distance to the frame and to what is drawn; −∞ as soon as it cannot come to more than `atLeast`. */
function roomOf(place: LabelPlace, rules: PlacementRules, atLeast: number): number {
  const { frame, obstacles, clearance, enough, allowed } = rules;
  const penalty = place.penalty ?? 0;
  const hopeless = Math.max(clearance, atLeast + penalty);
  const turn = (place.angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [halfWidth, halfHeight] = [place.width / 2, place.height / 2];
  const reachX = Math.abs(halfWidth * cos) + Math.abs(halfHeight * sin);
  const reachY = Math.abs(halfWidth * sin) + Math.abs(halfHeight * cos);
  const [x, y] = place.centre;
  const toSides = Math.min(x - frame.x, frame.x + frame.width - x) - reachX;
  const toEnds = Math.min(y - frame.y, frame.y + frame.height - y) - reachY;
  let room = Math.min(enough, toSides, toEnds);
  if (room < hopeless) return -Infinity;
  for (const obstacle of obstacles) {
    // In the label's own axes, how far outside of its box
    const [dx, dy] = [obstacle[0] - x, obstacle[1] - y];
    const across = Math.max(0, Math.abs(dx * cos + dy * sin) - halfWidth);
    const down = Math.max(0, Math.abs(dy * cos - dx * sin) - halfHeight);
    const square = across * across + down * down;
    if (square >= room * room) continue;
    room = Math.sqrt(square);
    if (room < hopeless) return -Infinity;
  }
  if (allowed && !samplesOf(place).every((point) => allowed(...point))) return -Infinity;
  return room - penalty;
}

/** The best of the candidates, the first of equals; undefined when none fits. */
export function bestPlace<Place extends LabelPlace>(
  candidates: readonly Place[],
  rules: PlacementRules,
): Place | undefined {
  let [best, most]: [Place | undefined, number] = [undefined, -Infinity];
  for (const candidate of candidates) {
    const room = roomOf(candidate, rules, most);
    if (room > most) [best, most] = [candidate, room];
  }
  return best;
}
