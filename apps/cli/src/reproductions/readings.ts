/** Reading a claim's quantity: what every figure uses, and quantities of scans over σ_w². */

import type { Claim, Expectation, Outcomes, Reading } from '@meanfield/core';
import { crossingPoint } from '@meanfield/lab';
import type { z } from 'zod';

import { boundaryResult, resultOf, scanResult } from '../report/results.js';

export type Scan = z.output<typeof scanResult>;

export const nothing = (remark: string): Reading => ({ value: null, stderr: null, remark });

export const INCOMPLETE: Reading = nothing('its experiment is not complete');

/** A reading without sampling error. */
export const exact = (found: number, remark?: string): Reading => ({
  value: found,
  stderr: 0,
  ...(remark === undefined ? {} : { remark }),
});

export const value = (claimed: number, precision: number): Claim['expected'] => {
  const expected: Expectation = { kind: 'value', value: claimed, precision };
  return () => expected;
};
export const below = (bound: number): Claim['expected'] => {
  return () => ({ kind: 'below', bound });
};
export const above = (bound: number): Claim['expected'] => {
  return () => ({ kind: 'above', bound });
};

/** The result of the step's cell whose label of any option is this one; of its first cell where none is named. */
export function resultIn<T>(
  schema: z.ZodType<T>,
  outcomes: Outcomes,
  step: string,
  label?: string,
): T | undefined {
  const cell = outcomes(step).find(
    ({ labels }) => label === undefined || Object.values(labels).includes(label),
  );
  return cell === undefined ? undefined : resultOf(schema, cell.record);
}

export const scanOf = (outcomes: Outcomes, step: string): Scan | undefined =>
  resultIn(scanResult, outcomes, step);

function fromScan(step: string, read: (scan: Scan) => Reading): Claim['obtain'] {
  return (outcomes) => {
    const scan = scanOf(outcomes, step);
    return scan === undefined ? INCOMPLETE : read(scan);
  };
}

/** Where the simulation's curves of two depths cross. */
export const crossing = (step: string, which: 'length' | 'difference'): Claim['obtain'] =>
  fromScan(step, ({ crossings }) => {
    const found = crossings[which];
    if (found === null) return nothing('the inputs are not one close pair');
    const { weightVariance, stderr, reason = `layers ${found.layers.join(' and ')} cross` } = found;
    return { value: weightVariance, stderr, remark: reason };
  });

/** A boundary of the infinitely wide network, from theory. */
export const boundary =
  (step: string, which: 'length' | 'correlation'): Claim['expected'] =>
  (outcomes) => {
    const found = scanOf(outcomes, step)?.boundaries?.[which];
    return typeof found === 'number' ? { kind: 'value', value: found, precision: 0 } : null;
  };

/** Where theory's own curves of the same two depths cross on the same grid. */
export const predictedCrossing =
  (step: string): Claim['expected'] =>
  (outcomes) => {
    const scan = scanOf(outcomes, step);
    if (scan === undefined) return null;
    const [early = 1, late = 1] = scan.crossings.length.layers;
    const ratios = (scan.theory ?? []).map(({ layers }) => {
      const ratio = Math.log((layers[late - 1]?.q ?? NaN) / (layers[early - 1]?.q ?? NaN));
      return Number.isFinite(ratio) ? ratio : null;
    });
    const at = crossingPoint(scan.weightVariance, ratios);
    return at === null ? null : { kind: 'value', value: at, precision: 0 };
  };

/** Largest 1 − c of the deepest layer over the values of σ_w² from `from` to `to`. */
export const largestGap = (step: string, from = 0, to = Infinity): Claim['obtain'] =>
  fromScan(step, ({ weightVariance, layers }) => {
    let found = nothing('no correlation is left at this depth');
    weightVariance.forEach((variance, point) => {
      const { gap = null, gapStderr = null } = layers[point]?.at(-1) ?? {};
      if (variance < from || variance > to || gap === null || gap <= (found.value ?? -1)) return;
      found = { value: gap, stderr: gapStderr, remark: `the largest, at σ_w² = ${variance}` };
    });
    return found;
  });

const SETTLED = 0.01;

/**
 * q of the deepest layer over q*, averaged over the σ_w² at which theory's own q has come within 1 % of q*. The points
 * share their random numbers, so that their standard errors are averaged, not divided by the root of their number.
 */
export const lengthOverFixedPoint = (step: string): Claim['obtain'] =>
  fromScan(step, ({ layers, theory }) => {
    const ratios = (theory ?? []).flatMap(({ layers: predicted, qStar }, point) => {
      const { q = null, qStderr = null } = layers[point]?.at(-1) ?? {};
      const last = predicted[predicted.length - 1]?.q ?? null;
      const settled = qStar !== null && last !== null && Math.abs(last / qStar - 1) < SETTLED;
      return settled && q !== null && qStderr !== null ? [{ ratio: q / qStar, error: qStderr / qStar }] : [];
    });
    if (ratios.length === 0) return nothing('no fixed point is reached at this depth');
    const mean = (of: (each: { ratio: number; error: number }) => number): number =>
      ratios.reduce((sum, each) => sum + of(each), 0) / ratios.length;
    const remark = `mean over ${ratios.length} values of σ_w²`;
    return { value: mean(({ ratio }) => ratio), stderr: mean(({ error }) => error), remark };
  });

/** Largest ratio, over σ_w², of 1 − c of the first close pair in the deepest layer to that half as deep. */
export const closePairGrowth = (step: string): Claim['obtain'] =>
  fromScan(step, ({ weightVariance, layers, crossings }) => {
    const [early = 1, late = 1] = crossings.length.layers;
    let found = nothing('no pair has a correlation left at this depth');
    weightVariance.forEach((variance, point) => {
      const [before, after] = [early, late].map((layer) => layers[point]?.[layer - 1]?.pairs?.[0] ?? null);
      const ratio = (after?.gap ?? NaN) / (before?.gap ?? NaN);
      if (!Number.isFinite(ratio) || ratio <= (found.value ?? 0)) return;
      const relative = Math.hypot(
        (after?.gapStderr ?? NaN) / (after?.gap ?? NaN),
        (before?.gapStderr ?? NaN) / (before?.gap ?? NaN),
      );
      const stderr = Number.isFinite(relative) ? ratio * relative : null;
      found = { value: ratio, stderr, remark: `the largest, at σ_w² = ${variance}` };
    });
    return found;
  });

/** Width of the bounded and chaotic phase in theory: σ_w² of the length boundary less that of the correlation boundary. */
export const chaoticWidth =
  (step: string, initializer: string): Claim['obtain'] =>
  (outcomes) => {
    const found = resultIn(boundaryResult, outcomes, step, initializer);
    if (typeof found?.length !== 'number' || typeof found.correlation !== 'number')
      return nothing('theory has not both boundaries');
    return exact(found.length - found.correlation, found.method);
  };
