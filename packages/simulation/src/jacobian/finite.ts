/** Sums of squares, and the refusal of what float64 cannot hold. */

import { MeanfieldError, show } from '@meanfield/core';

/**
 * The value, where it is finite.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function requireFinite(value: number, where: string): number {
  if (Number.isFinite(value)) return value;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'signals and derivatives whose squares float64 can hold',
    found: `a mean square of ${show(value)} ${where}`,
    remedy: 'choose a smaller σ_w², inputs or depth',
  });
}

/** Σ over rows of squares of a row-major batch, [columns] */
export function squaresOfColumns(batch: Float64Array, columns: number): Float64Array {
  const squares = new Float64Array(columns);
  for (let start = 0; start < batch.length; start += columns) {
    for (let column = 0; column < columns; column++) squares[column]! += batch[start + column]! ** 2;
  }
  return squares;
}
