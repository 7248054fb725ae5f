/** Rows of examples, in order or picked, copied block by block into a thread's memory. */

import type { Examples } from '@meanfield/core';

export interface Batch {
  readonly examples: Examples;
  /** Which rows; all of them in order where absent */
  readonly rows?: Uint32Array;
}

export const countOf = ({ examples, rows }: Batch): number => rows?.length ?? examples.count;

/**
 * Copies rows `first` to `first + count` of a batch of row-major numbers, `stride` apart in `target`.
 *
 * @param at index in `target`
 */
export function copyRows(
  from: Float32Array,
  width: number,
  rows: Uint32Array | undefined,
  first: number,
  count: number,
  target: Float32Array,
  at: number,
  stride: number,
): void {
  if (rows === undefined && width === stride) {
    target.set(from.subarray(first * width, (first + count) * width), at);
    return;
  }
  for (let index = 0; index < count; index++) {
    const start = (rows === undefined ? first + index : rows[first + index]!) * width;
    target.set(from.subarray(start, start + width), at + index * stride);
  }
}

export function copyLabels(
  from: Int32Array,
  rows: Uint32Array | undefined,
  first: number,
  count: number,
  target: Int32Array,
  at: number,
): void {
  for (let index = 0; index < count; index++) {
    target[at + index] = from[rows === undefined ? first + index : rows[first + index]!]!;
  }
}
