/**
 * How the activations of one side (h > 0 or h < 0) of a layer enter the next: φ(h) = a h there, and in units of the
 * next layer's Gaussian part, y = ratio · |h|, pointing to the side `to`.
 *
 * ratio = s/ρ with s a power of two and ρ in (1/√2, √2]: x = |h|/ρ has density ρ p(ρ x), and y = s x.
 */

import type { TwoSlopes } from '../two-slopes.js';
import type { BetaFamily, BothSides, Kernels } from './kernels.js';
import { interpolation, ORDER, type Panels } from './panels.js';

/** 0: h > 0, 1: h ≤ 0 */
export type Side = 0 | 1;
export const SIDES: readonly Side[] = [0, 1];
export const otherSide = (side: Side): Side => (side === 0 ? 1 : 0);

export interface Passage {
  /** |a| */
  readonly slope: number;
  readonly to: Side;
  /** Undefined where a = 0: y = 0 */
  readonly scale: Scale | undefined;
}

/** A change of scale by ρ, and the kernels at s. */
interface Scale {
  readonly kernels: Kernels;
  /** The density of x at the nodes, from that of |h| */
  pull(density: Float64Array): Float64Array;
}

/** Slope of φ on a side, and where a φ of that slope points to. */
export function slopeOn(slopes: TwoSlopes, side: Side): { readonly slope: number; readonly to: Side } {
  const outward = side === 0 ? slopes.right : slopes.left;
  return { slope: Math.abs(outward), to: outward >= 0 ? side : otherSide(side) };
}

/** @param unit deviation of this layer's Gaussian part over that of the next; the passage's ratio is |a| · unit */
export function passages(
  family: BetaFamily,
  panels: Panels,
  slopes: TwoSlopes,
  unit: number,
): readonly [Passage, Passage] {
  const scales = new Map<number, Scale>();
  const passage = (side: Side): Passage => {
    const { slope, to } = slopeOn(slopes, side);
    if (slope === 0) return { slope, to, scale: undefined };
    let scale = scales.get(slope);
    if (scale === undefined) scales.set(slope, (scale = scaleOf(family, panels, slope * unit)));
    return { slope, to, scale };
  };
  return [passage(0), passage(1)];
}

/** The kernel that serves from a passage to a side. */
export const kernelTo = (passage: Passage, sides: BothSides, side: Side): Float64Array =>
  passage.to === side ? sides.same : sides.opposite;

/** Beyond, what is not at 0 is out of reach, and below, all is at 0 */
const MAX_RATIO = 2 ** 60;

function scaleOf(family: BetaFamily, panels: Panels, exactRatio: number): Scale {
  if (exactRatio > MAX_RATIO) return beyondReach(panels.nodes.length);
  const ratio = Math.max(exactRatio, 1 / MAX_RATIO);
  const octave = Math.round(Math.log2(ratio));
  const rho = 2 ** octave / ratio;
  const n = panels.nodes.length;
  const rows = Array.from(panels.nodes, (x) => interpolation(panels, rho * x));
  return {
    kernels: family.kernels(panels, octave),
    pull(density) {
      const out = new Float64Array(n);
      rows.forEach((row, i) => {
        if (row === undefined) return;
        let sum = 0;
        for (let k = 0; k < ORDER; k++) sum += row.coefficients[k]! * density[row.first + k]!;
        out[i] = rho * sum;
      });
      return out;
    },
  };
}

/** Where all mass leaves the nodes, and none changes sides. */
function beyondReach(n: number): Scale {
  const vector = new Float64Array(n);
  const matrix = new Float64Array(n * n);
  const nowhere = { same: matrix, opposite: matrix };
  return {
    kernels: { density: nowhere, square: nowhere, leaks: [vector, vector, vector], squareLeak: vector },
    pull: () => vector,
  };
}
