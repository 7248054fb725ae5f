/** Options that choose another plugin: `{ name, options }`, or the name alone. */

import type { JsonObject } from '@meanfield/core';
import { z } from 'zod';

/** A plugin by name with its options; which kind is said by the option that holds it. */
export interface Choice {
  readonly name: string;
  readonly options: JsonObject;
}

/** The schema of such an option. */
export function choice(): z.ZodType<Choice> {
  const full = z.strictObject({
    name: z.string().min(1),
    options: z.record(z.string(), z.json()).default({}),
  });
  return z.preprocess((value) => (typeof value === 'string' ? { name: value } : value), full);
}

export const CHOICE_DOCS = {
  activation: 'the activation, a name or { name, options }, default relu',
  initializer: 'the initializer, a name or { name, options }, default he',
  meanField:
    'the mean-field model, a name or { name, options }, default the first that describes the initializer',
} as const;

/** The three options by which an experiment says which infinitely wide network it asks about. */
export const networkOptions: {
  readonly activation: z.ZodDefault<z.ZodType<Choice>>;
  readonly initializer: z.ZodDefault<z.ZodType<Choice>>;
  readonly meanField: z.ZodOptional<z.ZodType<Choice>>;
} = {
  activation: choice().default({ name: 'relu', options: {} }),
  initializer: choice().default({ name: 'he', options: {} }),
  meanField: choice().optional(),
};
