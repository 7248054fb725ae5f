/**
 * Boundaries of phases in σ_w², the other parameters held: where lengths stop being bounded, and where c = 1 stops
 * being stable (`singh2021` §2.2, §3.1).
 */

import type { MeanFieldMap } from '@meanfield/core';
import { brent } from '@meanfield/numerics';

import { deepLayer } from './deep-layer.js';
import { nextGap } from './probes.js';

export interface Boundary {
  /** σ_w² at the boundary, null where there is none */
  readonly weightVariance: number | null;
  /** Why there is none */
  readonly reason?: string;
  /**
   * The slope does not pass through 1 but jumps across it, where deep layers change from one fixed point of lengths to
   * another (GELU)
   */
  readonly jumps?: true;
}

export interface Boundaries {
  /** Lengths are bounded below it: the limit of V(q)/q for q → ∞ is 1 */
  readonly length: Boundary;
  /** χ₁ of deep layers is below 1 below it, and above 1 above it */
  readonly correlation: Boundary;
  readonly method: string;
  /** Relative uncertainty of both numbers */
  readonly tolerance: number;
}

const TOLERANCE = 1e-12;
/** Rounding of the searched functions, unless the map's own error is larger. */
const NOISE = 1e-14;
/** A map with a larger error than this is searched no further than its error reaches. */
const STATISTICAL = 1e-9;
/** Of such a map's error; smaller values of the searched function are 0. */
const SMALL_SHARE = 0.1;
/** σ_w² from 2^−60 to 2^60 is searched, by factors of 2. */
const OCTAVES = 60;
/** Near 1, by factors of 2^(1/8): with σ_b² = 0.5 and k = −0.5 χ₁ of SELU exceeds 1 from 1.26 until lengths diverge (1.4), and again from 1.81. */
const FINE_OCTAVES = 1;
const FINE_STEPS = 8;
/** A value of the searched function at its root above this is a jump across it. */
const JUMP = 1e-7;

/** Both boundaries of the family that `map` belongs to; `map`'s own σ_w² does not matter. */
export function boundaries(map: MeanFieldMap): Boundaries {
  const tolerance = Math.max(TOLERANCE, map.relativeError ?? 0);
  const known = map.boundaries?.();
  if (known !== undefined) {
    return {
      length: boundaryAt(known.length, 'lengths grow without end at every weight variance above 0'),
      correlation: boundaryAt(known.correlation, 'χ₁ is above 1 at every weight variance above 0'),
      method: map.method,
      tolerance,
    };
  }
  const length = lengthBoundary(map);
  const correlation = correlationBoundary(map);
  return {
    length: length.boundary,
    correlation: correlation.boundary,
    method: `${map.method}; root in σ_w² by Brent's method`,
    tolerance: Math.max(tolerance, length.uncertainty, correlation.uncertainty),
  };
}

/** A boundary, and the relative uncertainty that the map's own error leaves in it. */
interface Found {
  readonly boundary: Boundary;
  readonly uncertainty: number;
}

const boundaryAt = (weightVariance: number | null, reason: string): Boundary =>
  weightVariance === null ? none(reason) : { weightVariance };

function lengthBoundary(map: MeanFieldMap): Found {
  const growth = (weightVariance: number): number =>
    map.withWeightVariance(weightVariance).asymptotics().lengthGrowth;
  const atOne = growth(1);
  if (atOne === 0) return without('lengths stay bounded at every weight variance');
  if (atOne === Infinity) return without('lengths can outgrow every line at every weight variance above 0');
  return crossing(map, (weightVariance) => growth(weightVariance) - 1, {
    below: 'lengths stay bounded at every weight variance that was searched, up to 1e18',
    above: 'lengths grow without end at every weight variance that was searched, down to 1e-18',
  });
}

function correlationBoundary(map: MeanFieldMap): Found {
  // Two networks that differ, or noisy ones
  if (nextGap(map, 1, 0) > 0) return without('c = 1 is no fixed point: equal signals part in every layer');
  const excess = (weightVariance: number): number =>
    deepLayer(map.withWeightVariance(weightVariance)).linearisation.chi1 - 1;
  return crossing(map, excess, {
    below: 'χ₁ stays below 1 at every weight variance that was searched, up to 1e18',
    above: 'χ₁ stays above 1 at every weight variance that was searched, down to 1e-18',
  });
}

const none = (reason: string): Boundary => ({ weightVariance: null, reason });
const without = (reason: string): Found => ({ boundary: none(reason), uncertainty: 0 });

/** Each value is asked for once, and is 0 where it is small beside the map's own error. */
function remembered(
  excess: (weightVariance: number) => number,
  error: number,
): (weightVariance: number) => number {
  const known = new Map<number, number>();
  const small = error > STATISTICAL ? SMALL_SHARE * error : 0;
  return (weightVariance) => {
    const found = known.get(weightVariance);
    if (found !== undefined) return found;
    const value = excess(weightVariance);
    const counted = Math.abs(value) <= small ? 0 : value;
    known.set(weightVariance, counted);
    return counted;
  };
}

/** |log₂ σ_w²| of the points that are searched on one side of 1; a map with an error that matters is spared the fine ones. */
function* exponents(error: number): Generator<number> {
  const steps = error > STATISTICAL ? 1 : FINE_STEPS;
  for (let step = 1; step <= FINE_OCTAVES * steps; step++) yield step / steps;
  for (let octave = FINE_OCTAVES + 1; octave <= OCTAVES; octave++) yield octave;
}

/** The first upward crossing of 0 met from σ_w² = 1 outwards; one that is taken back within a step is not seen. */
function crossing(
  { relativeError = 0 }: MeanFieldMap,
  searched: (weightVariance: number) => number,
  reasons: { readonly below: string; readonly above: string },
): Found {
  const excess = remembered(searched, relativeError);
  const rising = excess(1) < 0;
  let inner = 1;
  for (const exponent of exponents(relativeError)) {
    const outer = 2 ** (rising ? exponent : -exponent);
    if (excess(outer) < 0 === rising) {
      inner = outer;
      continue;
    }
    const boundary = boundaryBetween(excess, Math.min(inner, outer), Math.max(inner, outer), relativeError);
    return { boundary, uncertainty: uncertaintyOf(excess, boundary, relativeError) };
  }
  return without(rising ? reasons.below : reasons.above);
}

/** The map's error over the slope of the searched function on its flatter side, for a map whose error matters. */
function uncertaintyOf(
  excess: (weightVariance: number) => number,
  { weightVariance }: Boundary,
  error: number,
): number {
  if (weightVariance === null || error <= STATISTICAL) return 0;
  const step = 0.05;
  const rises = [-step, step].map((side) => Math.abs(excess(weightVariance * (1 + side))));
  return Math.min(1, (step * error) / Math.min(...rises));
}

function boundaryBetween(
  excess: (weightVariance: number) => number,
  low: number,
  high: number,
  error: number,
): Boundary {
  const noise = Math.max(NOISE, error);
  const result = brent(excess, low, high, error > STATISTICAL ? { tolerance: 0.1 * error * low } : {});
  if (result.status !== 'converged') return none(`the search between ${low} and ${high} did not converge`);
  if (Math.abs(result.residual) > Math.max(JUMP, 10 * error))
    return { weightVariance: result.root, jumps: true };
  return { weightVariance: lowerEdge(excess, low, result.root, noise) };
}

/**
 * Without biases χ₁ of tanh rises to 1 with slope 1 and leaves it with slope 0, where only rounding decides its
 * sign: then the boundary is where the value of 1 is reached, not somewhere on the flat side.
 */
function lowerEdge(
  excess: (weightVariance: number) => number,
  low: number,
  root: number,
  noise: number,
): number {
  const raised = (weightVariance: number): number => excess(weightVariance) + noise;
  if (raised(root * (1 - Math.max(TOLERANCE, 10 * noise))) < 0) return root;
  const edge = brent(raised, low, root, noise > STATISTICAL ? { tolerance: 0.1 * noise * low } : {});
  return edge.status === 'converged' ? edge.root : root;
}
