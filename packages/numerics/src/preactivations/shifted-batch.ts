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
    for (let unit = 0, at = 0; unit < units; unit++) {
      for (let i = 0; i < inputs; i++) mean[i]! += signals[at++]!;
    }
    for (let i = 0; i < inputs; i++) mean[i]! /= units + further.rows;
    for (let unit = 0, at = 0; unit < units; unit++) {
      for (let i = 0; i < inputs; i++, at++) signals[at] = factor * (signals[at]! - shift * mean[i]!);
    }
  } else if (factor !== 1) {
    for (let at = 0; at < units * inputs; at++) signals[at]! *= factor;
  }
  return mean;
}
