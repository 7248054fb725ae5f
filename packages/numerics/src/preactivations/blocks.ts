/** Units are drawn in blocks whose normals stay in the cache. */

import { MOST_NARROW, narrowMultiply } from '../linear/narrow-product.js';
import { packBlockRows, packColumns, packedProduct } from '../linear/packed-product.js';
import type { BatchRoot } from './batch-root.js';

const BLOCK_ENTRIES = 2 ** 12;
/** For a wide batch: enough units to pay for packing F, which is done for each block */
const LEAST_UNITS = 512;

/** How many units of M inputs make a block. The draw does not depend on it. */
export function unitsTogether(inputs: number): number {
  const cached = Math.floor(BLOCK_ENTRIES / inputs);
  return inputs <= MOST_NARROW ? cached : Math.max(LEAST_UNITS, cached);
}

/** out [count, inputs] = Z F, for the first `rank` of each unit's normals Z [count, inputs]. */
export function multiplyByRoot(
  normals: Float64Array,
  { factor, rank, triangular }: BatchRoot,
  out: Float64Array,
  count: number,
  inputs: number,
): void {
  if (inputs <= MOST_NARROW) {
    narrowMultiply(normals, factor, out, { rows: count, terms: rank, columns: inputs, stride: inputs });
    return;
  }
  const left = packBlockRows(normals, count, { offset: 0, stride: inputs });
  packedProduct(left, packColumns(factor, inputs), out, {
    rows: count,
    terms: rank,
    columns: inputs,
    triangularRight: triangular,
  });
}
