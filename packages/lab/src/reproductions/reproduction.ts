/**
 * The reproduction of a figure or table as data: which experiments, what the source claims, how to read the same from the
 * experiments, how to draw it. Whoever has a lab with the experiments can run it.
 */

import type { JsonObject, Reference } from '@meanfield/core';

import type { Pipeline, PipelineStep } from '../pipeline/pipeline.js';
import type { CompleteRecord } from '../records/record.js';
import type { Run } from '../records/run-folder.js';
import { judge, type Expectation, type Reading, type Verdict } from './verdict.js';

/** 'full' is the source's own size; 'quick' takes half a minute on two cores. */
export type Size = 'quick' | 'full';

/** A complete cell of a step. */
export interface Outcome {
  /** By option that the step goes through: how its value is called */
  readonly labels: Readonly<Record<string, string>>;
  readonly options: JsonObject;
  readonly record: CompleteRecord;
}

/** The complete cells of the step with this id, in its order. */
export type Outcomes = (step: string) => readonly Outcome[];

export interface Claim {
  /** Lower-case words joined by '-', unique in the reproduction */
  readonly id: string;
  /** 'source': what the source says; 'theory': what this laboratory predicts */
  readonly by: 'source' | 'theory';
  /** What is claimed, in words without its number */
  readonly statement: string;
  /** Where in the source, or by which method; how a number was read */
  readonly where: string;
  /** Null where theory has no prediction */
  readonly expected: (outcomes: Outcomes) => Expectation | null;
  /** The same quantity from the experiments */
  readonly obtain: (outcomes: Outcomes) => Reading;
}

export interface ReproducedFigure {
  /** Of its files, lower-case words joined by '-' */
  readonly name: string;
  readonly svg: string;
  readonly caption: string;
}

/** A step of the pipeline that a reproduction runs; what is left out is as in a pipeline file. */
export type ReproductionStep = Pick<PipelineStep, 'id' | 'title' | 'experiment' | 'options'> &
  Partial<Pick<PipelineStep, 'over' | 'labels' | 'optional'>>;

export interface Reproduction {
  /** KEY/PLACE, such as `singh2021/fig-3.6` */
  readonly id: string;
  readonly title: string;
  readonly source: Reference;
  /** What it takes, in words: measured seconds, cores, networks */
  readonly cost: Readonly<Record<Size, string>>;
  readonly steps: (size: Size) => readonly ReproductionStep[];
  readonly claims: readonly Claim[];
  readonly figures: (outcomes: Outcomes) => readonly ReproducedFigure[];
}

/** The pipeline that runs it: `runPipeline` resumes it like any other. */
export function reproductionPipeline(reproduction: Reproduction, size: Size, seed: number): Pipeline {
  const { id, title, steps } = reproduction;
  return {
    name: `${id.replaceAll(/[^a-z0-9]+/g, '-')}-${size}`,
    title: `${id}: ${title} (${size})`,
    description: '',
    seed,
    plugins: [],
    steps: steps(size).map((step) => ({
      ...{ description: '', over: {}, labels: {}, seeds: [], optional: false, figure: {} },
      ...step,
    })),
  };
}

/** What a run of that pipeline found. */
export function outcomesOf({ manifest, records }: Run): Outcomes {
  const options = new Map(manifest.cells.map((cell) => [cell.id, cell.options]));
  return (id) =>
    (manifest.steps.find((step) => step.id === id)?.cells ?? []).flatMap(({ cell, labels }) => {
      const record = records.get(cell);
      if (record?.status !== 'complete') return [];
      return [{ labels, options: options.get(cell) ?? {}, record }];
    });
}

export interface JudgedClaim extends Pick<Claim, 'id' | 'by' | 'statement' | 'where'> {
  readonly expected: Expectation | null;
  readonly obtained: Reading;
  readonly verdict: Verdict;
}

/** Every claim with its verdict, in their order. */
export function judgeClaims({ claims }: Reproduction, outcomes: Outcomes): readonly JudgedClaim[] {
  return claims.map(({ id, by, statement, where, expected, obtain }) => {
    const expectation = expected(outcomes);
    const obtained = obtain(outcomes);
    const verdict = expectation === null ? 'not decidable at this size' : judge(expectation, obtained);
    return { id, by, statement, where, expected: expectation, obtained, verdict };
  });
}
