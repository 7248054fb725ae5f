/**
 * Combinations of erfcx(a) = e^{a²} erfc(a), a ≥ 0, that vanish at a = 0, relative to their own size. Small
 * arguments by the series erfcx(a) = Σ (−a)ⁿ/Γ(1 + n/2).
 */

import { horner } from '../special/horner.js';
import { erfcx, logGamma } from '../special/index.js';
import { gaussLegendre } from '../quadrature/gauss-rules.js';

const TWO_OVER_ROOT_PI = 1.1283791670955126;
const ROOT_HALF_PI = 1.2533141373155003;
/** Up to 1 the 36th term is below 1e-15/6 of the first. */
const SERIES: readonly number[] = Array.from(
  { length: 36 },
  (_, n) => (n % 2 === 0 ? 1 : -1) * Math.exp(-logGamma(1 + n / 2)),
);
const SERIES_REACH = 1;
/** From here on 1 − erfcx loses less than a factor 4. */
const SHORT = 0.25;
const SHORT_NODES = 10;

/** (−1)ᵏ⁺¹ (2k − 1)!!, k = 1 … 14: the next term is below 3e-17 from FAR on */
const DECAY: readonly number[] = Array.from({ length: 14 }).reduce<number[]>(
  (terms, _, k) => [...terms, k === 0 ? 1 : -(2 * k + 1) * terms[k - 1]!],
  [],
);
const FAR = 12;

/**
 * ∫₀^∞ r e^{−ry − r²/2} dr = 1 − y R(y), R being Mills' ratio; from 1 at y = 0 down like 1/y². Absolute
 * error 3e-16, relative 4e-15 beyond 12, where it is the asymptotic series Σ (−1)ᵏ⁺¹ (2k − 1)!!/y²ᵏ.
 */
export function radialDecay(y: number): number {
  if (y > FAR) return horner(DECAY, 1 / y / y) / y / y;
  return 1 - ROOT_HALF_PI * y * erfcx(y * Math.SQRT1_2);
}

/** erfcx(a) − 1 + 2a/√π: what its tangent at 0 leaves. */
export function lessTangent(a: number): number {
  if (a > SERIES_REACH) return erfcx(a) - 1 + TWO_OVER_ROOT_PI * a;
  let sum = 0;
  for (let n = SERIES.length - 1; n >= 2; n--) sum = sum * a + SERIES[n]!;
  return sum * a * a;
}

/** 1 − erfcx(a) − erfcx(b) + erfcx(a + b) = 2 E[(1 − e^{−a√2 z}) (1 − e^{−b√2 z}); z > 0] */
export function secondDifference(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (small + large <= SERIES_REACH) return differenceSeries(small, large);
  if (small < SHORT) return differenceIntegral(small, large);
  return 1 - erfcx(large) - (erfcx(small) - erfcx(small + large));
}

/** Σ (−1)ⁿ dₙ/Γ(1 + n/2) with dₙ = (a+b)ⁿ − aⁿ − bⁿ, d₁ = 0, dₙ₊₁ = (a+b) dₙ + aⁿ b + bⁿ a */
function differenceSeries(a: number, b: number): number {
  let difference = 0;
  let powerOfA = a;
  let powerOfB = b;
  let sum = 0;
  for (let n = 2; n < SERIES.length; n++) {
    difference = (a + b) * difference + powerOfA * b + powerOfB * a;
    powerOfA *= a;
    powerOfB *= b;
    sum += SERIES[n]! * difference;
  }
  return sum;
}

/** ∫₀ᵃ [−erfcx'(t) + erfcx'(b + t)] dt with −erfcx'(t) = (2/√π) radialDecay(√2 t), for small a and b well above 0 */
function differenceIntegral(a: number, b: number): number {
  const { nodes, weights } = gaussLegendre(SHORT_NODES);
  let sum = 0;
  for (let i = 0; i < SHORT_NODES; i++) {
    const t = 0.5 * a * (1 + nodes[i]!);
    sum += weights[i]! * (radialDecay(Math.SQRT2 * t) - radialDecay(Math.SQRT2 * (b + t)));
  }
  return 0.5 * a * TWO_OVER_ROOT_PI * sum;
}
