/** Many pairs of signals at once, for planes of parameters. */

/**
 * Pairs of signals of equal length, each in a wide network of its own with independent Gaussian rows: entry i of every array
 * is about pair i.
 */
export interface SignalPairs {
  /** σ_w² of each pair's network */
  readonly weightVariances: Float64Array;
  /** σ_b² */
  readonly biasVariances: Float64Array;
  /** Mean square of both signals' pre-activations */
  readonly lengths: Float64Array;
  /** 1 − c, in [0, 2] */
  readonly gaps: Float64Array;
}

/**
 * Takes all pairs `layers` layers on and writes their lengths and gaps in place. Callers have checked the numbers: variances and
 * lengths finite and at least 0. Lengths that vanish or leave float64 leave gaps as they are.
 */
export type AdvancePairs = (pairs: SignalPairs, layers: number) => void;
