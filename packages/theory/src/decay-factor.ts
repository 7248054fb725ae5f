import { MeanfieldError, show } from '@meanfield/core';

/**
 * The factor per layer by which deviations shrink, from a straight line fitted to ln|value| by least squares: so
 * `depthScale` of it is the depth scale that a trajectory shows, simulated or computed.
 *
 * @param values deviations of successive layers from their limit, at least two, none of them 0; the caller picks the
 * layers in which decay is exponential
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function decayFactor(values: readonly number[]): number {
  if (values.length < 2 || values.some((value) => value === 0 || !Number.isFinite(value))) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'at least two deviations, finite and not 0',
      found: show(values),
      remedy: 'pass the layers between the transient and the noise',
    });
  }
  const centre = (values.length - 1) / 2;
  let [covariance, variance] = [0, 0];
  values.forEach((value, layer) => {
    covariance += (layer - centre) * Math.log(Math.abs(value));
    variance += (layer - centre) ** 2;
  });
  return Math.exp(covariance / variance);
}
