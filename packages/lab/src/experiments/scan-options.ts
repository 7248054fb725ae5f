/** What a scan over σ_w² is asked for. */

import { z } from 'zod';

import { CHOICE_DOCS, networkOptions, type Choice } from './choice.js';
import { INPUTS_DOC, inputsOption, type Inputs } from './inputs.js';

const MOST_POINTS = 200;

const positive = z.number().positive();
const increasing = z
  .array(positive)
  .min(2)
  .max(MOST_POINTS)
  .refine((values) => values.every((value, i) => i === 0 || value > values[i - 1]!), 'not increasing');
const range = z
  .strictObject({ from: positive, to: positive, count: z.int().min(2).max(MOST_POINTS) })
  .refine(({ from, to }) => to > from, '"to" is not above "from"')
  // Twelve digits: 0.3, not 0.30000000000000004.
  .transform(({ from, to, count }) =>
    Array.from({ length: count }, (_, i) => Number((from + ((to - from) * i) / (count - 1)).toPrecision(12))),
  );

export interface ScanOptions {
  readonly activation: Choice;
  readonly initializer: Choice;
  readonly meanField?: Choice | undefined;
  /** σ_w², increasing */
  readonly weightVariance: readonly number[];
  readonly width: number;
  readonly depth: number;
  readonly inputs: Inputs;
  readonly networks: number;
  readonly networksPerPart: number;
  readonly method: 'auto' | 'gram' | 'weights';
  /** Theory's signals by layer beside the simulated ones; boundaries are predicted in any case */
  readonly signals: boolean;
}

export const scanOptions: z.ZodType<ScanOptions> = z.strictObject({
  ...networkOptions,
  weightVariance: z.union([increasing, range]),
  width: z.int().positive().default(512),
  depth: z.int().min(2).default(32),
  inputs: inputsOption,
  networks: z.int().min(2).default(20),
  networksPerPart: z.int().positive().default(10),
  method: z.enum(['auto', 'gram', 'weights']).default('auto'),
  signals: z.boolean().default(true),
});

export const SCAN_DOCS: Readonly<Record<keyof ScanOptions, string>> = {
  ...CHOICE_DOCS,
  initializer: `${CHOICE_DOCS.initializer}; its weightVariance takes every value of the scan`,
  weightVariance: 'values of σ_w², increasing, or { from, to, count }',
  width: 'neurons of each layer and entries of each input, default 512',
  depth: 'layers with a nonlinearity, at least 2, default 32',
  inputs: INPUTS_DOC,
  networks: 'independent networks, at least 2, default 20; the same random numbers at every σ_w²',
  networksPerPart: 'networks that one thread simulates in one go, default 10',
  method: 'gram (no weights are formed), weights, or auto (default), whichever is cheaper',
  signals:
    'whether theory’s signals by layer stand beside the simulated ones, default true; boundaries are predicted in any case',
};
