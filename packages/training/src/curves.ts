/** Curves over networks, and what becomes of a network whose loss stops being a number. */

import type { Evaluation } from '@meanfield/core';

/** One number for each point; null where there is none, since JSON has no NaN. */
export type Series = readonly (number | null)[];

export interface Estimate {
  /** Over the networks that have not diverged; null when all have */
  readonly mean: number | null;
  /** Standard error of that mean; null for fewer than two networks */
  readonly stderr: number | null;
}

export interface Curve {
  readonly mean: Series;
  readonly stderr: Series;
  /** [network][point]; null from the point on at which the network had diverged */
  readonly networks: readonly Series[];
}

/** `step` is the number of steps done when a loss was first seen not to be finite. */
export type NetworkOutcome =
  { readonly status: 'trained' } | { readonly status: 'diverged'; readonly step: number };

/** Mean and standard error of the numbers among `values`. */
export function estimate(values: Series): Estimate {
  const numbers = values.filter((value) => value !== null);
  const count = numbers.length;
  if (count === 0) return { mean: null, stderr: null };
  const mean = numbers.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, stderr: null };
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, stderr: Math.sqrt(squares / (count - 1) / count) };
}

export function curveOf(networks: readonly Series[]): Curve {
  const points = networks[0]?.length ?? 0;
  const estimates = Array.from({ length: points }, (_, point) =>
    estimate(networks.map((series) => series[point] ?? null)),
  );
  return {
    mean: estimates.map(({ mean }) => mean),
    stderr: estimates.map(({ stderr }) => stderr),
    networks,
  };
}

export type Quantity = 'trainLoss' | 'validationLoss' | 'accuracy';

/** Collects evaluations of R networks and watches for divergence. */
export class CurveRecorder {
  readonly #outcomes: NetworkOutcome[];
  readonly #series: Readonly<Record<Quantity, (number | null)[][]>>;

  constructor(networks: number) {
    const empty = (): (number | null)[][] => Array.from({ length: networks }, () => []);
    this.#outcomes = Array.from({ length: networks }, () => ({ status: 'trained' }));
    this.#series = { trainLoss: empty(), validationLoss: empty(), accuracy: empty() };
  }

  get outcomes(): readonly NetworkOutcome[] {
    return this.#outcomes;
  }

  get allDiverged(): boolean {
    return this.#outcomes.every(({ status }) => status === 'diverged');
  }

  /** Losses of the networks after `step` steps. A network with one that is not finite has diverged for good. */
  watch(step: number, losses: ArrayLike<number>): void {
    this.#outcomes.forEach(({ status }, network) => {
      if (status === 'trained' && !Number.isFinite(losses[network])) {
        this.#outcomes[network] = { status: 'diverged', step };
      }
    });
  }

  /** One more point of every curve. */
  record(step: number, train: readonly Evaluation[], validation: readonly Evaluation[]): void {
    for (const evaluations of [train, validation]) {
      this.watch(
        step,
        evaluations.map(({ loss }) => loss),
      );
    }
    this.#push('trainLoss', (network) => train[network]?.loss);
    this.#push('validationLoss', (network) => validation[network]?.loss);
    this.#push('accuracy', (network) => validation[network]?.accuracy);
  }

  /** The points that are missing when every network has diverged before the end. */
  recordNothing(): void {
    for (const quantity of Object.keys(this.#series)) this.#push(quantity as Quantity, () => undefined);
  }

  /** Over networks, at the last point */
  latest(quantity: Quantity): Estimate {
    return estimate(this.#series[quantity].map((series) => series.at(-1) ?? null));
  }

  curve(quantity: Quantity): Curve {
    return curveOf(this.#series[quantity]);
  }

  #push(quantity: Quantity, valueOf: (network: number) => number | undefined): void {
    this.#outcomes.forEach(({ status }, network) => {
      const value = status === 'trained' ? valueOf(network) : undefined;
      this.#series[quantity][network]!.push(value ?? null);
    });
  }
}
