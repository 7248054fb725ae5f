/** What a scan over σ_w² is asked for. */

import type { InputSpec } from '@meanfield/simulation';
import { z } from 'zod';

import { CHOICE_DOCS, networkOptions, type Choice } from './choice.js';
import type { InputMoments } from './first-layer.js';

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

export interface ScanInputs {
  readonly count: number;
  readonly meanSquare: number;
  /** Of every pair exactly; null: entries are independent, so that the correlation is 0 on average only */
  readonly correlation: number | null;
  /** 1 − c of pairs of inputs that are orthogonal to each other, instead of `count` and `correlation` */
  readonly pairGaps: readonly number[] | null;
}

const inputs = z
  .strictObject({
    count: z.int().min(2).default(2),
    meanSquare: positive.default(1),
    correlation: z.number().min(-1).max(1).nullable().default(0),
    pairGaps: z.array(z.number().positive().max(1)).min(1).nullable().default(null),
  })
  .transform((given) => (given.pairGaps === null ? given : { ...given, count: 2 * given.pairGaps.length }));

export interface ScanOptions {
  readonly activation: Choice;
  readonly initializer: Choice;
  readonly meanField?: Choice | undefined;
  /** σ_w², increasing */
  readonly weightVariance: readonly number[];
  readonly width: number;
  readonly depth: number;
  readonly inputs: ScanInputs;
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
  inputs: inputs.default({ count: 2, meanSquare: 1, correlation: 0, pairGaps: null }),
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
  inputs:
    '{ count, meanSquare, correlation }, default 2 inputs of mean square 1 and correlation exactly 0 (null for independent entries); or { pairGaps, meanSquare }, pairs of inputs with these 1 − c exactly',
  networks: 'independent networks, at least 2, default 20; the same random numbers at every σ_w²',
  networksPerPart: 'networks that one thread simulates in one go, default 10',
  method: 'gram (no weights are formed), weights, or auto (default), whichever is cheaper',
  signals:
    'whether theory’s signals by layer stand beside the simulated ones, default true; boundaries are predicted in any case',
};

/** The inputs as simulation takes them. */
export function inputSpec({ count, meanSquare, correlation, pairGaps }: ScanInputs): InputSpec {
  if (pairGaps !== null) return { count, meanSquare, pairGaps };
  return correlation === null ? { count, meanSquare } : { count, meanSquare, correlation };
}

/** Moments that theory starts from: those of the first pair where pairs are chosen. */
export function inputMoments({ meanSquare, correlation, pairGaps }: ScanInputs): InputMoments {
  return { meanSquare, gap: pairGaps === null ? 1 - (correlation ?? 0) : pairGaps[0]! };
}
