/** Progress of many parts as that of one piece of work: one bar a cell. */

import type { ProgressEvent, ProgressReporter } from '@meanfield/core';

type Count = Pick<ProgressEvent, 'completed' | 'total'>;

const NONE: Count = { completed: 0, total: 1 };

/**
 * Adds up what parts report. A part that has reported nothing yet counts as much as the others do on average, and one that
 * never reports counts 1; so the total is exact once every part has begun.
 */
export class PartsProgress {
  readonly #parts: number;
  readonly #report: ProgressReporter;
  readonly #counts = new Map<number, Count>();
  /** What is being done: as the experiment is called, until a part calls it something */
  #label: string;

  constructor(parts: number, label: string, report: ProgressReporter) {
    this.#parts = parts;
    this.#label = label;
    this.#report = report;
  }

  /** For part `index` to report to. */
  reporterOf(index: number): ProgressReporter {
    return (event) => {
      this.#label = event.label;
      this.#counts.set(index, event);
      this.#show(event.detail);
    };
  }

  finish(index: number): void {
    const { completed, total } = this.#counts.get(index) ?? NONE;
    if (completed >= total) return;
    this.#counts.set(index, { completed: total, total });
    this.#show();
  }

  /** Part `index` was given up and will be begun again. */
  forget(index: number): void {
    this.#counts.delete(index);
  }

  #show(detail?: string): void {
    let completed = 0;
    let begun = 0;
    for (const count of this.#counts.values()) {
      completed += count.completed;
      begun += count.total;
    }
    const total = Math.round((begun * this.#parts) / this.#counts.size);
    const said = detail === undefined ? {} : { detail };
    this.#report({ label: this.#label, completed, total, ...said });
  }
}
