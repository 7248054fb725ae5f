/** Progress of a training run: often enough for a bar, seldom enough to cost nothing. */

import type { ProgressReporter } from '@meanfield/core';

import type { Estimate } from './curves.js';

const INTERVAL_MS = 100;

export class TrainingProgress {
  readonly #label: string;
  readonly #total: number;
  readonly #report: ProgressReporter;
  #completed = 0;
  #reportedAt = -Infinity;
  #detail: string | undefined;

  constructor(label: string, total: number, report: ProgressReporter) {
    this.#label = label;
    this.#total = total;
    this.#report = report;
  }

  /** After a step; whether it was time to report. */
  stepped(completed: number): boolean {
    this.#completed = completed;
    if (performance.now() - this.#reportedAt < INTERVAL_MS) return false;
    this.#send();
    return true;
  }

  /** A new validation loss, shown from now on. */
  evaluated({ mean }: Estimate): void {
    this.#detail = mean === null ? 'diverged' : `validation loss ${mean.toPrecision(4)}`;
    this.#send();
  }

  finished(): void {
    this.#completed = this.#total;
    this.#send();
  }

  #send(): void {
    this.#reportedAt = performance.now();
    this.#report({
      label: this.#label,
      completed: this.#completed,
      total: this.#total,
      ...(this.#detail === undefined ? {} : { detail: this.#detail }),
    });
  }
}
