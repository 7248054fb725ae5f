/** What figures of signals show of a layer's pre-activations: names, symbols and where the numbers are. */

/** q, c, 1 − c (log scale), the fraction of neurons with h ≤ 0 for an input. */
export type PropagationQuantity = 'q' | 'c' | 'gap' | 'deadFraction';

/** A layer's pre-activations; null or absent where there is no value. */
export interface Signals {
  /** Mean square of a pre-activation */
  readonly q?: number | null;
  /** Correlation of two inputs' pre-activations; 1 − gap when absent */
  readonly c?: number | null;
  /** 1 − c */
  readonly gap?: number | null;
  readonly deadFraction?: number | null;
}

/** Signals averaged over simulated networks, with standard errors over networks. */
export interface MeasuredSignals extends Signals {
  readonly qStderr?: number | null;
  readonly cStderr?: number | null;
  readonly gapStderr?: number | null;
  readonly deadFractionStderr?: number | null;
}

export const QUANTITIES: readonly PropagationQuantity[] = ['q', 'c', 'gap', 'deadFraction'];

/** What stands over a panel and at its y axis. */
export const TITLES: Readonly<Record<PropagationQuantity, string>> = {
  q: 'mean square',
  c: 'correlation',
  gap: 'gap',
  deadFraction: 'dead fraction',
};
export const SYMBOLS: Readonly<Record<PropagationQuantity, string>> = {
  q: '$q^l$',
  c: '$c^l$',
  gap: '$1 − c^l$',
  deadFraction: 'share with $h^l$ ≤ 0',
};

export function valueOf(signals: Signals, quantity: PropagationQuantity): number | null {
  if (quantity === 'c' && signals.c === undefined && typeof signals.gap === 'number') return 1 - signals.gap;
  return signals[quantity] ?? null;
}

export function stderrOf(signals: MeasuredSignals, quantity: PropagationQuantity): number | null {
  if (quantity === 'c' && signals.c === undefined) return signals.gapStderr ?? null;
  return signals[`${quantity}Stderr`] ?? null;
}

/** Whether a panel has a place for the value. */
export function isShown(value: number | null, quantity: PropagationQuantity): boolean {
  return value !== null && Number.isFinite(value) && (quantity !== 'gap' || value > 0);
}

const LOG_FROM = 30;

/** Values of q that spread over more than a factor 30 want a log axis. */
export function spreadsWide(values: readonly (number | null)[]): boolean {
  let [low, high] = [Infinity, 0];
  for (const value of values) {
    if (value === null || !Number.isFinite(value) || value <= 0) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high / low > LOG_FROM;
}
