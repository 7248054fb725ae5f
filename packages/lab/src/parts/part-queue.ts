/** The parts of one cell: which are still to do, and what the others found. */

import type { Json, ProgressReporter } from '@meanfield/core';

import { PartsProgress } from './progress.js';

export interface PartsRequest {
  /** At least 1 */
  readonly parts: number;
  /** Name of the work, for progress, where parts do not name it */
  readonly label: string;
  readonly report: ProgressReporter;
  /** What parts found in an earlier run: they are not run again */
  readonly found?: ReadonlyMap<number, Json>;
  /** Called as each part is done */
  readonly onPart?: (index: number, value: Json) => void;
}

/** Runs one part wherever it runs; `report` is its own. */
export type PartRunner = (index: number, report: ProgressReporter) => Promise<Json>;

export class PartQueue {
  readonly #onPart: ((index: number, value: Json) => void) | undefined;
  /** By index */
  readonly #values: Json[] = [];
  readonly #progress: PartsProgress;
  /** Indices to do, the next one last */
  readonly #waiting: number[] = [];

  constructor({ parts, label, report, found = new Map<number, Json>(), onPart }: PartsRequest) {
    this.#onPart = onPart;
    for (const [index, value] of found) this.#values[index] = value;
    for (let index = parts - 1; index >= 0; index--) if (!found.has(index)) this.#waiting.push(index);
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
    this.#onPart?.(index, value);
    this.#values[index] = value;
    this.#progress.finish(index);
  }
}
