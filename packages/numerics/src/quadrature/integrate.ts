/**
 * ∫ f over a chain of panels, each by the 21-point Kronrod rule and bisected while the 10-point Gauss rule inside
 * it disagrees.
 *
 * For f analytic around a panel the Gauss error falls like ρ^−20 and the Kronrod error like ρ^−32, so a
 * disagreement of 1e-10 (relative to ∫|f|) leaves about 1e-15. Places where f is not analytic must be ends of
 * panels; if one is missed, bisection goes on until it weighs less than 1e-10.
 */

import { MeanfieldError } from '@meanfield/core';

import { GAUSS_WEIGHTS, KRONROD_NODES, KRONROD_WEIGHTS } from './gauss-kronrod.js';

/** Allowed disagreement of Gauss and Kronrod in a panel, relative to ∫|f| over all panels */
const TOLERANCE = 1e-10;
const MAX_BISECTIONS = 4000;

export interface Integral {
  readonly value: number;
  /** ∫|f|: what errors are relative to */
  readonly size: number;
}

/** Results of the latest `measure`: Kronrod value, disagreement, ∫|f|. Read at once, so nesting is safe. */
const measured = new Float64Array(3);

function measure(f: (x: number) => number, a: number, b: number): void {
  const centre = (a + b) / 2;
  const half = (b - a) / 2;
  const middle = f(centre);
  let kronrod = KRONROD_WEIGHTS[0]! * middle;
  let size = Math.abs(kronrod);
  let gauss = 0;
  for (let i = 1; i <= 10; i++) {
    const offset = half * KRONROD_NODES[i]!;
    const left = f(centre - offset);
    const right = f(centre + offset);
    const weight = KRONROD_WEIGHTS[i]!;
    kronrod += weight * (left + right);
    size += weight * (Math.abs(left) + Math.abs(right));
    if (i & 1) gauss += GAUSS_WEIGHTS[i >> 1]! * (left + right);
  }
  measured[0] = half * kronrod;
  measured[1] = Math.abs(half * (kronrod - gauss));
  measured[2] = half * size;
}

/**
 * ∫ f from `breaks[0]` to the last break. Throws NOT_CONVERGED after 4000 bisections, INVALID_ARGUMENT where f
 * gives NaN. An infinite value of f makes the integral infinite. `noise` (asked for after a first pass) is a
 * disagreement that the rounding of f itself explains.
 */
export function integrate(
  f: (x: number) => number,
  breaks: readonly number[],
  noise: () => number = () => 0,
): Integral {
  const panels = breaks.length - 1;
  const values = new Array<number>(panels);
  const errors = new Array<number>(panels);
  let value = 0;
  let size = 0;
  for (let i = 0; i < panels; i++) {
    measure(f, breaks[i]!, breaks[i + 1]!);
    values[i] = measured[0]!;
    errors[i] = measured[1]!;
    value += measured[0]!;
    size += measured[2]!;
  }
  if (!Number.isFinite(size)) return notFinite(value, size);
  const allowed = Math.max(TOLERANCE * size, noise());
  let bisections = 0;
  for (let i = 0; i < panels; i++) {
    if (errors[i]! <= allowed) continue;
    const [refined, used] = refine(f, breaks[i]!, breaks[i + 1]!, allowed, MAX_BISECTIONS - bisections);
    value += refined - values[i]!;
    bisections += used;
  }
  return { value, size };
}

/** Bisects [a, b] until each part's disagreement is allowed; returns the integral and the bisections used. */
function refine(
  f: (x: number) => number,
  a: number,
  b: number,
  allowed: number,
  budget: number,
): [value: number, used: number] {
  const pending = [b, (a + b) / 2];
  let start = a;
  let value = 0;
  let used = 1;
  while (pending.length > 0) {
    const end = pending[pending.length - 1]!;
    measure(f, start, end);
    if (Number.isNaN(measured[0]!)) throw nanValue(start, end);
    const middle = (start + end) / 2;
    if (!(measured[1]! > allowed) || middle <= start || middle >= end) {
      value += measured[0]!;
      start = end;
      pending.pop();
      continue;
    }
    if (++used > budget) throw notConverged(measured[1]! / allowed);
    pending.push(middle);
  }
  return [value, used];
}

function notFinite(value: number, size: number): Integral {
  if (Number.isNaN(size) || Number.isNaN(value)) throw nanValue(-Infinity, Infinity);
  return { value, size };
}

function nanValue(start: number, end: number): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'an integrand that is a number everywhere and does not overflow with both signs',
    found: Number.isFinite(start) ? `NaN between ${start} and ${end}` : 'NaN',
    remedy: 'make the function total, for instance by its limits at large arguments',
  });
}

function notConverged(excess: number): MeanfieldError {
  return new MeanfieldError({
    code: 'NOT_CONVERGED',
    expected: `an integral settled within ${MAX_BISECTIONS} bisections`,
    found: `an error ${excess.toPrecision(2)} times the tolerance`,
    remedy: 'name the points where the function or its slope jumps as kinks',
  });
}
