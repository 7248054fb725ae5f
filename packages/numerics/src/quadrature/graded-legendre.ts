/**
 * ∫ f over an interval by Gauss–Legendre on panels that grow geometrically away from its lower end: for f with a
 * layer there, analytic and of growing length scale beyond it, as 1/(1 + y² x²) has it at 0.
 */

import { gaussLegendre } from './gauss-rules.js';

/** On [x, 4x] a function whose singularity is at 0 has error 3^(−2n), here 5e-16. */
const NODES = 16;
const LARGEST_RATIO = 4;
/** A layer narrower than this part of the interval carries less than rounding, for bounded f. */
const FINEST = 1e-17;

/**
 * @param f bounded, analytic on (from, to)
 * @param from where the layer is
 * @param to at least `from`
 * @param layer the length of the first panel, at most twice that on which f varies beside `from`; any f is taken
 *   as smooth over the whole interval from `layer` = Infinity on
 */
export function gradedLegendre(f: (x: number) => number, from: number, to: number, layer: number): number {
  const length = to - from;
  if (!(length > 0)) return 0;
  const first = Math.min(length, Math.max(layer, FINEST * length));
  let sum = legendrePanel(f, from, from + first);
  if (first === length) return sum;
  const count = Math.ceil(Math.log(length / first) / Math.log(LARGEST_RATIO));
  const ratio = Math.pow(length / first, 1 / count);
  let reached = first;
  for (let panel = 1; panel <= count; panel++) {
    const next = panel === count ? length : reached * ratio;
    sum += legendrePanel(f, from + reached, from + next);
    reached = next;
  }
  return sum;
}

function legendrePanel(f: (x: number) => number, from: number, to: number): number {
  const { nodes, weights } = gaussLegendre(NODES);
  const half = (to - from) / 2;
  const middle = (to + from) / 2;
  let sum = 0;
  for (let i = 0; i < NODES; i++) sum += weights[i]! * f(middle + half * nodes[i]!);
  return half * sum;
}
