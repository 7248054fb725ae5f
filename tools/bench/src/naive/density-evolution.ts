/**
 * The law of RAI and RAAI the direct way: layer after layer on one grid, every entry of the kernel anew in each, until
 * lengths and differences grow alike from one layer to the next.
 */

import { gaussLegendre, kappaOf, normalCdf, normalPdf } from '@meanfield/numerics';

export interface Growth {
  /** λ of E h² */
  readonly lengths: number;
  /** μ of E δ² */
  readonly differences: number;
}

const REACH = 24;
const LAYERS = 80;
const SETTLED = 1e-9;
/** The closed forms cancel for smaller y */
const CLOSED = 3;

/** E_u n(h − u y) and E_u u² n(h − u y), u ~ Beta(2, 1) */
function kernels(h: number, y: number): [number, number] {
  if (y > CLOSED) {
    const t = y - h;
    const [above, below, edge, start] = [normalCdf(t), normalCdf(-h), normalPdf(t), normalPdf(h)];
    const cubic = (at: number): number => 3 * h * (h + at) + at * at + 2;
    const plain = h * (above - below) - edge + start;
    const square = h * (h * h + 3) * (above - below) - cubic(t) * edge + cubic(-h) * start;
    return [(2 * plain) / y ** 2, (2 * square) / y ** 4];
  }
  const { nodes, weights } = gaussLegendre(40);
  let [plain, square] = [0, 0];
  nodes.forEach((node, i) => {
    const u = (1 + node) / 2;
    const part = weights[i]! * u * normalPdf(h - u * y);
    plain += part;
    square += u * u * part;
  });
  return [plain, square];
}

/** ReLU, Beta(2, 1), on `size` Gauss–Legendre nodes in units of the Gaussian part. */
export function directGrowth(weightVariance: number, correlationStrength: number, size: number): Growth {
  const rule = gaussLegendre(size);
  const h = rule.nodes.map((node) => (REACH / 2) * (1 + node));
  const w = rule.weights.map((weight) => (REACH / 2) * weight);
  const mean = (f: (i: number) => number): number => w.reduce((sum, weight, i) => sum + weight * f(i), 0);
  let p = h.map(normalPdf);
  let spread = Float64Array.from(p);
  let growth: Growth = { lengths: 0, differences: 0 };
  for (let layer = 0; layer < LAYERS; layer++) {
    const square = mean((i) => p[i]! * h[i]! ** 2);
    const first = mean((i) => p[i]! * h[i]!);
    const g = Math.sqrt(weightVariance * (square - kappaOf(correlationStrength) * first ** 2));
    const atZero = 1 - mean((i) => p[i]!);
    const before = mean((i) => spread[i]!);
    const nextP = new Float64Array(size);
    const nextSpread = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      nextP[i] = atZero * normalPdf(h[i]!);
      for (let j = 0; j < size; j++) {
        const [plain, squared] = kernels(h[i]!, h[j]! / g);
        nextP[i]! += plain * w[j]! * p[j]!;
        nextSpread[i]! += squared * w[j]! * spread[j]!;
      }
      nextSpread[i]! += weightVariance * before * nextP[i]!;
    }
    [p, spread] = [nextP, nextSpread];
    const after = mean((i) => spread[i]!);
    const latest = { lengths: g * g, differences: after / before };
    spread = spread.map((value) => value / after);
    const settled =
      Math.abs(latest.lengths - growth.lengths) + Math.abs(latest.differences - growth.differences);
    growth = latest;
    if (settled < SETTLED) break;
  }
  return growth;
}
