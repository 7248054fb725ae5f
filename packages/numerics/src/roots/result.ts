/** What a root search ended with. Searches never throw on non-convergence and never return NaN as a root. */
export type RootResult =
  | {
      readonly status: 'converged';
      readonly root: number;
      /** f(root) */
      readonly residual: number;
      readonly iterations: number;
    }
  | {
      /** f has the same sign at both ends */
      readonly status: 'no-sign-change';
      /** f(a), f(b) */
      readonly ends: readonly [number, number];
    }
  | {
      readonly status: 'not-converged';
      /** the best point met, and f there */
      readonly root: number;
      readonly residual: number;
      readonly iterations: number;
    }
  | {
      /** f returned NaN, or an end of the interval is not finite */
      readonly status: 'not-a-number';
      /** the point where it happened */
      readonly at: number;
    };

export interface RootOptions {
  /** Width of the final bracket, absolute, beside 4 ε |root|; default 0: as close as float64 gets. */
  readonly tolerance?: number;
  /** Evaluations after those of both ends; default 200. */
  readonly maxIterations?: number;
}

export const DEFAULT_MAX_ITERATIONS = 200;
