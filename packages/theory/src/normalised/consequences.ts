/** What `shrinkage2021` §4.1 derives from thm. 1 for leaky ReLU and erf, in the forms printed there. */

/** 2/√5, √5 and arctan(2/√5) − 2/3, of erf's covariance */
const ROOT5 = Math.sqrt(5);
const ERF_BEND = Math.atan(2 / ROOT5) - 2 / 3;

/**
 * Eq. 4.1: the largest 1 − ρ_max of a critical leaky ReLU network, σ_b = 0, before the trivial cap at 2.
 *
 * @param negativeSlope a
 * @param depth L
 */
export const leakyReluGapBound = (negativeSlope: number, depth: number): number =>
  (Math.sqrt((16 * Math.PI) / (Math.PI - 2)) * Math.sqrt(1 + negativeSlope ** 2)) /
  Math.abs(1 - negativeSlope) /
  Math.sqrt(depth);

/** Eq. 4.2: the same of a critical erf network. */
export const erfGapBound = (depth: number): number => 4 / Math.sqrt(ERF_BEND * ROOT5) / Math.sqrt(depth);

/**
 * Eq. 4.3: the smallest operator norm of the Jacobian of a chaotic erf network.
 *
 * @param fixedGap 1 − ρ_fp, of the attracting fixed point
 */
export const erfJacobianBound = (fixedGap: number, depth: number): number =>
  (Math.sqrt(ERF_BEND * ROOT5) / 4) * fixedGap * Math.sqrt(depth);
