/**
 * The gap of two signals beyond the first layer: a population of pairs, led by the exact law where gaps are small.
 *
 * A population gives gap' with a statistical error. Its error in ln gap is known to first order for small gaps, where
 * both the population and the exact law say by which factor gaps grow; so ln gap is corrected by
 *
 *   e' = s (e + ln(factor of the law) − ln(factor of the population)),   s = d ln gap'/d ln gap,
 *
 * with s → 1 for gap → 0: small gaps have the law's factors, and where gaps saturate the correction does not add up.
 */

import type { MeanFieldMap } from '@meanfield/core';

export interface PairedSignals {
  readonly gap: number;
  /** Of the population */
  readonly state: unknown;
  /** e */
  readonly correction: number;
}

export interface Pairs {
  start(gap: number): PairedSignals;
  /**
   * One layer on.
   *
   * @param known.factor by which the law says that small gaps grow
   * @param known.exact the next gap, where it is known
   */
  step(
    pairs: PairedSignals,
    known: { readonly factor: number; readonly exact: number | undefined },
  ): PairedSignals;
  /** dc'/dc */
  slope(pairs: PairedSignals): number;
}

/** @param population a map of populations for the same law, made when first needed */
export function populationPairs(population: () => MeanFieldMap): Pairs {
  return {
    start(gap) {
      return { gap, state: population().start({ q1: 1, q2: 1, gap }), correction: 0 };
    },
    step({ state, correction }, { factor, exact }) {
      const map = population();
      const before = map.observe(state);
      const next = map.step(state);
      const after = map.observe(next);
      if (!(after.gap > 0 && after.q1 > 0 && after.q1 < Infinity)) {
        return { gap: exact ?? after.gap * Math.exp(correction), state: next, correction: 0 };
      }
      if (exact !== undefined) return { gap: exact, state: next, correction: Math.log(exact / after.gap) };
      const { chi1, correlationSlope } = map.linearise(state);
      const ownFactor = (chi1 * before.q1) / after.q1;
      const slope = Math.min(1, Math.max(0, (correlationSlope * before.gap) / after.gap));
      const latest = slope * (correction + Math.log(factor / ownFactor));
      return { gap: after.gap * Math.exp(latest), state: next, correction: latest };
    },
    slope: ({ state }) => population().linearise(state).correlationSlope,
  };
}
