/** Gaussian expectations: closed forms against quadrature, against Monte Carlo, and golden values. */

import type { Activation, GaussianClosedForms } from '@meanfield/core';
import { createStream, gaussianExpectations } from '@meanfield/numerics';
import { expect } from 'vitest';

import { expectClose, type Check } from '../check.js';
import { STANDARD_ERRORS } from '../confidence.js';
import { estimate, normalPairs } from './monte-carlo.js';
import { labelOf, pointsOf, QUANTITIES, takesPair, valueOf, type Quantity } from './quantities.js';

/** A value known from elsewhere; `at` is (q) or (q1, q2, gap). Strings keep the digits of a fixture. */
export interface GoldenExpectation {
  readonly quantity: Quantity;
  readonly at: readonly number[];
  readonly value: number | string;
}

/** Relative; the quadrature states about 1e-12 for smooth φ. */
const QUADRATURE_TOLERANCE = 1e-9;
const GOLDEN_TOLERANCE = { relative: 1e-12, absolute: 1e-15 };
const DRAWS = 40_000;

function eachPoint(
  forms: GaussianClosedForms,
  compare: (value: number, quantity: Quantity, point: readonly number[]) => void,
): void {
  for (const quantity of QUANTITIES) {
    for (const point of pointsOf(quantity)) {
      const value = valueOf(forms, quantity, point);
      if (value !== undefined) compare(value, quantity, point);
    }
  }
}

/** A drop is as small as its gap and must be right in every digit; of the rest some are 0. */
const roundingOf = (quantity: Quantity): number => (quantity === 'productDrop' ? 0 : 1e-13);

function checkAgainstQuadrature(activation: Activation): void {
  const integrated = gaussianExpectations({ ...functionsOnly(activation), closedForms: {} });
  eachPoint(activation.closedForms, (closed, quantity, point) => {
    const expected = valueOf(integrated, quantity, point) ?? NaN;
    const tolerance = { relative: QUADRATURE_TOLERANCE, absolute: roundingOf(quantity) };
    expectClose(closed, expected, tolerance, labelOf(quantity, point));
  });
}

/** Spreading an instance of a class would lose its methods. */
function functionsOnly(activation: Activation): Activation {
  return {
    name: activation.name,
    kinks: activation.kinks,
    ...(activation.scale === undefined ? {} : { scale: activation.scale }),
    homogeneous: activation.homogeneous,
    closedForms: activation.closedForms,
    phi: (x) => activation.phi(x),
    derivative: (x) => activation.derivative(x),
    ...(activation.secondDerivative === undefined
      ? {}
      : { secondDerivative: (x: number) => activation.secondDerivative?.(x) ?? NaN }),
    tensorForm: (x, ops) => activation.tensorForm(x, ops),
  };
}

function checkAgainstMonteCarlo(activation: Activation, seed: number): void {
  const normals = normalPairs(createStream(seed, `contract/activation/${activation.name}`), DRAWS);
  eachPoint(gaussianExpectations(activation), (value, quantity, point) => {
    const { mean, standardError } = estimate(activation, quantity, point, normals);
    expectClose(
      value,
      mean,
      { relative: 1e-12, absolute: STANDARD_ERRORS * standardError + roundingOf(quantity) },
      `${labelOf(quantity, point)} against ${DRAWS} draws of standard error ${standardError}`,
    );
  });
}

function checkLimits(activation: Activation): void {
  const { closedForms: forms } = activation;
  const atZero = activation.phi(0);
  const close = { relative: 1e-14, absolute: 1e-15 };
  if (forms.mean !== undefined) expectClose(forms.mean(0), atZero, close, 'mean(0)');
  if (forms.meanSquare !== undefined) expectClose(forms.meanSquare(0), atZero ** 2, close, 'meanSquare(0)');
  if (forms.product !== undefined) {
    expectClose(forms.product(0, 0, 0.5), atZero ** 2, close, 'product(0, 0, 0.5)');
    expectClose(forms.product(0.3, 4, 0.1), forms.product(4, 0.3, 0.1), close, 'product, both orders');
  }
  for (const quantity of QUANTITIES) {
    for (const point of takesPair(quantity)
      ? [
          [0, 0, 0.5],
          [0, 1, 0.5],
          [1, 0, 2],
        ]
      : [[0]]) {
      const value = valueOf(forms, quantity, point);
      if (value !== undefined) expect(value, labelOf(quantity, point)).toSatisfy(Number.isFinite);
    }
  }
}

function checkGolden(activation: Activation, golden: readonly GoldenExpectation[]): void {
  const expectations = gaussianExpectations(activation);
  for (const { quantity, at, value } of golden) {
    expectClose(
      valueOf(expectations, quantity, at) ?? NaN,
      Number(value),
      GOLDEN_TOLERANCE,
      labelOf(quantity, at),
    );
  }
}

export function expectationChecks(
  activation: Activation,
  { golden, seed }: { readonly golden: readonly GoldenExpectation[]; readonly seed: number },
): readonly Check[] {
  return [
    {
      name: 'has closed forms that agree with quadrature',
      run: () => checkAgainstQuadrature(activation),
    },
    {
      name: 'has Gaussian expectations that agree with Monte Carlo',
      run: () => checkAgainstMonteCarlo(activation, seed),
    },
    { name: 'has closed forms that hold at q = 0 and are symmetric', run: () => checkLimits(activation) },
    { name: 'has the golden Gaussian expectations', run: () => checkGolden(activation, golden) },
  ];
}
