/**
 * Where to cut the line before integrating against the standard normal density.
 *
 * Around every centre (the origin, kinks) panels start at 4 scales and grow by 7: the 31-point Kronrod
 * rule then integrates functions like tanh(z/scale), with poles at a distance 1.6 scales from a centre, to about
 * 1e-15 at once. The density itself, being entire, needs no more than one panel a side.
 */

/** Beyond this many deviations the normal law has less than 3e-19 of its mass. */
const REACH = 9;
/** The density underflows here. */
export const FARTHEST = 38.5;
const FIRST = 4;
const GROWTH = 7;
const MARGIN = 2.5;

/**
 * Increasing breaks from ≤ −9 to ≥ 9 that contain every kink within ±38.5, and 0 unless kinks cut the middle of
 * the line anyway. f varies on the length `scale` > 0 beside its kinks, or beside 0 if it has none.
 */
export function gradedBreaks(kinks: readonly number[], scale: number): number[] {
  const centres = kinks.filter((x) => Math.abs(x) < FARTHEST).sort((a, b) => a - b);
  addOrigin(centres);
  const first = centres[0]!;
  const last = centres[centres.length - 1]!;
  const low = Math.min(-REACH, first - MARGIN);
  const high = Math.max(REACH, last + MARGIN);
  const breaks = [low];
  gradeTowards(breaks, first, first - low, scale);
  for (let i = 0; i < centres.length; i++) {
    const at = centres[i]!;
    if (at > breaks[breaks.length - 1]!) breaks.push(at);
    const next = centres[i + 1];
    if (next === undefined) {
      gradeAway(breaks, at, high - at, scale);
    } else {
      const half = (next - at) / 2;
      gradeAway(breaks, at, half, scale);
      gradeTowards(breaks, next, half, scale);
    }
  }
  breaks.push(high);
  return breaks;
}

/** Puts 0 among increasing centres where it would lie in a gap too long for the density. */
function addOrigin(centres: number[]): void {
  let position = 0;
  while (position < centres.length && centres[position]! < 0) position++;
  const below = centres[position - 1] ?? -Infinity;
  const above = centres[position] ?? Infinity;
  if (above - below > REACH) centres.splice(position, 0, 0);
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

/** The length in z on which φ(√q z) varies, for φ that varies on a length of 1, but at most the density's own: 1 */
export const scaleOf = (q: number): number => (q > 1 ? 1 / Math.sqrt(q) : 1);
