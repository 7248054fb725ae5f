/** Signals less a share of their mean over units: what correlated rows see of them. */

export interface Shift {
  /** N */
  readonly units: number;
  /** M */
  readonly inputs: number;
  /** c, the share of the mean that is taken out */
  readonly shift: number;
  /** What the result is multiplied by */
  readonly factor: number;
  /** Sum of further rows of the batch that are not in it, [inputs], and how many; default none */
  readonly further?: { readonly sum: number; readonly rows: number };
}

/** Signals [units, inputs] ← factor (s − c s̄). Returns s̄, [inputs], the mean over units and further rows. */
export function shiftToScaled(signals: Float64Array, options: Shift): Float64Array {
  const { units, inputs, shift, factor, further = { sum: 0, rows: 0 } } = options;
  const mean = new Float64Array(inputs);
  if (shift !== 0) {
    mean.fill(further.sum);
    addRows(signals, mean);
    for (let i = 0; i < inputs; i++) mean[i]! /= units + further.rows;
    const taken = mean.map((each) => shift * each);
    for (let unit = 0, at = 0; unit < units; unit++) {
      for (let i = 0; i < inputs; i++, at++) signals[at] = factor * (signals[at]! - taken[i]!);
    }
  } else if (factor !== 1) {
    for (let at = 0; at < units * inputs; at++) signals[at]! *= factor;
  }
  return mean;
}

/** Rows that stay in the cache while columns have their turn */
const TOGETHER = 256;

/** sums[i] += the entries of column i, in the order of rows; four columns at a time, each sum in a register. */
function addRows(rows: Float64Array, sums: Float64Array): void {
  const columns = sums.length;
  for (let start = 0; start < rows.length; start += TOGETHER * columns) {
    const end = Math.min(rows.length, start + TOGETHER * columns);
    let i = 0;
    for (; i + 4 <= columns; i += 4) {
      let [a, b, c, d] = [sums[i]!, sums[i + 1]!, sums[i + 2]!, sums[i + 3]!];
      for (let at = start + i; at < end; at += columns) {
        a += rows[at]!;
        b += rows[at + 1]!;
        c += rows[at + 2]!;
        d += rows[at + 3]!;
      }
      sums.set([a, b, c, d], i);
    }
    for (; i < columns; i++) {
      for (let at = start + i; at < end; at += columns) sums[i]! += rows[at]!;
    }
  }
}
