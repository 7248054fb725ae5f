/** What a benchmark is: one subject, and baselines timed in the same run. */

/** Does the work once and returns what it measured, in the benchmark's unit. */
export type Measure = () => number | Promise<number>;

export interface Baseline {
  /** What it is, and at which size where that differs from the subject's: a key of `against` */
  readonly name: string;
  readonly measure: Measure;
  /** Timed runs, where it is too slow for as many as the subject's */
  readonly runs?: number;
}

export interface Contest {
  readonly subject: Measure;
  readonly baselines: readonly Baseline[];
  /** SVG of what the runs measured, for `--figure` */
  readonly figure?: () => string;
}

export interface Benchmark {
  /** Lower-case words joined by '-' */
  readonly name: string;
  /** One line for `--list` */
  readonly summary: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  readonly runs: number;
  /** Allocates what the runs need. Baselines that do not start on this machine are left out. */
  prepare(): Contest | Promise<Contest>;
}

/** Milliseconds that `work` takes. */
export const milliseconds =
  (work: () => void): Measure =>
  () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
