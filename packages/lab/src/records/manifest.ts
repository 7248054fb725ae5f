/** The manifest of a run folder: what was asked for, resolved, in order. */

import { readFileSync } from 'node:fs';

import { MeanfieldError, type JsonObject } from '@meanfield/core';
import { z } from 'zod';

import type { Cell } from '../cell.js';
import { systemCode, systemReason } from './files.js';

/** A cell as a step of a pipeline names it. */
export interface StepCell {
  /** Id of the cell */
  readonly cell: string;
  /** By path of the option that varies, such as `initializer`: how its value is called */
  readonly labels: Readonly<Record<string, string>>;
}

export interface ManifestStep {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly experiment: string;
  readonly optional: boolean;
  /** Hints for whoever draws the step's figure, untouched */
  readonly figure: JsonObject;
  readonly cells: readonly StepCell[];
}

export interface Manifest {
  /** Version of this format */
  readonly format: 1;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly seed: number;
  /** npm packages with further plugins */
  readonly plugins: readonly string[];
  readonly steps: readonly ManifestStep[];
  /** Each cell once, in the order of the steps */
  readonly cells: readonly Cell[];
  /** Cells of earlier pipelines run into the same folder; their records stay */
  readonly earlier: readonly Cell[];
  /** BibTeX of everything that the cells use */
  readonly bibliography: string;
}

const json = z.record(z.string(), z.unknown());
const cellSchema = z.strictObject({
  id: z.string(),
  experiment: z.string(),
  options: json,
  seed: z.int(),
  plugins: z.array(
    z.strictObject({ kind: z.string(), name: z.string(), package: z.string(), version: z.string() }),
  ),
});
const schema = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  seed: z.int(),
  plugins: z.array(z.string()),
  steps: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      description: z.string(),
      experiment: z.string(),
      optional: z.boolean(),
      figure: json,
      cells: z.array(z.strictObject({ cell: z.string(), labels: z.record(z.string(), z.string()) })),
    }),
  ),
  cells: z.array(cellSchema),
  earlier: z.array(cellSchema),
  bibliography: z.string(),
});

function invalid(path: string, found: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_FILE',
    expected: `the manifest of a run in ${path}`,
    found,
    remedy: 'choose another folder, or remove this file if it is not needed',
  });
}

/**
 * Null when there is none.
 *
 * @throws MeanfieldError INVALID_FILE when the file is no manifest
 */
export function readManifest(path: string): Manifest | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null;
    throw invalid(path, systemReason(error));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(path, 'what is not JSON');
  }
  const outcome = schema.safeParse(value);
  if (outcome.success) return value as Manifest;
  const issue = outcome.error.issues[0];
  throw invalid(path, `${issue?.message ?? 'another form'} at ${['$', ...(issue?.path ?? [])].join('.')}`);
}
