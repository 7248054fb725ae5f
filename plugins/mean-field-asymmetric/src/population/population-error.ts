/** How far a population's numbers are from those of the law, from independent populations. */

import type { MeanFieldMap } from '@meanfield/core';

import { populationMap, type PopulationRequest } from './population-map.js';

export interface WithError {
  /** Mean over replicates */
  readonly mean: number;
  /** Standard error of `mean` */
  readonly standardError: number;
  /** Standard deviation of one replicate: the error of a single population */
  readonly deviation: number;
}

const REPLICATES = 8;

/**
 * `quantity` of `replicates` (at least 2; default 8) independent populations of one request and seed. The bias, of order 1/P,
 * is not seen.
 */
export function withError(
  request: Omit<PopulationRequest, 'replicate'>,
  quantity: (map: MeanFieldMap) => number,
  replicates: number = REPLICATES,
): WithError {
  const values = Array.from({ length: Math.max(2, replicates) }, (_, replicate) =>
    quantity(populationMap({ ...request, replicate })),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return { mean, standardError: deviation / Math.sqrt(values.length), deviation };
}
