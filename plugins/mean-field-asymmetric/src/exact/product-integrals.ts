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

/** Adds to `out`, [count · ORDER], the integrals of f. */
export function productIntegrals(
  panels: Panels,
  s: number,
  centre: number,
  f: (y: number) => number,
  out: Float64Array,
): void {
  const origin = Math.max(0, centre);
  for (let panel = 0; panel < panels.count; panel++) {
    const part = integrate(panelStart(panel), panelStart(panel + 1), MAX_HALVINGS);
    if (part !== undefined) out.set(part, panel * ORDER);
  }

  /** The integrals over a part, by its own nodes; undefined where f is 0 */
  function integrate(from: number, to: number, halvings: number): Float64Array | undefined {
    const start = s * toLine(from);
    const end = s * toLine(to);
    if (end < centre - REACH) return undefined;
    const length = end - start;
    if (halvings === 0 || length <= SHORT || length <= start - origin) return leaf(from, to);
    const middle = (from + to) / 2;
    const sum = new Float64Array(ORDER);
    carry(integrate(from, middle, halvings - 1), halves[0], sum);
    carry(integrate(middle, to, halvings - 1), halves[1], sum);
    return sum;
  }

  function leaf(from: number, to: number): Float64Array {
    const { nodes, weights } = gaussLegendre(ORDER);
    const sum = new Float64Array(ORDER);
    const half = (to - from) / 2;
    for (let i = 0; i < ORDER; i++) {
      const xi = from + half * (1 + nodes[i]!);
      sum[i] = half * weights[i]! * jacobian(xi) * f(s * toLine(xi));
    }
    return sum;
  }
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
