/**
 * φ'(x) from values of φ alone: the slope of the polynomial that agrees with φ at 20 Chebyshev points of a window
 * around x (`trefethen2013` ch. 3 for the coefficients, ch. 8 for their geometric fall).
 *
 * The window starts with half-width max(scale/2, |x|/4) and is halved until the last four Chebyshev coefficients are below
 * 1e-14 of the largest |φ| in it; else the half-width of least estimated error is taken. It never reaches across a kink: beside one it lies on
 * x's side of it, and at a kink the result is the mean of both one-sided slopes. φ is not asked for its value at a kink.
 *
 * Measured error, |x| ≤ 8: 2e-14 absolute for tanh, sin, e^{−x²}, softplus, SiLU and arctan, 2e-14 relative for e^x, 1e-13 for
 * tanh(100x) (1e-15 of its largest slope); 5e-14 for |x|, ELU and hard tanh at and beside their kinks, from 1e-12 away. In
 * general about 20 ε max|φ| over the half-width that φ lets it have.
 */

/** Points in a window; even, so that none is its centre */
const POINTS = 20;
const TAIL_COEFFICIENTS = 4;
const SETTLED = 1e-14;
const MOST_HALVINGS = 14;
/** Slopes further out, and at infinity, are those here. */
const FARTHEST = 1e300;

/** cos(πm/(2·POINTS)), to the last digit for any whole m ≥ 0 */
function cosine(m: number): number {
  const turned = m % (4 * POINTS);
  const folded = Math.min(turned, 4 * POINTS - turned);
  const [sign, acute] = folded > POINTS ? [-1, 2 * POINTS - folded] : [1, folded];
  const angle = (Math.PI * Math.min(acute, POINTS - acute)) / (2 * POINTS);
  return sign * (acute <= POINTS / 2 ? Math.cos(angle) : Math.sin(angle));
}

const INDICES = Array.from({ length: POINTS }, (_, index) => index);
/** Chebyshev points of [−1, 1], decreasing */
const NODES: readonly number[] = INDICES.map((j) => cosine(2 * j + 1));
/** Row k gives the coefficient of T_k from the values at the nodes. */
const TRANSFORM: readonly (readonly number[])[] = INDICES.map((k) =>
  INDICES.map((j) => ((k === 0 ? 1 : 2) / POINTS) * cosine(k * (2 * j + 1))),
);
/** Slope at the centre from the values at the first half of the nodes less those opposite: T_k'(0) = ±k for odd k */
const CENTRE_WEIGHTS: readonly number[] = INDICES.slice(0, POINTS / 2).map((j) =>
  INDICES.reduce((sum, k) => (k % 2 === 0 ? sum : sum + (k % 4 === 1 ? k : -k) * TRANSFORM[k]![j]!), 0),
);

export interface NumericalSlope {
  readonly value: number;
  /** Estimate of the absolute error: truncation and rounding */
  readonly error: number;
}

/** What lies between neighbouring kinks, or beyond the outermost */
interface Interval {
  readonly low: number;
  readonly high: number;
}

const dot = (row: readonly number[], values: readonly number[]): number => {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += row[j]! * values[j]!;
  return sum;
};

/** Slope at t in [−1, 1], in units of the window, of the interpolant: Σ c_k T_k'(t) with T_k' = k U_{k−1} */
function interpolantSlope(values: readonly number[], t: number): number {
  // A constant has the slope 0, without rounding.
  const rises = values.map((value) => value - values[0]!);
  let sum = 0;
  let [previous, current] = [0, 1];
  for (let k = 1; k < POINTS; k++) {
    sum += k * current * dot(TRANSFORM[k]!, rises);
    [previous, current] = [current, 2 * t * current - previous];
  }
  return sum;
}

function centreSlope(values: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < CENTRE_WEIGHTS.length; j++) {
    sum += CENTRE_WEIGHTS[j]! * (values[j]! - values[POINTS - 1 - j]!);
  }
  return sum;
}

/** The slope at x from one window, and whether its coefficients have died out. */
function windowSlope(
  phi: (x: number) => number,
  x: number,
  { low, high }: Interval,
  half: number,
): NumericalSlope & { readonly settled: boolean } {
  const centre = Math.max(low + half, Math.min(high - half, x));
  const values = new Array<number>(POINTS);
  let size = 0;
  for (let j = 0; j < POINTS; j++) {
    const value = phi(centre + half * NODES[j]!);
    values[j] = value;
    size = Math.max(size, Math.abs(value));
  }
  if (!Number.isFinite(size)) return { value: NaN, error: Infinity, settled: false };
  let tail = 0;
  for (let k = POINTS - TAIL_COEFFICIENTS; k < POINTS; k++) {
    tail = Math.max(tail, Math.abs(dot(TRANSFORM[k]!, values)));
  }
  const position = Math.max(-1, Math.min(1, (x - centre) / half));
  const slope = position === 0 ? centreSlope(values) : interpolantSlope(values, position);
  // T_k' is at most k at the centre and k² at the ends.
  const growth = POINTS + Math.abs(position) * (POINTS * POINTS - POINTS);
  return {
    value: slope / half,
    error: (growth * (tail + Number.EPSILON * size)) / half,
    settled: tail <= SETTLED * size,
  };
}

function slopeWithin(
  phi: (x: number) => number,
  x: number,
  interval: Interval,
  scale: number,
): NumericalSlope {
  const { low, high } = interval;
  const widest = Math.min(Math.max(scale / 2, Math.abs(x) / 4), high / 2 - low / 2);
  const distance = Math.min(x - low, high - x);
  // Close to a kink where φ is not analytic from one side, only windows that stay clear of it settle.
  const narrowest = Math.min(widest * 0.5 ** MOST_HALVINGS, distance > 0 ? distance / 4 : Infinity);
  let best: NumericalSlope = { value: NaN, error: Infinity };
  for (let half = widest; half >= narrowest && half > 0; half /= 2) {
    const found = windowSlope(phi, x, interval, half);
    if (found.settled) return found;
    if (found.error < best.error) best = found;
  }
  return best;
}

/**
 * φ'(x) with an estimate of its error. `kinks` increase, `scale` is the length on which φ varies. Where φ overflows around x it is taken to grow away from 0, and
 * the slope is infinite.
 */
export function numericalSlope(
  phi: (x: number) => number,
  kinks: readonly number[],
  x: number,
  scale = 1,
): NumericalSlope {
  const at = Math.max(-FARTHEST, Math.min(FARTHEST, x));
  const above = kinks.findIndex((kink) => kink >= at);
  const next = above === -1 ? kinks.length : above;
  const low = kinks[next - 1] ?? -Infinity;
  const high = kinks[next] ?? Infinity;
  const found = slopeWithin(phi, at, { low, high }, scale);
  if (high === at)
    return meanOf(found, slopeWithin(phi, at, { low: at, high: kinks[next + 1] ?? Infinity }, scale));
  if (found.error < Infinity || Number.isNaN(x)) return found;
  return { value: phi(at) < 0 === at < 0 ? Infinity : -Infinity, error: Infinity };
}

const meanOf = (a: NumericalSlope, b: NumericalSlope): NumericalSlope => ({
  value: (a.value + b.value) / 2,
  error: (a.error + b.error) / 2,
});
