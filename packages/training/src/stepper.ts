/** Steps of all networks, as many in one call of the backend as it takes and as leaves the process responsive. */

import type { Ensemble, Examples } from '@meanfield/core';

import { BatchMemory, type BatchRows } from './batches.js';

/** Losses by network of the step with number `step`, before it. */
type StepObserver = (step: number, losses: ArrayLike<number>) => void;

/** What a stepper needs of a run. */
export interface StepperRequest {
  readonly ensemble: Ensemble;
  readonly train: Examples;
  readonly batchSize: number;
  /** One entry a network */
  readonly rows: readonly BatchRows[];
  readonly observe: StepObserver;
}

/**
 * Makes steps `step` to `step + steps` of every network, all of one epoch. Backends that take rows of the training set are
 * handed all at once, others a batch at a time; what comes of it is the same.
 */
export type Stepper = (step: number, steps: number) => Promise<void>;

function stepsInOneCall({ ensemble, train, batchSize, rows, observe }: StepperRequest): Stepper | undefined {
  const run = ensemble.steps?.bind(ensemble);
  if (run === undefined) return undefined;
  const losses = new Float64Array(rows.length);
  return async (step, steps) => {
    const found = await run({
      examples: train,
      batchSize,
      rows: rows.map((each) => each.of(step, steps)),
    });
    for (let index = 0; index < steps; index++) {
      for (let network = 0; network < losses.length; network++) losses[network] = found[network]![index]!;
      observe(step + index, losses);
    }
  };
}

function oneStepAtATime({ ensemble, train, batchSize, rows, observe }: StepperRequest): Stepper {
  const memory = rows.map(() => new BatchMemory(train, batchSize));
  return async (step, steps) => {
    for (let at = step; at < step + steps; at++) {
      observe(at, await ensemble.step(memory.map((each, network) => each.gather(rows[network]!.of(at, 1)))));
    }
  };
}

export function createStepper(request: StepperRequest): Stepper {
  return stepsInOneCall(request) ?? oneStepAtATime(request);
}

/** How many steps take about so many seconds, from how long the last ones took. */
export class Pace {
  readonly #seconds: number;
  #secondsPerStep = Infinity;

  /** @param seconds 0 for one step at a time, Infinity for no bound */
  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  /** At least 1 */
  get steps(): number {
    if (this.#seconds === Infinity) return Infinity;
    return Math.max(1, Math.floor(this.#seconds / this.#secondsPerStep));
  }

  took(seconds: number, steps: number): void {
    this.#secondsPerStep = Math.max(seconds / steps, 1e-9);
  }
}
