/** One kind of cell: a fully resolved unit of work whose result is plain JSON. */

import type { ProgressReporter } from './progress.js';
import type { RandomStream } from './random-stream.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface ExperimentContext {
  /** Root stream of the cell's seed */
  readonly stream: RandomStream;
  readonly report: ProgressReporter;
  readonly dataFolder?: string;
}

export interface ExperimentResult {
  /** What the cell found. The same cell gives the same bytes, however often it runs. */
  readonly result: JsonObject;
  /** What may differ from run to run: seconds, speeds, machine */
  readonly timing?: JsonObject;
}

export interface Experiment {
  readonly name: string;
  run(context: ExperimentContext): Promise<ExperimentResult>;
}
