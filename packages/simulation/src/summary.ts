/** Means and standard errors over networks. */

import { MeanfieldError } from '@meanfield/core';

import type { NetworkObservation } from './networks.js';
import type { LayerObservation } from './observation.js';
import type { Method } from './request.js';

/** A chosen pair of inputs at one place; null where no network had a signal of both left. */
export interface PairSummary {
  /** 1 − c, computed without cancellation */
  readonly gap: number | null;
  readonly gapStderr: number | null;
  readonly c: number | null;
}

/**
 * Signals at one place, averaged over networks. Standard errors are those of the mean over networks, null
 * with fewer than two of them. c and gap are null where no network had two inputs with a signal left.
 */
export interface LayerSummary {
  /** Mean square of a signal's entries */
  readonly q: number;
  readonly qStderr: number | null;
  /** Correlation of two inputs' signals, averaged over pairs */
  readonly c: number | null;
  readonly cStderr: number | null;
  /** 1 − c, computed without cancellation */
  readonly gap: number | null;
  readonly gapStderr: number | null;
  /** Estimate of P(h ≤ 0) */
  readonly deadFraction: number;
  readonly deadFractionStderr: number | null;
  /** Mean over inputs of root mean square of a signal's entries over that of its input's; null for inputs of 0 */
  readonly normRatio: number | null;
  readonly normRatioStderr: number | null;
  /** One entry for each of the request's `pairGaps` */
  readonly pairs?: readonly PairSummary[];
}

export interface SimulationResult {
  readonly method: Method;
  /** One entry an observed place, in the order of the network's data */
  readonly layers: readonly LayerSummary[];
}

export interface MeanWithError {
  readonly mean: number;
  /** Standard error of the mean; null with fewer than two values */
  readonly stderr: number | null;
}

/** Of at least one value. */
export function meanOf(values: readonly number[]): MeanWithError {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, stderr: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, stderr: Math.sqrt(squares / (count * (count - 1))) };
}

/** Of the networks that have a value. */
export function meanOfPresent(
  values: readonly (number | null | undefined)[],
): MeanWithError | { mean: null; stderr: null } {
  const present = values.filter((value) => value !== null && value !== undefined);
  return present.length === 0 ? { mean: null, stderr: null } : meanOf(present);
}

const correlationOf = (gap: number | null): number | null => (gap === null ? null : 1 - gap);

function summarisePairs(observations: readonly LayerObservation[], pairs: number): readonly PairSummary[] {
  return Array.from({ length: pairs }, (_, pair) => {
    const { mean, stderr } = meanOfPresent(observations.map(({ pairGaps }) => pairGaps?.[pair]));
    return { gap: mean, gapStderr: stderr, c: correlationOf(mean) };
  });
}

function summariseLayer(observations: readonly LayerObservation[]): LayerSummary {
  const q = meanOf(observations.map((each) => each.q));
  const dead = meanOf(observations.map((each) => each.deadFraction));
  const gap = meanOfPresent(observations.map((each) => each.gap));
  const ratio = meanOfPresent(observations.map((each) => each.normRatio));
  const pairs = observations[0]?.pairGaps?.length;
  return {
    q: q.mean,
    qStderr: q.stderr,
    c: correlationOf(gap.mean),
    cStderr: gap.stderr,
    gap: gap.mean,
    gapStderr: gap.stderr,
    deadFraction: dead.mean,
    deadFractionStderr: dead.stderr,
    normRatio: ratio.mean,
    normRatioStderr: ratio.stderr,
    ...(pairs === undefined ? {} : { pairs: summarisePairs(observations, pairs) }),
  };
}

function unfit(found: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'observations of at least one network of one request, each network once',
    found,
    remedy: 'pass what simulateNetworks returned for disjoint ranges of one request',
  });
}

/**
 * Summary of the observations of networks, in whatever order and from however many calls of
 * `simulateNetworks` they come: they are summed by index, so the bits are the same.
 *
 * @throws MeanfieldError INVALID_ARGUMENT without observations, with two of the same network, or of different requests
 */
export function summarise(observations: readonly NetworkObservation[]): SimulationResult {
  const ordered = [...observations].sort((a, b) => a.network - b.network);
  const [first] = ordered;
  if (first === undefined) throw unfit('none');
  const repeated = ordered.find(({ network }, index) => ordered[index + 1]?.network === network);
  if (repeated !== undefined) throw unfit(`network ${repeated.network} twice`);
  const { method, layers } = first;
  const other = ordered.find((each) => each.method !== method || each.layers.length !== layers.length);
  if (other !== undefined) throw unfit(`networks ${first.network} and ${other.network} that differ in kind`);
  return {
    method,
    layers: layers.map((_, place) => summariseLayer(ordered.map((each) => each.layers[place]!))),
  };
}
