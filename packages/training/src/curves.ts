/** Curves over networks, and what becomes of a network whose loss stops being a number. */

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

/** Values by network of every quantity at one point; whatever is not a finite number is none. */
export type Point = Readonly<Record<string, readonly (number | undefined)[]>>;

/** All that a recorder knows, as JSON holds it */
export interface RecordedCurves {
  readonly outcomes: readonly NetworkOutcome[];
  readonly points: number;
  /** By quantity: [network][point] */
  readonly series: Readonly<Record<string, readonly Series[]>>;
}

/** Collects points of R networks and watches for divergence. */
export class CurveRecorder {
  readonly #outcomes: NetworkOutcome[];
  readonly #series = new Map<string, (number | null)[][]>();
  #points = 0;

  constructor(networks: number) {
    this.#outcomes = Array.from({ length: networks }, () => ({ status: 'trained' }));
  }

  /** A recorder that goes on from what another one had. */
  static from({ outcomes, points, series }: RecordedCurves): CurveRecorder {
    const recorder = new CurveRecorder(outcomes.length);
    outcomes.forEach((outcome, network) => (recorder.#outcomes[network] = outcome));
    for (const [quantity, networks] of Object.entries(series)) {
      recorder.#series.set(
        quantity,
        networks.map((each) => [...each]),
      );
    }
    recorder.#points = points;
    return recorder;
  }

  get recorded(): RecordedCurves {
    return { outcomes: this.#outcomes, points: this.#points, series: Object.fromEntries(this.#series) };
  }

  get outcomes(): readonly NetworkOutcome[] {
    return this.#outcomes;
  }

  /** Points that every curve has */
  get points(): number {
    return this.#points;
  }

  hasDiverged(network: number): boolean {
    return this.#outcomes[network]?.status === 'diverged';
  }

  get allDiverged(): boolean {
    return this.#outcomes.every(({ status }) => status === 'diverged');
  }

  /** Losses of the networks after `step` steps. A network with one that is not finite has diverged for good. */
  watch(step: number, losses: ArrayLike<number>): void {
    for (let network = 0; network < this.#outcomes.length; network++) {
      if (!this.hasDiverged(network) && !Number.isFinite(losses[network])) {
        this.#outcomes[network] = { status: 'diverged', step };
      }
    }
  }

  /** One more point of every curve. Networks that have diverged have no value in it. */
  record(point: Point): void {
    for (const quantity of Object.keys(point)) {
      if (!this.#series.has(quantity)) this.#series.set(quantity, this.#empty());
    }
    for (const [quantity, networks] of this.#series) {
      networks.forEach((series, network) => {
        const value = this.hasDiverged(network) ? undefined : point[quantity]?.[network];
        series.push(value !== undefined && Number.isFinite(value) ? value : null);
      });
    }
    this.#points++;
  }

  /** Over networks, at the last point */
  latest(quantity: string): Estimate {
    return estimate((this.#series.get(quantity) ?? []).map((series) => series.at(-1) ?? null));
  }

  /** Without a value where no point had the quantity */
  curve(quantity: string): Curve {
    return curveOf(this.#series.get(quantity) ?? this.#empty());
  }

  #empty(): (number | null)[][] {
    return this.#outcomes.map(() => new Array<number | null>(this.#points).fill(null));
  }
}
