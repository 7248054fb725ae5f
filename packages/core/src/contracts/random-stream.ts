/**
 * A named stream of random numbers.
 *
 * What a stream yields is fixed by (seed, path) alone, never by the order of calls elsewhere, by a worker or
 * by a thread. `@meanfield/numerics` implements it (`createStream`).
 */

export type FloatArray = Float32Array | Float64Array;

export interface RandomStream {
  readonly seed: number;
  /** Names joined by '/', such as `network/17/layer/3/weights`; empty at the root. */
  readonly path: string;
  /** The stream at `path/name`; independent of this one and of what was drawn from it. */
  child(name: string | number): RandomStream;
  /** Uniform integer in [0, 2³²). */
  uint32(): number;
  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Fills `out[start, end)` with independent N(0, deviation²): the fast path for weight matrices. */
  fillNormal(out: FloatArray, deviation: number, start?: number, end?: number): void;
  /** Beta(a, b) on (0, 1). Throws INVALID_ARGUMENT unless a, b > 0. */
  beta(a: number, b: number): number;
  /** Uniform integer in [0, bound). Throws INVALID_ARGUMENT unless 1 ≤ bound ≤ 2³². */
  integer(bound: number): number;
}
