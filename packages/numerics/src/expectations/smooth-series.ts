/**
 * Hermite series of a smooth activation: b_n(q) = E φ'(√q z) He_n(z)/√n!. With them, by Mehler's formula and
 * a_{n+1} = √q b_n/√(n+1) (`shrinkage2021` §3 for the series, at q1 = q2 = 1):
 *
 *   E φ'(u1) φ'(u2) = Σ b_n(q1) b_n(q2) c^n
 *   E φ(u1) φ(u2)   = a_0(q1) a_0(q2) + √(q1 q2) Σ b_n(q1) b_n(q2) c^{n+1}/(n+1)
 *   its drop from c = 1 = √(q1 q2) Σ b_n(q1) b_n(q2) (1 − c^{n+1})/(n+1), which has no cancellation at small gaps.
 *
 * Method: trapezoid in z, which converges geometrically for smooth φ; more terms until the last eight weigh
 * below 1e-16 of the whole and Σ b_n² equals E φ'² (integrated by panels) to 1e-13. tanh needs about 140 q terms.
 *
 * Measured error: products 4e-14 of the value (tanh, erf, GELU, softplus; q from 0.1 to 5), drops 1.3e-15 relative
 * (erf, q from 1e-6 to 3, gaps from 1e-14 to 2).
 */

const INVERSE_SQRT_2PI = 0.3989422804014327;
/** Numbers of terms that are tried. tanh gets by with them up to q = 30. */
const COUNTS = [48, 160, 480, 1152, 2304, 4608];
/** He_n(z)/√n! times the density is below 1e-17 beyond this. */
const REACH = 12.6;
const TAIL_TERMS = 8;
const TAIL_WEIGHT = 1e-16;
const PARSEVAL = 1e-13;

/**
 * b_0, b_1, … until they have died out, or null where 4608 terms are not enough. `meanSquare` is E φ'², `atLeast` a
 * number of terms to start from.
 */
export function derivativeSeries(
  derivative: (u: number) => number,
  q: number,
  meanSquare: number,
  atLeast: number,
): Float64Array | null {
  let needed = atLeast;
  for (const count of COUNTS) {
    if (count < needed) continue;
    const series = trapezoidCoefficients(derivative, Math.sqrt(q), count);
    let sum = 0;
    let tail = 0;
    for (let n = 0; n < count; n++) {
      const square = series[n]! * series[n]!;
      sum += square;
      if (n >= count - TAIL_TERMS) tail += square;
    }
    if (tail <= TAIL_WEIGHT * sum && Math.abs(sum - meanSquare) <= PARSEVAL * meanSquare) return series;
    // b_n² falls like e^{−κ√n} for φ with poles: where that reaches the tail weight, less a wide margin.
    needed = 0.3 * count * (Math.log(TAIL_WEIGHT) / Math.min(-1, Math.log(tail / sum))) ** 2;
  }
  return null;
}

/** E f(deviation·z) He_n(z)/√n! for n < count, one of COUNTS. */
function trapezoidCoefficients(f: (u: number) => number, deviation: number, count: number): Float64Array {
  const { step, nodes, rows } = hermiteTable(count);
  const even = new Float64Array(nodes);
  const odd = new Float64Array(nodes);
  for (let i = 0; i < nodes; i++) {
    const u = deviation * i * step;
    const right = f(u);
    const left = f(-u);
    even[i] = right + left;
    odd[i] = right - left;
  }
  const coefficients = new Float64Array(count);
  for (const [first, part] of [even, odd].entries()) {
    if (part.every((value) => value === 0)) continue;
    for (let n = first; n < count; n += 2) coefficients[n] = dot(rows, n * nodes, part);
  }
  return coefficients;
}

interface HermiteTable {
  readonly step: number;
  /** z = 0, step, …, (nodes − 1) step; a multiple of 4 of them */
  readonly nodes: number;
  /** [count, nodes]: step × density × He_n(z)/√n!, half of it at z = 0, which stands for both sides */
  readonly rows: Float64Array;
}

/** Made when first needed, 30 MB in all; only large variances need the larger ones. */
const hermiteTables = new Map<number, HermiteTable>();

/**
 * The step resolves the frequencies √n of He_n and about three times that for f, what a function with coefficients
 * that die out at n = count has.
 */
function hermiteTable(count: number): HermiteTable {
  const known = hermiteTables.get(count);
  if (known !== undefined) return known;
  const step = (2 * Math.PI) / (4 * Math.sqrt(count) + 6);
  const nodes = 4 * Math.ceil((REACH / step + 1) / 4);
  const rows = new Float64Array(count * nodes);
  for (let i = 0; i < nodes; i++) {
    const z = i * step;
    let previous = 0;
    let value = step * INVERSE_SQRT_2PI * Math.exp(-0.5 * z * z) * (i === 0 ? 0.5 : 1);
    for (let n = 0; n < count; n++) {
      rows[n * nodes + i] = value;
      const next = (z * value - Math.sqrt(n) * previous) / Math.sqrt(n + 1);
      previous = value;
      value = next;
    }
  }
  const table = { step, nodes, rows };
  hermiteTables.set(count, table);
  return table;
}

/** Σ rows[offset + i] part[i], in four sums at a time */
function dot(rows: Float64Array, offset: number, part: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < part.length; i += 4) {
    const at = offset + i;
    a += rows[at]! * part[i]!;
    b += rows[at + 1]! * part[i + 1]!;
    c += rows[at + 2]! * part[i + 2]!;
    d += rows[at + 3]! * part[i + 3]!;
  }
  return a + b + (c + d);
}

/** Σ b_n b'_n c^n */
export function seriesDerivativeProduct(b1: Float64Array, b2: Float64Array, c: number): number {
  let sum = 0;
  for (let n = Math.min(b1.length, b2.length) - 1; n >= 0; n--) sum = sum * c + b1[n]! * b2[n]!;
  return sum;
}

/** Σ b_n b'_n c^{n+1}/(n+1): E φ φ less the product of means, over √(q1 q2) */
export function seriesCovariance(b1: Float64Array, b2: Float64Array, c: number): number {
  let sum = 0;
  for (let n = Math.min(b1.length, b2.length) - 1; n >= 0; n--) {
    sum = sum * c + (b1[n]! * b2[n]!) / (n + 1);
  }
  return sum * c;
}

/** Σ b_n b'_n (1 − c^{n+1})/(n+1), with 1 − c^{n+1} = 1 − c^n + c^n gap */
export function seriesDrop(b1: Float64Array, b2: Float64Array, gap: number): number {
  const count = Math.min(b1.length, b2.length);
  let power = 1;
  let lost = 0;
  let sum = 0;
  for (let n = 0; n < count; n++) {
    lost += power * gap;
    power *= 1 - gap;
    sum += (b1[n]! * b2[n]! * lost) / (n + 1);
  }
  return sum;
}
