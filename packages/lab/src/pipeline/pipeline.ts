/** A pipeline as its file describes it, with every default filled in. */

import type { JsonObject } from '@meanfield/core';
import type { Json } from '@meanfield/core';

export interface PipelineStep {
  /** Lower-case words joined by '-', unique in the pipeline */
  readonly id: string;
  /** For reports; the id where none is given */
  readonly title: string;
  /** What the step shows, for reports */
  readonly description: string;
  readonly experiment: string;
  readonly options: JsonObject;
  /** By path into the options, such as `initializer` or `inputs.count`: the values to go through, all combinations */
  readonly over: Readonly<Record<string, readonly Json[]>>;
  /** By a path of `over`: what its values are called, in the same order */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** The pipeline's seed where empty; otherwise the step runs once with each */
  readonly seeds: readonly number[];
  /** Data or a backend that is not available skips the step's cells instead of failing them */
  readonly optional: boolean;
  /** Hints for whoever draws the step's figure, passed on untouched */
  readonly figure: JsonObject;
}

export interface Pipeline {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly seed: number;
  /** npm packages with further plugins, for the app that runs the pipeline to import */
  readonly plugins: readonly string[];
  readonly steps: readonly PipelineStep[];
}
