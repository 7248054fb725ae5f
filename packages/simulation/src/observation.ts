/**
 * What is measured in one layer of one network, from the pre-activations H of a batch, row-major [M, N].
 *
 * - q: mean of h² over units and inputs (pre-activations).
 * - gap: 1 − c averaged over the M(M−1)/2 pairs of inputs, where c = h1·h2/(|h1||h2|), uncentred, which is
 *   the correlation q12/√(q1 q2) of mean-field theory. With directions u_i = h_i/|h_i| and their mean ū, the
 *   average of ½|u_i − u_j|² over pairs is Σ|u_i − ū|²/(M − 1): no cancellation for small gaps, O(MN).
 * - deadFraction: share of all (unit, input) pairs with h ≤ 0, an estimate of P(h ≤ 0).
 *
 * Inputs whose signal is exactly 0 have no direction and are left out of the gap.
 */

export interface LayerObservation {
  /** Mean square of a pre-activation */
  readonly q: number;
  /** 1 − c; null where fewer than two inputs still have a signal */
  readonly gap: number | null;
  /** Share of pre-activations that are not positive */
  readonly deadFraction: number;
}

export interface Batch {
  /** Row-major [count, width] */
  readonly values: Float64Array;
  readonly count: number;
  readonly width: number;
}

/** Writes row/|row| into `out` at `slot` and returns whether the row has a direction. Safe from under- and overflow. */
function writeDirection({ values, width }: Batch, row: number, out: Float64Array, slot: number): boolean {
  const start = row * width;
  let largest = 0;
  for (let i = 0; i < width; i++) largest = Math.max(largest, Math.abs(values[start + i]!));
  if (largest === 0) return false;
  let squares = 0;
  for (let i = 0; i < width; i++) {
    const scaled = values[start + i]! / largest;
    out[slot * width + i] = scaled;
    squares += scaled * scaled;
  }
  const inverse = 1 / Math.sqrt(squares);
  for (let i = slot * width; i < (slot + 1) * width; i++) out[i]! *= inverse;
  return true;
}

/** Mean over pairs of ½|u_i − u_j|², for the first `count` rows. */
function meanPairGap(directions: Float64Array, count: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    // Measured from the first row, the mean of nearly equal directions keeps its digits.
    const origin = directions[i]!;
    let total = 0;
    for (let row = 1; row < count; row++) total += directions[row * width + i]! - origin;
    const mean = total / count;
    for (let row = 0; row < count; row++) {
      const deviation = directions[row * width + i]! - origin - mean;
      sum += deviation * deviation;
    }
  }
  return sum / (count - 1);
}

/** @param scratch overwritten; at least as long as the batch */
export function observe(batch: Batch, scratch: Float64Array): LayerObservation {
  const { values, count, width } = batch;
  let squares = 0;
  let dead = 0;
  for (let i = 0; i < count * width; i++) {
    const h = values[i]!;
    squares += h * h;
    if (h <= 0) dead++;
  }
  let alive = 0;
  for (let row = 0; row < count; row++) if (writeDirection(batch, row, scratch, alive)) alive++;
  return {
    q: squares / (count * width),
    gap: alive < 2 ? null : meanPairGap(scratch, alive, width),
    deadFraction: dead / (count * width),
  };
}
