/** Running reproductions as pipelines, and judging them by what the records say. */

import type { Claim, Expectation, Outcomes, Reading, Reproduction, Size } from '@meanfield/core';

import type { Pipeline } from '../pipeline/pipeline.js';
import type { Run } from '../records/run-folder.js';
import { judge, type Verdict } from './verdict.js';

/** The pipeline that runs it: `runPipeline` resumes it like any other. */
export function reproductionPipeline(reproduction: Reproduction, size: Size, seed: number): Pipeline {
  const { id, title, steps } = reproduction;
  return {
    name: `${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${size}`,
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
