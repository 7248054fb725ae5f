/**
 * Where the validation loss of a scan over σ_w² is lowest.
 *
 * Network r has the same data, batches and random numbers at every σ_w², so that what one network has of its own moves a curve
 * up or down and hardly its minimum. The minimum is the vertex of the parabola, in ln σ_w², that fits ln of the mean loss best
 * at five neighbouring points about the lowest; its standard error is the jackknife's over networks.
 */

import type { Outcome, Outcomes, Reading } from '@meanfield/core';
import { z } from 'zod';

import { resultOf } from '../../report/results.js';
import { meanOf, networkResult } from '../training-readings.js';

/** Losses by network at one evaluation; none where any of them diverged. */
interface ScannedPoint {
  readonly weightVariance: number;
  readonly losses: readonly number[];
}

/** A scheme's losses at one evaluation, in order of σ_w². */
export interface ScannedLosses {
  readonly step: number;
  readonly points: readonly ScannedPoint[];
}

const chosen = z.looseObject({
  initializer: z.looseObject({ options: z.looseObject({ weightVariance: z.number() }) }),
});

const weightVarianceOf = ({ options }: Outcome): number =>
  chosen.parse(options).initializer.options.weightVariance;

/** At every evaluation but the one before training; empty where nothing has been trained. */
export function scannedLosses(outcomes: Outcomes, step: string): readonly ScannedLosses[] {
  const cells = outcomes(step).flatMap((outcome) => {
    const curves = resultOf(networkResult, outcome.record)?.curves;
    return curves === undefined ? [] : [{ weightVariance: weightVarianceOf(outcome), curves }];
  });
  const steps = cells[0]?.curves.step ?? [];
  return steps.slice(1).map((at, index) => ({
    step: at,
    points: cells.flatMap(({ weightVariance, curves }) => {
      const losses = curves.validationLoss.networks.map((values) => values[index + 1] ?? null);
      return losses.every((loss) => loss !== null) ? [{ weightVariance, losses }] : [];
    }),
  }));
}

const sumOf = (values: readonly number[], of: (value: number, index: number) => number): number =>
  values.reduce((sum, value, index) => sum + of(value, index), 0);

/** x at the vertex of the parabola through the points by least squares; null where it does not open upwards. */
function vertex(x: readonly number[], y: readonly number[]): number | null {
  const centre = meanOf(x);
  // Polynomials of degree 1 and 2 that are orthogonal on the points
  const first = x.map((at) => at - centre);
  const squares = sumOf(first, (p) => p * p);
  const [skew, spread] = [sumOf(first, (p) => p ** 3) / squares, squares / x.length];
  const second = first.map((p) => p * p - skew * p - spread);
  const slope = sumOf(first, (p, i) => p * y[i]!) / squares;
  const bend = sumOf(second, (p, i) => p * y[i]!) / sumOf(second, (p) => p * p);
  return bend > 0 ? centre + (skew - slope / bend) / 2 : null;
}

const FITTED = 5;

/** ln σ_w² of the minimum of the mean over all networks but one; null where it lies at an end of the scan. */
function minimumWithout(points: readonly ScannedPoint[], left: number | null): number | null {
  const x = points.map(({ weightVariance }) => Math.log(weightVariance));
  const y = points.map(({ losses }) => Math.log(meanOf(losses.filter((_, network) => network !== left))));
  const lowest = y.indexOf(Math.min(...y));
  if (points.length < FITTED || lowest === 0 || lowest === y.length - 1) return null;
  const from = Math.min(Math.max(0, lowest - (FITTED - 1) / 2), y.length - FITTED);
  const [fittedX, fittedY] = [x, y].map((values) => values.slice(from, from + FITTED)) as [
    number[],
    number[],
  ];
  const found = vertex(fittedX, fittedY);
  return found !== null && found > fittedX[0]! && found < fittedX[FITTED - 1]! ? found : null;
}

/** σ_w² of the lowest mean loss, with its standard error; null where the scan has no minimum inside it. */
export function lowestLoss({ points }: ScannedLosses): (Reading & { readonly value: number }) | null {
  const networks = points[0]?.losses.length ?? 0;
  const found = minimumWithout(points, null);
  const each = Array.from({ length: networks }, (_, left) => minimumWithout(points, left));
  if (found === null || networks < 2 || !each.every((value) => value !== null)) return null;
  const centre = meanOf(each);
  const variance = ((networks - 1) / networks) * sumOf(each, (value) => (value - centre) ** 2);
  return { value: Math.exp(found), stderr: Math.exp(found) * Math.sqrt(variance) };
}
