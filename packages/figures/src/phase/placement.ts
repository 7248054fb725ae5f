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

function roomOf(place: LabelPlace, rules: PlacementRules, atLeast: number): number {
  const { frame, obstacles, clearance, enough, allowed } = rules;
  const penalty = place.penalty ?? 0;
  const hopeless = Math.max(clearance, atLeast + penalty);
  let room = enough;
  for (const [x, y] of samplesOf(place)) {
    room = Math.min(room, x - frame.x, frame.x + frame.width - x, y - frame.y, frame.y + frame.height - y);
    if (room < hopeless || (allowed && !allowed(x, y))) return -Infinity;
  }
  const turn = (place.angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (const [ox, oy] of obstacles) {
    // In the label's own axes, how far outside of its box
    const [dx, dy] = [ox - place.centre[0], oy - place.centre[1]];
    const across = Math.max(0, Math.abs(dx * cos + dy * sin) - place.width / 2);
    const down = Math.max(0, Math.abs(dy * cos - dx * sin) - place.height / 2);
    const square = across * across + down * down;
    if (square < room * room) room = Math.sqrt(square);
    if (room < hopeless) return -Infinity;
  }
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
