/** The parts of one cell: which are still to do, and what the others found. */

import type { Json, ProgressReporter } from '@meanfield/core';

import type { FoundParts } from '../records/found-parts.js';
import { PartsProgress } from './progress.js';

export interface PartsRequest {
  /** At least 1 */
  readonly parts: number;
  /** Name of the work, for progress, where parts do not name it */
  readonly label: string;
  readonly report: ProgressReporter;
  /** Parts of an earlier run, which are not run again, and where others are kept */
  readonly kept?: FoundParts | undefined;
}

/** Runs one part wherever it runs; `report` is its own. */
export type PartRunner = (index: number, report: ProgressReporter) => Promise<Json>;

export class PartQueue {
  readonly #kept: FoundParts | undefined;
  /** By index */
  readonly #values: Json[] = [];
  readonly #progress: PartsProgress;
  /** Indices to do, the next one last */
  readonly #waiting: number[] = [];

  constructor({ parts, label, report, kept }: PartsRequest) {
    this.#kept = kept;
    for (let index = parts - 1; index >= 0; index--) {
      const found = kept?.found.get(index);
      if (found === undefined) this.#waiting.push(index);
      else this.#values[index] = found;
    }
    this.#progress = new PartsProgress(this.#waiting.length, label, report);
  }

  /** Parts that nobody has taken */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes the next part and runs it. False when none is left. */
  async runNext(run: PartRunner): Promise<boolean> {
    const index = this.#waiting.pop();
    if (index === undefined) return false;
    try {
      this.#keep(index, await run(index, this.#progress.reporterOf(index)));
    } catch (error) {
      this.#waiting.push(index);
      this.#progress.forget(index);
      throw error;
    }
    return true;
  }

  /** Runs all that wait, `lanes` at once. After a part fails none begins; its error is thrown when the running ones have ended. */
  async drain(lanes: number, run: PartRunner): Promise<void> {
    let failed = false;
    const lane = async (): Promise<void> => {
      try {
        while (!failed && (await this.runNext(run)));
      } catch (error) {
        failed = true;
        throw error;
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, this.waiting) }, lane));
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
  }

  /** What all parts found, in their order. Call it when none is left. */
  values(): readonly Json[] {
    return this.#values;
  }

  #keep(index: number, value: Json): void {
    this.#kept?.keep(index, value);
    this.#values[index] = value;
    this.#progress.finish(index);
  }
}
