/** Progress of a training run in steps of single networks, with its loss and its speed. */

import type { ProgressReporter } from '@meanfield/core';

import type { Estimate } from './curves.js';

const INTERVAL_MS = 100;

export class TrainingProgress {
  readonly #label: string;
  readonly #steps: number;
  readonly #networks: number;
  readonly #report: ProgressReporter;
  #step = 0;
  #reportedAt = -Infinity;
  #loss: string | undefined;
  #speed = 0;

  constructor(label: string, steps: number, networks: number, report: ProgressReporter) {
    this.#label = label;
    this.#steps = steps;
    this.#networks = networks;
    this.#report = report;
  }

  /** `steps` more of every network, `step` in all, in so many seconds. */
  stepped(step: number, steps: number, seconds: number): void {
    this.#step = step;
    if (seconds > 0) this.#speed = (steps * this.#networks) / seconds;
    if (performance.now() - this.#reportedAt >= INTERVAL_MS) this.#send();
  }

  /** A new validation loss, shown from now on. */
  evaluated({ mean }: Estimate): void {
    this.#loss = mean === null ? 'diverged' : `validation loss ${mean.toPrecision(4)}`;
    this.#send();
  }

  finished(): void {
    this.#step = this.#steps;
    this.#send();
  }

  #send(): void {
    this.#reportedAt = performance.now();
    const speed = this.#speed > 0 ? [`${this.#speed.toPrecision(3)} network-steps/s`] : [];
    const detail = [...(this.#loss === undefined ? [] : [this.#loss]), ...speed].join(', ');
    this.#report({
      label: this.#label,
      completed: this.#step * this.#networks,
      total: this.#steps * this.#networks,
      ...(detail === '' ? {} : { detail }),
    });
  }
}
