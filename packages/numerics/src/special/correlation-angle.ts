/**
 * The angle θ between two signals of correlation c = cos θ = 1 − gap, and π − θ, gap in [0, 2]; both to relative
 * accuracy at either end of the range, where arccos(1 − gap) has none.
 */

/** θ in [0, π] */
export const correlationAngle = (gap: number): number => Math.atan2(Math.sqrt(gap * (2 - gap)), 1 - gap);

/** π − θ */
export const correlationSupplement = (gap: number): number => Math.atan2(Math.sqrt(gap * (2 - gap)), gap - 1);
