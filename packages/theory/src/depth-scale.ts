import { SLOPE_TOLERANCE } from './probes.js';

/**
 * ξ = −1/ln|slope|, the number of layers in which a small deviation shrinks by e (`schoenholz2017` §3). Infinity
 * where deviations do not shrink, |slope| ≥ 1 within 1e-12; 0 at slope 0.
 */
export function depthScale(slope: number): number {
  const size = Math.abs(slope);
  if (!(size < 1 - SLOPE_TOLERANCE)) return Infinity;
  return size === 0 ? 0 : -1 / Math.log(size);
}
