/**
 * Where a curve against σ_w² crosses its own value half as deep: the boundary that a simulation shows.
 *
 * A quantity that is multiplied by the same factor in every layer, such as q without biases or the mean square of
 * the difference of two close signals, is the same at two depths where that factor is 1. With x_r(l) of network r,
 * f(σ_w²) = ln(Σ_r x_r(late) / Σ_r x_r(early)) is drawn straight in ln σ_w² between grid points; the crossing is the
 * last one from below 0 to above it. Its standard error is the jackknife's over networks, all grid points of a network
 * left out together: with common random numbers they move together.
 */

export interface DepthPair {
  /** By network, then by σ_w² */
  readonly early: readonly (readonly number[])[];
  readonly late: readonly (readonly number[])[];
}

export type Crossing =
  | { readonly weightVariance: number; readonly stderr: number }
  | { readonly weightVariance: null; readonly stderr: null; readonly reason: string };

const none = (reason: string): Crossing => ({ weightVariance: null, stderr: null, reason });

/** f at every σ_w², without the network `left`; null where a sum is 0 or not finite. */
function logRatios({ early, late }: DepthPair, variances: number, left: number | null): (number | null)[] {
  const sum = (rows: DepthPair['early'], variance: number): number =>
    rows.reduce((total, row, network) => (network === left ? total : total + row[variance]!), 0);
  return Array.from({ length: variances }, (_, variance) => {
    const ratio = Math.log(sum(late, variance) / sum(early, variance));
    return Number.isFinite(ratio) ? ratio : null;
  });
}

/**
 * Where f crosses from at or below 0 to above it, straight in ln σ_w² between grid points, for the last time; null where
 * it does not.
 *
 * @param weightVariances increasing, above 0
 */
export function crossingPoint(
  weightVariances: readonly number[],
  f: readonly (number | null)[],
): number | null {
  for (let i = weightVariances.length - 1; i > 0; i--) {
    const [below = null, above = null] = [f[i - 1], f[i]];
    if (below === null || above === null || below > 0 || above <= 0) continue;
    const [low, high] = [Math.log(weightVariances[i - 1]!), Math.log(weightVariances[i]!)];
    return Math.exp(low + ((high - low) * -below) / (above - below));
  }
  return null;
}

/**
 * @param weightVariances increasing, above 0
 * @returns no crossing, with a reason, where the curve stays on one side, or where it hangs on a single network
 */
export function crossingOf(weightVariances: readonly number[], pair: DepthPair): Crossing {
  const networks = pair.early.length;
  const at = (left: number | null): number | null =>
    crossingPoint(weightVariances, logRatios(pair, weightVariances.length, left));
  const estimate = at(null);
  if (estimate === null) return none('the curves of both depths do not cross inside the scan');
  if (networks < 2) return none('one network gives no standard error');
  const leftOut = pair.early.map((_, network) => at(network));
  const found = leftOut.filter((value) => value !== null);
  if (found.length < networks) return none('whether the curves cross inside the scan hangs on one network');
  const mean = found.reduce((sum, value) => sum + value, 0) / networks;
  const squares = found.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { weightVariance: estimate, stderr: Math.sqrt(((networks - 1) / networks) * squares) };
}
