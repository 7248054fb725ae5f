/** The Gaussian expectations of an activation, where they are checked and how they are called. */

import type { GaussianClosedForms } from '@meanfield/core';

export type Quantity = keyof GaussianClosedForms;
export const QUANTITIES: readonly Quantity[] = [
  'mean',
  'meanSquare',
  'derivativeMean',
  'derivativeMeanSquare',
  'meanSquareSlope',
  'product',
  'productDrop',
  'derivativeProduct',
];

const LENGTHS: readonly number[] = [0.3, 1, 4];
const LENGTH_PAIRS: readonly (readonly [number, number])[] = [
  [1, 1],
  [0.3, 4],
  [2.5, 0.7],
];
const GAPS: readonly number[] = [0, 1e-10, 1e-6, 0.1, 1, 1.9, 2];

const PAIR_POINTS = LENGTH_PAIRS.flatMap(([q1, q2]) => GAPS.map((gap) => [q1, q2, gap]));
const LENGTH_POINTS = LENGTHS.map((q) => [q]);

export type PairQuantity = 'product' | 'productDrop' | 'derivativeProduct';

export const takesPair = (quantity: Quantity): quantity is PairQuantity =>
  quantity === 'product' || quantity === 'productDrop' || quantity === 'derivativeProduct';

/** Arguments at which a quantity is checked: (q), or (q1, q2, gap). */
export function pointsOf(quantity: Quantity): readonly (readonly number[])[] {
  return takesPair(quantity) ? PAIR_POINTS : LENGTH_POINTS;
}

/** A quantity at its arguments; undefined where there is no form of it. */
export function valueOf(
  forms: GaussianClosedForms,
  quantity: Quantity,
  [first = NaN, second = NaN, gap = NaN]: readonly number[],
): number | undefined {
  return takesPair(quantity) ? forms[quantity]?.(first, second, gap) : forms[quantity]?.(first);
}

export const labelOf = (quantity: Quantity, point: readonly number[]): string =>
  `${quantity}(${point.join(', ')})`;
