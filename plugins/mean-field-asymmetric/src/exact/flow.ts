/**
 * Moments of the two sides h > 0 and h < 0 of a stationary law: what a side holds flows on to the side that φ maps it
 * to, M_t = Σ_{s → t} (gain_s/growth) M_s + b_t.
 *
 * The moments are infinite for growth ≤ critical, and with power-law tails nearly so just above; so the growth is given as
 * critical + excess, and the excess enters without cancellation.
 */

import type { TwoSlopes } from '../two-slopes.js';
import { slopeOn } from './passage.js';

export type PerSide = readonly [number, number];

/** Slope by which |h| grows along the steepest loop of sides: a₊ for ReLU. Moments of order m grow by E u^m times its m-th power. */
export function loopSlope(slopes: TwoSlopes): number {
  const [above, below] = [slopeOn(slopes, 0), slopeOn(slopes, 1)];
  if (above.to === 1 && below.to === 0) return Math.sqrt(above.slope * below.slope);
  return Math.max(above.to === 0 ? above.slope : 0, below.to === 1 ? below.slope : 0);
}

export interface Flow {
  readonly slopes: TwoSlopes;
  /** m */
  readonly order: 1 | 2;
  /** E u^m */
  readonly moment: number;
  /** Growth less its critical value E u^m · loopSlope^m, above 0 */
  readonly excess: number;
}

/** The moments M for given b. */
export function solveFlow({ slopes, order, moment, excess }: Flow, b: PerSide): PerSide {
  const [above, below] = [slopeOn(slopes, 0), slopeOn(slopes, 1)];
  const loop = loopSlope(slopes) ** order;
  const growth = moment * loop + excess;
  const gain = (slope: number): number => (moment * slope ** order) / growth;
  /** 1 − gain of a side that flows to itself */
  const rest = (slope: number): number => (excess + moment * (loop - slope ** order)) / growth;
  if (above.to === 1 && below.to === 0) {
    const around = (excess / growth) * (1 + (moment * loop) / growth);
    return [(b[0] + gain(below.slope) * b[1]) / around, (b[1] + gain(above.slope) * b[0]) / around];
  }
  if (above.to === below.to) {
    const [sink, source] = above.to === 0 ? [above.slope, below.slope] : [below.slope, above.slope];
    const [held, fed] = above.to === 0 ? [b[1], b[0]] : [b[0], b[1]];
    const filled = (fed + gain(source) * held) / rest(sink);
    return above.to === 0 ? [filled, held] : [held, filled];
  }
  return [b[0] / rest(above.slope), b[1] / rest(below.slope)];
}
