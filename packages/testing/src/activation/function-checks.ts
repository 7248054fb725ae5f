/** φ itself: its derivatives, kinks, homogeneity and tensor form. */

import type { Activation } from '@meanfield/core';
import { expect } from 'vitest';

import { arrayOps } from '../array-ops.js';
import { expectClose, type Check } from '../check.js';

/** Half the width of the five-point stencil is 2 STEP. */
const STEP = 1e-3;
/** Points of the real line at which φ is looked at: −8.0 … 8.0, irrational on purpose, and tiny ones. */
const POINTS: readonly number[] = [
  ...Array.from({ length: 161 }, (_, index) => (index - 80) / 10 + Math.SQRT2 / 100),
  1e-6,
  -1e-6,
];
const LARGE: readonly number[] = [-1000, -100, -30, 30, 100, 1000];

type Scalar = (x: number) => number;

/** φ and its derivatives as functions that may be passed on. */
function functionsOf(activation: Activation): {
  readonly phi: Scalar;
  readonly derivative: Scalar;
  readonly secondDerivative: Scalar | undefined;
} {
  return {
    phi: (x) => activation.phi(x),
    derivative: (x) => activation.derivative(x),
    secondDerivative:
      activation.secondDerivative === undefined ? undefined : (x) => activation.secondDerivative?.(x) ?? NaN,
  };
}

const distanceToKink = ({ kinks }: Activation, x: number): number =>
  Math.min(Infinity, ...kinks.map((kink) => Math.abs(x - kink)));

/** Central difference of fourth order: truncation f⁽⁵⁾ STEP⁴/30, rounding about 1e-13 |f|. */
const slopeOf = (f: Scalar, x: number): number =>
  (8 * (f(x + STEP) - f(x - STEP)) - (f(x + 2 * STEP) - f(x - 2 * STEP))) / (12 * STEP);

function expectSlope(activation: Activation, f: Scalar, slope: Scalar): void {
  for (const x of POINTS) {
    if (distanceToKink(activation, x) <= 2 * STEP) continue;
    expectClose(slope(x), slopeOf(f, x), { relative: 1e-8, absolute: 1e-8 }, `slope at ${x}`);
  }
}

/** Where f jumps in [a, b] by more than its largest slope explains: the point, by bisection. */
function jumpIn(f: Scalar, a: number, b: number): number | undefined {
  const rise = Math.abs(f(b) - f(a));
  if (rise < 1e-4) return undefined;
  let [left, right] = [a, b];
  while (right - left > 1e-9) {
    const middle = (left + right) / 2;
    if (Math.abs(f(middle) - f(left)) > Math.abs(f(right) - f(middle))) right = middle;
    else left = middle;
  }
  return Math.abs(f(right) - f(left)) > 0.2 * rise ? (left + right) / 2 : undefined;
}

function jumpsOf(f: Scalar): readonly number[] {
  const cells = Array.from({ length: 1600 }, (_, index) => (index - 800) / 100 - 1 / 300);
  return cells.map((x) => jumpIn(f, x, x + 0.01)).filter((jump) => jump !== undefined);
}

function checkKinks(activation: Activation): void {
  const { kinks } = activation;
  const { phi, derivative } = functionsOf(activation);
  expect(kinks.every(Number.isFinite), 'kinks are finite').toBe(true);
  expect([...kinks].sort((a, b) => a - b)).toEqual([...kinks]);
  for (const jump of [...jumpsOf(phi), ...jumpsOf(derivative)]) {
    expect(
      distanceToKink(activation, jump),
      `φ or φ' jumps near ${jump}, where no kink is declared`,
    ).toBeLessThan(1e-6);
  }
  for (const kink of kinks) {
    const sides = [derivative(kink - 1e-9), derivative(kink + 1e-9)];
    expect(derivative(kink)).toBeGreaterThanOrEqual(Math.min(...sides) - 1e-6);
    expect(derivative(kink)).toBeLessThanOrEqual(Math.max(...sides) + 1e-6);
  }
}

function isHomogeneous(activation: Activation): boolean {
  const { phi } = functionsOf(activation);
  return [0, 0.3, 2, 7].every((a) =>
    POINTS.every((x) => Math.abs(phi(a * x) - a * phi(x)) <= 1e-12 * (1 + Math.abs(phi(x)))),
  );
}

function checkTensorForm(activation: Activation): void {
  const points = [...POINTS, 0, ...LARGE];
  const values = activation.tensorForm<readonly number[]>(points, arrayOps);
  expect(values).toHaveLength(points.length);
  points.forEach((x, index) =>
    expectClose(
      values[index] ?? NaN,
      activation.phi(x),
      { relative: 1e-10, absolute: 1e-12 },
      `tensor form at ${x}`,
    ),
  );
}

export function functionChecks(activation: Activation): readonly Check[] {
  const { phi, derivative, secondDerivative } = functionsOf(activation);
  const checks: Check[] = [
    {
      name: 'is finite far from 0',
      run() {
        for (const x of LARGE) {
          const values = [phi(x), derivative(x), secondDerivative?.(x) ?? 0];
          expect(values.every(Number.isFinite), `φ, φ', φ'' at ${x}: ${values.join(', ')}`).toBe(true);
        }
      },
    },
    { name: "has the derivative φ'", run: () => expectSlope(activation, phi, derivative) },
    { name: 'declares its kinks, and all of them', run: () => checkKinks(activation) },
    {
      name: 'is homogeneous exactly if it says so',
      run: () => expect(isHomogeneous(activation)).toBe(activation.homogeneous),
    },
    { name: 'has a tensor form that computes φ', run: () => checkTensorForm(activation) },
  ];
  if (secondDerivative !== undefined) {
    checks.push({
      name: "has the second derivative φ''",
      run: () => expectSlope(activation, derivative, secondDerivative),
    });
  }
  return checks;
}
