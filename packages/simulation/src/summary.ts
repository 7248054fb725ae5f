/** Means and standard errors over networks. */

import { MeanfieldError } from '@meanfield/core';

import type { NetworkObservation } from './networks.js';
import type { LayerObservation } from './observation.js';

/**
 * One layer's signals, averaged over networks. Standard errors are those of the mean over networks, null
 * with fewer than two of them. c and gap are null where no network had two inputs with a signal left.
 */
export interface LayerSummary {
  /** Mean square of a pre-activation */
  readonly q: number;
  readonly qStderr: number | null;
  /** Correlation of two inputs' pre-activations, averaged over pairs */
  readonly c: number | null;
  readonly cStderr: number | null;
  /** 1 − c, computed without cancellation */
  readonly gap: number | null;
  readonly gapStderr: number | null;
  /** Estimate of P(h ≤ 0) */
  readonly deadFraction: number;
  readonly deadFractionStderr: number | null;
}

export interface SimulationResult {
  /** 'weights': every weight was drawn */
  readonly method: 'weights';
  /** Entry 0 is layer 1's pre-activations */
  readonly layers: readonly LayerSummary[];
}

interface MeanWithError {
  readonly mean: number;
  readonly error: number | null;
}

function meanOf(values: readonly number[]): MeanWithError {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, error: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (count * (count - 1))) };
}

function summariseLayer(observations: readonly LayerObservation[]): LayerSummary {
  const q = meanOf(observations.map((each) => each.q));
  const dead = meanOf(observations.map((each) => each.deadFraction));
  const gaps = observations.map((each) => each.gap).filter((gap) => gap !== null);
  const gap = gaps.length === 0 ? { mean: null, error: null } : meanOf(gaps);
  return {
    q: q.mean,
    qStderr: q.error,
    c: gap.mean === null ? null : 1 - gap.mean,
    cStderr: gap.error,
    gap: gap.mean,
    gapStderr: gap.error,
    deadFraction: dead.mean,
    deadFractionStderr: dead.error,
  };
}

/**
 * Summary of the observations of networks, in whatever order and from however many calls of
 * `simulateNetworks` they come: they are summed by index, so the bits are the same.
 *
 * @throws MeanfieldError INVALID_ARGUMENT without observations, or with two of the same network
 */
export function summarise(observations: readonly NetworkObservation[]): SimulationResult {
  const ordered = [...observations].sort((a, b) => a.network - b.network);
  const first = ordered[0];
  const repeated = ordered.find(({ network }, index) => ordered[index + 1]?.network === network);
  if (first === undefined || repeated !== undefined) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'observations of at least one network, each network once',
      found: repeated === undefined ? 'none' : `network ${repeated.network} twice`,
      remedy: 'pass what simulateNetworks returned for disjoint ranges',
    });
  }
  const depth = first.layers.length;
  return {
    method: 'weights',
    layers: Array.from({ length: depth }, (_, layer) =>
      summariseLayer(ordered.map(({ layers }) => layers[layer]!)),
    ),
  };
}
