/** Units are drawn in blocks whose normals stay in the cache. */

import { packBlockRows, packColumns, packedProduct } from '../linear/packed-product.js';
import type { BatchRoot } from './batch-root.js';

const BLOCK_ENTRIES = 2 ** 14;

/** How many units of M inputs make a block. The draw does not depend on it. */
export const unitsTogether = (inputs: number): number => Math.max(32, Math.floor(BLOCK_ENTRIES / inputs));

/** out [count, inputs] = Z F, for the first `rank` of each unit's normals Z [count, inputs]. */
export function multiplyByRoot(
  normals: Float64Array,
  { factor, rank, triangular }: BatchRoot,
  out: Float64Array,
  count: number,
  inputs: number,
): void {
  const left = packBlockRows(normals, count, { offset: 0, stride: inputs });
  packedProduct(left, packColumns(factor, inputs), out, {
    rows: count,
    terms: rank,
    columns: inputs,
    triangularRight: triangular,
  });
}
