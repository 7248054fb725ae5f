/**
 * E φ(u1) φ(u2), or its drop, of a homogeneous φ at variances q1, q2 (which may be 0 or infinite) from its value at
 * unit variances: √(q1 q2) times that, without overflow of q1 q2. A factor 0 wins over an infinite one, since the
 * expectation is 0 all along the way to infinity.
 */
export function homogeneousProduct(q1: number, q2: number, atUnitVariances: number): number {
  if (q1 === 0 || q2 === 0 || atUnitVariances === 0) return 0;
  return Math.sqrt(q1) * Math.sqrt(q2) * atUnitVariances;
}
