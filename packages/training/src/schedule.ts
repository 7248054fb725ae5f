/** When a run is evaluated. */

/**
 * Steps after which the networks are evaluated: 0, the last, and between them steps spaced as evenly in
 * their logarithm as whole numbers allow, since losses fall fastest at first. Increasing, without repeats;
 * fewer than `points` only where there are fewer steps.
 *
 * @param steps at least 1
 * @param points at least 2
 */
export function evaluationSteps(steps: number, points: number): number[] {
  const chosen = [0];
  for (let left = points - 1; left > 0; left--) {
    const previous = chosen[chosen.length - 1] ?? 0;
    if (previous === steps) break;
    const from = Math.max(previous, 1);
    chosen.push(Math.max(previous + 1, Math.round(from * (steps / from) ** (1 / left))));
  }
  return chosen;
}

/** 0, every multiple of `every` below `steps`, and `steps`. Both at least 1. */
export function regularSteps(steps: number, every: number): number[] {
  const inner = Array.from({ length: Math.ceil(steps / every) }, (_, index) => index * every);
  return [...inner, steps];
}
