/** Root of a smooth rising function whose slope is of order 1, as logarithms of proportional quantities are. */

import { MeanfieldError } from '@meanfield/core';

const MAX_STEPS = 80;
const LONGEST_STEP = 6;
/** What is taken for a root if steps no longer help */
const ROUNDING = 1e-12;

/**
 * x with f(x) = 0, from a guess: secant steps, of a slope kept between 1/8 and 8.
 *
 * @throws MeanfieldError INTERNAL when it is not found
 */
export function proportionalRoot(f: (x: number) => number, guess: number): number {
  let [x, value] = [guess, f(guess)];
  let best = { x, size: Math.abs(value) };
  let slope = 1;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const step = Math.min(Math.max(-value / slope, -LONGEST_STEP), LONGEST_STEP);
    const next = x + step;
    if (Math.abs(step) <= Number.EPSILON * Math.max(1, Math.abs(x))) return best.x;
    const latest = f(next);
    if (Number.isNaN(latest)) break;
    const size = Math.abs(latest);
    if (size >= best.size && best.size < ROUNDING) return best.x;
    if (size < best.size) best = { x: next, size };
    slope = Math.min(Math.max((latest - value) / step, 1 / 8), 8);
    [x, value] = [next, latest];
  }
  if (best.size < ROUNDING) return best.x;
  throw new MeanfieldError({
    code: 'INTERNAL',
    expected: 'a stationary law at this weight variance',
    found: `a residual of ${best.size} at the best of up to ${MAX_STEPS} steps`,
    remedy: 'report the activation and the law of the weights',
  });
}
