/** Expectations against a table of reference values, as one number: the largest error. */

import type { Activation, GaussianClosedForms } from '@meanfield/core';
import { gaussianExpectations } from '@meanfield/numerics';

import { labelOf, takesPair, valueOf, type Quantity } from './quantities.js';

/** Rows of arguments and values; values as decimal strings keep the digits of whoever made them. */
export interface ReferenceTable {
  /** Expectations at a variance q, by name */
  readonly lengths: readonly ReferenceRow[];
  /** Expectations at variances q1, q2 and a gap, by name */
  readonly pairs: readonly ReferenceRow[];
}
export type ReferenceRow = Readonly<Record<string, number | string>>;

export interface ExpectationError {
  /** Dimensionless; Infinity where there is no finite number */
  readonly error: number;
  /** The point of that error, such as "productDrop(1, 2.5, 1e-16)" */
  readonly at: string;
}

/**
 * The largest error of a closed form in a table. Relative to the value; for `product` and `derivativeProduct`, which
 * change their sign, relative to their Cauchy–Schwarz bound.
 *
 * Throws where the activation has no such form, or the table no such values.
 */
export function closedFormError(
  activation: Activation,
  quantity: Quantity,
  table: ReferenceTable,
): ExpectationError {
  return largestError(activation.closedForms, quantity, table);
}

/** The same of an expectation as numerics gives it, by closed form or by integration. */
export function expectationError(
  activation: Activation,
  quantity: Quantity,
  table: ReferenceTable,
): ExpectationError {
  return largestError(gaussianExpectations(activation), quantity, table);
}

function largestError(
  forms: GaussianClosedForms,
  quantity: Quantity,
  table: ReferenceTable,
): ExpectationError {
  const names = takesPair(quantity) ? ['q1', 'q2', 'gap'] : ['q'];
  const errors = (takesPair(quantity) ? table.pairs : table.lengths).map((row): ExpectationError => {
    const point = names.map((name) => Number(row[name]));
    const value = valueOf(forms, quantity, point);
    const expected = Number(row[quantity]);
    if (value === undefined || Number.isNaN(expected)) {
      throw new Error(`no closed form or no reference value of ${labelOf(quantity, point)}`);
    }
    return {
      error: relativeError(value, expected, boundOf(forms, quantity, row)),
      at: labelOf(quantity, point),
    };
  });
  return errors.reduce((worst, next) => (next.error > worst.error ? next : worst), { error: 0, at: 'none' });
}

function relativeError(value: number, expected: number, bound: number): number {
  if (value === expected) return 0;
  const error = Math.abs(value - expected) / Math.max(Math.abs(expected), bound);
  return Number.isNaN(error) ? Infinity : error;
}

/** √(E f(u1)² E f(u2)²) for f = φ or φ', 0 for what is compared relative to itself. */
function boundOf(forms: GaussianClosedForms, quantity: Quantity, row: ReferenceRow): number {
  const square =
    quantity === 'product'
      ? forms.meanSquare?.bind(forms)
      : quantity === 'derivativeProduct'
        ? forms.derivativeMeanSquare?.bind(forms)
        : undefined;
  if (square === undefined) return 0;
  return Math.sqrt(square(Number(row['q1']))) * Math.sqrt(square(Number(row['q2'])));
}
