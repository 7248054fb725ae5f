/**
 * Nodes for densities on the half-line h ≥ 0 that are smooth on the scale 1 near 0 and on the scale h far out:
 * panels in ξ, h = c sinh ξ, twice as long far out, with Gauss–Legendre nodes in each. A density is held by its values at the
 * nodes, and between them it is the polynomial in ξ through the nodes of its panel.
 */

import { gaussLegendre } from '@meanfield/numerics';

export const ORDER = 16;
const LENGTH = 0.6;
const SCALE = 2;
/** Panels before they are twice as long: up to h = 36 */
const SHORT_PANELS = 6;

export interface Panels {
  readonly count: number;
  /** h, [count · ORDER] */
  readonly nodes: Float64Array;
  /** Of the integral over h */
  readonly weights: Float64Array;
  /** Where the last panel ends */
  readonly reach: number;
}

export const toLine = (xi: number): number => SCALE * Math.sinh(xi);
export const jacobian = (xi: number): number => SCALE * Math.cosh(xi);
export const panelStart = (panel: number): number => LENGTH * (panel + Math.max(0, panel - SHORT_PANELS));

/** Which panel h is in: its index, and behind the point how far h is along it, in ξ. */
function positionOf(h: number): number {
  const position = Math.asinh(h / SCALE) / LENGTH;
  return Math.min(position, (position + SHORT_PANELS) / 2);
}

/** Panels that reach h */
export const panelsTo = (h: number): number => Math.ceil(positionOf(h));

export function makePanels(count: number): Panels {
  const rule = gaussLegendre(ORDER);
  const nodes = new Float64Array(count * ORDER);
  const weights = new Float64Array(count * ORDER);
  for (let panel = 0, at = 0; panel < count; panel++) {
    for (let i = 0; i < ORDER; i++, at++) {
      const half = (panelStart(panel + 1) - panelStart(panel)) / 2;
      const xi = panelStart(panel) + half * (1 + rule.nodes[i]!);
      nodes[at] = toLine(xi);
      weights[at] = half * rule.weights[i]! * jacobian(xi);
    }
  }
  return { count, nodes, weights, reach: toLine(panelStart(count)) };
}

/** Barycentric weights of the Gauss–Legendre nodes, up to a factor */
const barycentric = ((): Float64Array => {
  const { nodes, weights } = gaussLegendre(ORDER);
  return nodes.map((x, i) => (i % 2 === 0 ? 1 : -1) * Math.sqrt((1 - x * x) * weights[i]!));
})();

/** Values at t in [−1, 1] of the ORDER polynomials that are 1 at one node of a panel and 0 at the others. */
function lagrange(t: number): Float64Array {
  const { nodes } = gaussLegendre(ORDER);
  const values = new Float64Array(ORDER);
  let sum = 0;
  for (let i = 0; i < ORDER; i++) {
    const distance = t - nodes[i]!;
    if (distance === 0) return values.fill(0).fill(1, i, i + 1);
    sum += values[i] = barycentric[i]! / distance;
  }
  for (let i = 0; i < ORDER; i++) values[i]! /= sum;
  return values;
}

/** How a value at h is read off values at the nodes; undefined beyond the last panel. */
export function interpolation(
  panels: Panels,
  h: number,
): { readonly first: number; readonly coefficients: Float64Array } | undefined {
  const position = positionOf(h);
  const panel = Math.floor(position);
  if (panel >= panels.count) return undefined;
  return { first: panel * ORDER, coefficients: lagrange(2 * (position - panel) - 1) };
}

/** The values at the nodes of the lower (0) and the upper half (1) of a panel, from those of the panel: [half][node, node of the panel] */
export const halves: readonly [Float64Array, Float64Array] = [halfOf(-1), halfOf(1)];

function halfOf(side: -1 | 1): Float64Array {
  const { nodes } = gaussLegendre(ORDER);
  const matrix = new Float64Array(ORDER * ORDER);
  for (let i = 0; i < ORDER; i++) matrix.set(lagrange((nodes[i]! + side) / 2), i * ORDER);
  return matrix;
}
