/** One kind of cell: a fully resolved unit of work whose result is plain JSON. */

import type { NetworkParameters } from './backend.js';
import type { ProgressReporter } from './progress.js';
import type { RandomStream } from './random-stream.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface StoredState {
  /** What was last written; null where nothing was, or nothing that is whole */
  readonly state: Uint8Array | null;
  /** A sentence where something is there that cannot be used */
  readonly remark?: string;
}

/** Keeps the state of long work, so that it goes on where it was after its process has been killed. */
export interface CheckpointStore {
  /** How often it wants to be written to */
  readonly everySeconds: number;
  /** Never throws. */
  read(): Promise<StoredState>;
  /** Replaces what was written before, as a whole or not at all. Throws OUTPUT_UNWRITABLE. */
  write(chunks: readonly Uint8Array[]): Promise<void>;
}

export interface ExperimentContext {
  /** Root stream of the cell's seed */
  readonly stream: RandomStream;
  readonly report: ProgressReporter;
  readonly dataFolder?: string;
  /** The cell's own, where its run keeps one; whole experiments alone are given it */
  readonly checkpoint?: CheckpointStore;
  /** Takes the final parameters of trained networks, where they are wanted; whole experiments alone are given it */
  readonly keepParameters?: (network: number, parameters: NetworkParameters) => void;
}

export interface ExperimentResult {
  /** What the cell found. The same cell gives the same bytes, however often it runs. */
  readonly result: JsonObject;
  /** What may differ from run to run: seconds, speeds, machine */
  readonly timing?: JsonObject;
}

/** An experiment that is done in one go. */
export interface WholeExperiment {
  readonly name: string;
  run(context: ExperimentContext): Promise<ExperimentResult>;
}

/**
 * An experiment whose work falls into independent parts, such as one network each. Parts may run in any thread, in any order;
 * what one yields depends on its index and on the cell alone, so that the result has the same bits however they are shared out.
 */
export interface PartedExperiment {
  readonly name: string;
  /** At least 1 */
  readonly parts: number;
  /** What part `index`, from 0, found. NaN and infinities have no place in it. */
  runPart(index: number, context: ExperimentContext): Promise<Json>;
  /** The cell's result from all parts, in their order. */
  combine(parts: readonly Json[]): ExperimentResult;
}

export type Experiment = WholeExperiment | PartedExperiment;
