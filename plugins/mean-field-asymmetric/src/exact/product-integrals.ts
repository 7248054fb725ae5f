/**
 * ∫ f(s x) ℓ_j(x) dx over x ≥ 0 for the polynomials ℓ_j that belong to the nodes of panels: what turns the values of a
 * density at the nodes into ∫ f(s x) p(x) dx, also where f varies on a shorter scale than p.
 *
 * f varies on the scale 1 within 9 of y = s x = `centre`, is 0 below, and above varies on the scale of the distance.
 * Method: halves panels until each part is short against that scale, and carries Gauss–Legendre sums back to the nodes.
 */

import { gaussLegendre } from '@meanfield/numerics';

import { halves, jacobian, ORDER, panelStart, toLine, type Panels } from './panels.js';

/** A part of this length in y resolves the scale 1 */
const SHORT = 3.2;
const REACH = 9;
const MAX_HALVINGS = 60;

/** A panel, or a part of one made by halving. */
interface Part {
  readonly halvings: number;
  /** x at both ends, at nodes, and weights of the integral over x */
  readonly start: number;
  readonly end: number;
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  /** Made when first asked for */
  readonly halved: () => readonly [Part, Part];
}

export type ProductIntegrals = (
  centre: number,
  f: (y: number) => number,
  /** [count · ORDER] */
  out: Float64Array,
) => void;

/** Writes to `out` the integrals of f at one s; parts are kept between calls. */
export function productIntegrals(panels: Panels, s: number): ProductIntegrals {
  const parts = Array.from({ length: panels.count }, (_, panel) =>
    partOf(panelStart(panel), panelStart(panel + 1), 0),
  );
  return (centre, f, out) => {
    const origin = Math.max(0, centre);
    parts.forEach((part, panel) => {
      const sums = integrate(part);
      if (sums !== undefined) out.set(sums, panel * ORDER);
    });

    /** The integrals over a part, by its own nodes; undefined where f is 0 */
    function integrate(part: Part): Float64Array | undefined {
      const start = s * part.start;
      const end = s * part.end;
      if (end < centre - REACH) return undefined;
      const length = end - start;
      if (part.halvings === MAX_HALVINGS || length <= SHORT || length <= start - origin) {
        return part.nodes.map((x, i) => part.weights[i]! * f(s * x));
      }
      const sum = new Float64Array(ORDER);
      const [lower, upper] = part.halved();
      carry(integrate(lower), halves[0], sum);
      carry(integrate(upper), halves[1], sum);
      return sum;
    }
  };
}

function partOf(from: number, to: number, halvings: number): Part {
  const rule = gaussLegendre(ORDER);
  const half = (to - from) / 2;
  const xis = rule.nodes.map((t) => from + half * (1 + t));
  let halved: readonly [Part, Part] | undefined;
  return {
    halvings,
    start: toLine(from),
    end: toLine(to),
    nodes: xis.map(toLine),
    weights: rule.weights.map((weight, i) => half * weight * jacobian(xis[i]!)),
    halved: () =>
      (halved ??= [partOf(from, from + half, halvings + 1), partOf(from + half, to, halvings + 1)]),
  };
}

/** sum += partᵀ · half */
function carry(part: Float64Array | undefined, half: Float64Array, sum: Float64Array): void {
  if (part === undefined) return;
  for (let i = 0; i < ORDER; i++) {
    const value = part[i]!;
    if (value === 0) continue;
    for (let j = 0; j < ORDER; j++) sum[j]! += value * half[i * ORDER + j]!;
  }
}
