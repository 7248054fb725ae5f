/** Whether functions that a user gave are what they say they are, at sample points. */

import { MeanfieldError } from '@meanfield/core';

import type { CustomFunctions, Scalar } from './functions.js';
import { numericalSlope, type NumericalSlope } from './numerical-derivative.js';

/** Allowed relative deviation of a given derivative, above the estimated error of the differences */
const TOLERANCE = 1e-6;
const ERROR_ESTIMATES = 10;
const FACTORS: readonly number[] = [0.25, 3];

function invalid(owner: string, expected: string, found: string, remedy: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_OPTION',
    expected: `${expected} of ${owner}`,
    found,
    remedy,
  });
}

/**
 * Points in ±10, where pre-activations of variance 1 lie, the same in units of the scale, and on either side of every
 * kink. None is a kink.
 */
function samplePoints(kinks: readonly number[], scale: number): readonly number[] {
  const line = Array.from({ length: 41 }, (_, index) => (index - 20) / 2 + Math.SQRT2 / 100);
  const besides = kinks.flatMap((kink, index) => [
    kink - Math.min(0.01 * scale, (kink - (kinks[index - 1] ?? -Infinity)) / 3),
    kink + Math.min(0.01 * scale, ((kinks[index + 1] ?? Infinity) - kink) / 3),
  ]);
  const close = scale === 1 ? [] : line.map((x) => scale * x);
  return [...line, ...close, ...besides].filter((x) => !kinks.includes(x));
}

function checkFinite(owner: string, name: string, f: Scalar, points: readonly number[]): void {
  const x = points.find((point) => !Number.isFinite(f(point)));
  if (x === undefined) return;
  throw invalid(
    owner,
    `a finite ${name}`,
    `${String(f(x))} at ${x}`,
    'define it there, for instance by its limit',
  );
}

/** Throws unless `slope`, the option `name`, is what differences give at the points. */
function checkSlope(
  owner: string,
  name: string,
  slope: Scalar,
  differences: (x: number) => NumericalSlope,
  points: readonly number[],
): void {
  for (const x of points) {
    const given = slope(x);
    const { value, error } = differences(x);
    const allowed = TOLERANCE * (Math.abs(given) + Math.abs(value)) + ERROR_ESTIMATES * error;
    if (Math.abs(given - value) <= allowed) continue;
    throw invalid(
      owner,
      `a ${name} that agrees with differences`,
      `${given} at ${x}, where they give ${value}`,
      `correct the ${name}, name the kinks, or leave it out`,
    );
  }
}

function checkHomogeneous(owner: string, phi: Scalar, points: readonly number[]): void {
  for (const x of points) {
    for (const a of FACTORS) {
      const [scaled, expected] = [phi(a * x), a * phi(x)];
      if (Math.abs(scaled - expected) <= TOLERANCE * (Math.abs(scaled) + Math.abs(expected))) continue;
      throw invalid(
        owner,
        'a homogeneous phi, φ(a x) = a φ(x),',
        `φ(${a * x}) = ${scaled} and ${a} φ(${x}) = ${expected}`,
        'leave homogeneous out',
      );
    }
  }
}

/**
 * Checks φ and what is said about it. `owner` is who takes the functions, as in "activation mish".
 *
 * @throws MeanfieldError INVALID_OPTION naming the point at which something does not hold
 */
export function checkFunctions(owner: string, functions: CustomFunctions): void {
  const { phi, derivative, secondDerivative, kinks = [], scale = 1, homogeneous = false } = functions;
  const slopeOf = (f: Scalar) => (x: number) => numericalSlope(f, kinks, x, scale);
  const points = samplePoints(kinks, scale);
  checkFinite(owner, 'phi', phi, [...points, ...kinks, 0]);
  if (homogeneous) checkHomogeneous(owner, phi, points);
  if (derivative !== undefined) {
    checkFinite(owner, 'derivative', derivative, [...points, ...kinks, 0]);
    checkSlope(owner, 'derivative', derivative, slopeOf(phi), points);
  }
  if (secondDerivative !== undefined) {
    const slope = derivative ?? ((x: number): number => slopeOf(phi)(x).value);
    checkFinite(owner, 'secondDerivative', secondDerivative, points);
    checkSlope(owner, 'secondDerivative', secondDerivative, slopeOf(slope), points);
  }
}
