/** What a network is trained on: shapes, loss, metric, splits, and where the data come from. */

import type { ProgressReporter } from './progress.js';
import type { RandomStream } from './random-stream.js';

/** 'mse': mean over rows and outputs of (prediction − target)²; 'softmax-cross-entropy': mean over rows, in nats */
export type Loss = 'mse' | 'softmax-cross-entropy';

/**
 * Rows of examples. Inputs are row-major [count, inputSize]. Arrays that `sharedFloats` makes spare the threads of a backend a
 * copy.
 */
export interface Examples {
  readonly count: number;
  readonly inputs: Float32Array;
  readonly targets: Targets;
}

export type Targets =
  /** For 'mse': row-major [count, outputSize] */
  | { readonly kind: 'values'; readonly values: Float32Array }
  /** For 'softmax-cross-entropy': class indices [count] */
  | { readonly kind: 'labels'; readonly labels: Int32Array };

export interface TaskData {
  readonly train: Examples;
  readonly validation: Examples;
  /** Held out from both, where the task has it */
  readonly test?: Examples;
}

export interface TaskContext {
  /** Root of the task's random streams: teacher, inputs. The same for every scheme that is compared. */
  readonly stream: RandomStream;
  readonly report: ProgressReporter;
  /** Folder with data files (`<folder>/<task>/<file>.gz`), where the user gave one (`MEANFIELD_DATA`) */
  readonly dataFolder?: string;
}

/** What the source of the task trained it with; every one can be overridden. */
export interface TrainingDefaults {
  readonly batchSize: number;
  /** Units of each hidden layer of the student */
  readonly hiddenWidths: readonly number[];
  /** Whether φ is applied to the student's output layer too; linear when absent */
  readonly activateOutput?: boolean;
}

export interface Task {
  readonly name: string;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly loss: Loss;
  /** What a curve shows beside the loss */
  readonly metric: 'none' | 'accuracy';
  readonly defaults: TrainingDefaults;
  /** Conventions a reader of results must know, such as "the output layer is linear" */
  readonly remarks: readonly string[];
  /**
   * Loads or generates the data, verified. Throws DATA_UNAVAILABLE, naming every place tried, when they
   * cannot be had, INVALID_FILE when a file is not what it should be.
   */
  load(context: TaskContext): Promise<TaskData>;
}
