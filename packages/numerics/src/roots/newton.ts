/**
 * Newton's method kept inside a bracket: a step that leaves the bracket, or that does not halve the size of
 * the step before last, is replaced by a bisection. Quadratic near a simple root, never slower than bisection
 * by more than a factor of two. Ends at a step below 2 ε |x| + tolerance/2.
 */

import { DEFAULT_MAX_ITERATIONS, type RootOptions, type RootResult } from './result.js';

/** `f` returns the value and the derivative; f(a) and f(b) have opposite signs. */
export function newtonSafeguarded(
  f: (x: number) => readonly [value: number, derivative: number],
  a: number,
  b: number,
  options: RootOptions = {},
): RootResult {
  const { tolerance = 0, maxIterations = DEFAULT_MAX_ITERATIONS } = options;
  for (const end of [a, b]) if (!Number.isFinite(end)) return { status: 'not-a-number', at: end };
  const fa = f(a)[0];
  const fb = f(b)[0];
  if (Number.isNaN(fa)) return { status: 'not-a-number', at: a };
  if (Number.isNaN(fb)) return { status: 'not-a-number', at: b };
  if (fa === 0) return { status: 'converged', root: a, residual: 0, iterations: 0 };
  if (fb === 0) return { status: 'converged', root: b, residual: 0, iterations: 0 };
  if (fa > 0 === fb > 0) return { status: 'no-sign-change', ends: [fa, fb] };

  // f is negative at `low` and positive at `high`, in either order on the line.
  let [low, high] = fa < 0 ? [a, b] : [b, a];
  let x = low + (high - low) / 2;
  let beforeLast = Math.abs(high - low);
  let last = beforeLast;
  for (let iterations = 1; ; iterations++) {
    const [value, slope] = f(x);
    if (Number.isNaN(value)) return { status: 'not-a-number', at: x };
    if (value === 0) return { status: 'converged', root: x, residual: value, iterations };
    if (value < 0) low = x;
    else high = x;

    const reach = 2 * Number.EPSILON * Math.abs(x) + tolerance / 2;
    const newton = x - value / slope;
    if (Math.abs(newton - x) <= reach) return { status: 'converged', root: x, residual: value, iterations };
    const inside = (newton - low) * (newton - high) < 0;
    const next = inside && Math.abs(newton - x) <= beforeLast / 2 ? newton : low + (high - low) / 2;
    const step = Math.abs(next - x);
    if (step <= reach) return { status: 'converged', root: x, residual: value, iterations };
    if (iterations >= maxIterations) return { status: 'not-converged', root: x, residual: value, iterations };
    beforeLast = last;
    last = step;
    x = next;
  }
}
