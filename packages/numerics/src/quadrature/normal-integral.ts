/**
 * ∫ f(z) e^{−z²/2}/√(2π) dz over a chain of panels, each by the 31-point Kronrod rule and bisected while the
 * 15-point Gauss rule inside it disagrees.
 *
 * For f analytic around a panel the Gauss error falls like ρ^−30 and the Kronrod error like ρ^−47: a disagreement
 * of 1e-8 (relative to E|f|) leaves some 1e-14 (seen with powers and derivatives of tanh: 4e-6 leaves 2e-13).
 * Places where f is not analytic must be ends of panels; if one is missed, bisection goes on until the panel that
 * holds it weighs less than 1e-8.
 */

import { MeanfieldError } from '@meanfield/core';

import { GAUSS_WEIGHTS, KRONROD_NODES, KRONROD_WEIGHTS } from './gauss-kronrod.js';
import { FARTHEST } from './graded-breaks.js';

const INVERSE_SQRT_2PI = 0.3989422804014327;
/** Allowed disagreement of Gauss and Kronrod in a panel, relative to E|f| */
const TOLERANCE = 1e-8;
const MAX_BISECTIONS = 4000;
/** Tail mass, relative to E|f|, that is still followed outwards */
const TAIL = 2e-17;

export interface Integral {
  readonly value: number;
  /** E|f|: what errors are relative to */
  readonly size: number;
}

/** Results of the latest `measure`: Kronrod value, disagreement, E|f|. Read at once, so nesting is safe. */
const measured = new Float64Array(3);

function measure(f: (z: number) => number, a: number, b: number): void {
  const centre = (a + b) / 2;
  const half = (b - a) / 2;
  const middle = f(centre) * Math.exp(-0.5 * centre * centre);
  let kronrod = KRONROD_WEIGHTS[0]! * middle;
  let size = Math.abs(kronrod);
  let gauss = GAUSS_WEIGHTS[0]! * middle;
  for (let i = 1; i <= 15; i++) {
    const offset = half * KRONROD_NODES[i]!;
    const low = centre - offset;
    const high = centre + offset;
    const left = f(low) * Math.exp(-0.5 * low * low);
    const right = f(high) * Math.exp(-0.5 * high * high);
    const weight = KRONROD_WEIGHTS[i]!;
    kronrod += weight * (left + right);
    size += weight * (Math.abs(left) + Math.abs(right));
    if ((i & 1) === 0) gauss += GAUSS_WEIGHTS[i >> 1]! * (left + right);
  }
  const scale = half * INVERSE_SQRT_2PI;
  measured[0] = scale * kronrod;
  measured[1] = Math.abs(scale * (kronrod - gauss));
  measured[2] = scale * size;
}

/**
 * ∫ f dN(0, 1) over the panels between `breaks`, and beyond their ends (other than 0) while f grows against the
 * density. Throws NOT_CONVERGED after 4000 bisections, INVALID_ARGUMENT where f gives NaN. An infinite value of f
 * makes the integral infinite. `noise`, asked for after a first pass, is a disagreement that f's rounding explains.
 */
export function normalIntegral(
  f: (z: number) => number,
  breaks: readonly number[],
  noise?: () => number,
): Integral {
  let { value, size } = overPanels(f, breaks, noise);
  for (const end of [breaks[0]!, breaks[breaks.length - 1]!]) {
    let from = end;
    while (from !== 0 && Math.abs(from) < FARTHEST && Math.abs(edgeMass(f, from)) > TAIL * size) {
      const to = Math.sign(from) * Math.min(FARTHEST, 1.5 * Math.abs(from));
      const tail = overPanels(f, from < to ? [from, to] : [to, from], noise);
      value += tail.value;
      size += tail.size;
      from = to;
    }
  }
  return { value, size };
}

/** What lies beyond z, to leading order. */
const edgeMass = (f: (z: number) => number, z: number): number =>
  (f(z) * INVERSE_SQRT_2PI * Math.exp(-0.5 * z * z)) / z;

function overPanels(f: (z: number) => number, breaks: readonly number[], noise?: () => number): Integral {
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
  const allowed = Math.max(TOLERANCE * size, noise?.() ?? 0);
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
  f: (z: number) => number,
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
