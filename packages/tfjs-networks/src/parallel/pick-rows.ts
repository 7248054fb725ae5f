import type { Examples } from '@meanfield/core';

/** A copy of some rows of examples. */
export function pickRows({ count, inputs, targets }: Examples, rows: Uint32Array): Examples {
  const picked = { count: rows.length, inputs: pick(inputs, inputs.length / count, rows) };
  return targets.kind === 'values'
    ? {
        ...picked,
        targets: { kind: 'values', values: pick(targets.values, targets.values.length / count, rows) },
      }
    : {
        ...picked,
        targets: { kind: 'labels', labels: Int32Array.from(rows, (row) => targets.labels[row]!) },
      };
}

function pick(values: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const picked = new Float32Array(width * rows.length);
  rows.forEach((row, index) => picked.set(values.subarray(row * width, (row + 1) * width), index * width));
  return picked;
}
