/** What a custom activation is made of, and how values from outside are recognised as that. */

import type { Activation, GaussianClosedForms, OptionDocs } from '@meanfield/core';
import { z } from 'zod';

export type Scalar = (x: number) => number;

export interface CustomFunctions {
  /** φ, a number wherever a pre-activation may come to lie */
  readonly phi: Scalar;
  /** φ'; computed from φ where left out (`numericalSlope`) */
  readonly derivative?: Scalar;
  /** φ'' away from kinks; used where given, never computed */
  readonly secondDerivative?: Scalar;
  /** Points at which φ or a derivative of it jumps, increasing; default none */
  readonly kinks?: readonly number[];
  /** The length on which φ varies beside its kinks, or beside 0 if it has none, such as 1/a for tanh(a x); default 1 */
  readonly scale?: number;
  /** φ(a x) = a φ(x) for every a ≥ 0; default false */
  readonly homogeneous?: boolean;
  /** Gaussian expectations known in closed form; integrated where left out */
  readonly closedForms?: GaussianClosedForms;
  /** φ as tensor operations; without it networks cannot be trained */
  readonly tensorForm?: Activation['tensorForm'];
}

const functionOf = <T>(): z.ZodType<T> =>
  z.custom<T>((value) => typeof value === 'function', 'not a function');
const scalar = functionOf<Scalar>();
const ofOne = functionOf<(q: number) => number>().exactOptional();
const ofTwo = functionOf<(q1: number, q2: number, gap: number) => number>().exactOptional();

const closedForms: z.ZodType<GaussianClosedForms> = z.strictObject({
  mean: ofOne,
  meanSquare: ofOne,
  derivativeMean: ofOne,
  derivativeMeanSquare: ofOne,
  meanSquareSlope: ofOne,
  product: ofTwo,
  productDrop: ofTwo,
  derivativeProduct: ofTwo,
});

const increasing = (kinks: readonly number[]): boolean =>
  kinks.every((kink, index) => index === 0 || kink > (kinks[index - 1] ?? NaN));

export const functionsSchema: z.ZodType<CustomFunctions> = z.strictObject({
  phi: scalar,
  derivative: scalar.exactOptional(),
  secondDerivative: scalar.exactOptional(),
  kinks: z.array(z.number()).refine(increasing, 'not increasing').exactOptional(),
  scale: z.number().min(1e-9).max(1e9).exactOptional(),
  homogeneous: z.boolean().exactOptional(),
  closedForms: closedForms.exactOptional(),
  tensorForm: functionOf<Activation['tensorForm']>().exactOptional(),
});

export const functionDocs: OptionDocs = {
  phi: 'φ as a function; a command line cannot give one, but takes a module that default-exports customActivation({ name, phi }) as --plugin',
  derivative: "φ' as a function, default computed from φ",
  secondDerivative: "φ'' as a function, default none",
  kinks: 'finite points at which φ or a derivative of it jumps, increasing, default none',
  scale: 'the length on which φ varies, such as 1/a for tanh(a x), from 1e-9 to 1e9, default 1',
  homogeneous: 'whether φ(a x) = a φ(x) for every a ≥ 0, default false',
  closedForms: 'Gaussian expectations as functions, by their names in GaussianClosedForms, default none',
  tensorForm: 'φ as a function of a tensor and its operations, default none',
};
