/**
 * Where to cut the line before integrating against the standard normal density.
 *
 * Around every centre (the origin, kinks) panels start at 2.5 scales and grow by 3.6: the Kronrod rule then
 * sees a function analytic up to a distance `scale` from its centre to about 1e-15, and the density itself
 * (scale 1) with two panels a side.
 */

/** Beyond this many deviations the normal law has less than 3e-19 of its mass. */
const REACH = 9;
/** The density underflows here. */
export const FARTHEST = 38.5;
const FIRST = 2.5;
const GROWTH = 3.6;

/** Increasing breaks from ≤ −9 to ≥ 9 that contain 0 and every kink within ±38.5; `scale` in (0, 1]. */
export function gradedBreaks(kinks: readonly number[], scale: number): number[] {
  const centres = [0, ...kinks].filter((x) => Math.abs(x) < FARTHEST).sort((a, b) => a - b);
  const first = centres[0]!;
  const last = centres[centres.length - 1]!;
  const low = Math.min(-REACH, first - FIRST);
  const high = Math.max(REACH, last + FIRST);
  const breaks = [low];
  gradeTowards(breaks, first, first - low, scale);
  for (let i = 0; i < centres.length; i++) {
    const at = centres[i]!;
    if (at > breaks[breaks.length - 1]!) breaks.push(at);
    const next = centres[i + 1] ?? Infinity;
    if (next === Infinity) gradeAway(breaks, at, high - at, scale);
    else {
      const half = (next - at) / 2;
      gradeAway(breaks, at, half, scale);
      gradeTowards(breaks, next, half, scale);
    }
  }
  breaks.push(high);
  return breaks;
}

/** Appends breaks at growing distances from `at`, staying clear of `at + room`. */
function gradeAway(breaks: number[], at: number, room: number, scale: number): void {
  for (let d = FIRST * scale; d < 0.8 * room; d *= GROWTH) breaks.push(at + d);
}

/** Appends breaks at shrinking distances below `at`. */
function gradeTowards(breaks: number[], at: number, room: number, scale: number): void {
  let d = FIRST * scale;
  while (d < 0.8 * room) d *= GROWTH;
  for (d /= GROWTH; d >= FIRST * scale * 0.99; d /= GROWTH) breaks.push(at - d);
}

/** Smallest distance of a scale from 1 that a function with slope-like parameter √q has: min(1, 1/√q). */
export const scaleOf = (q: number): number => (q > 1 ? 1 / Math.sqrt(q) : 1);
