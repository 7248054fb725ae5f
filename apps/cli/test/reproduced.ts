/** A reproduction at its quick size, run in this process and judged. */

import type { Outcomes, Reproduction } from '@meanfield/core';
import {
  createInProcessExecutor,
  judgeClaims,
  openRun,
  outcomesOf,
  reproductionPipeline,
  runPipeline,
  type JudgedClaim,
} from '@meanfield/lab';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';

import { composeLab } from '../src/composition.js';

interface Reproduced {
  readonly outcomes: Outcomes;
  readonly claims: readonly JudgedClaim[];
}

/** Every cell must succeed; the run folder goes with the test. */
export async function reproduced(reproduction: Reproduction): Promise<Reproduced> {
  const folder = mkdtempSync(join(tmpdir(), 'meanfield-reproduced-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const lab = composeLab([]);
  const pipeline = reproductionPipeline(reproduction, 'quick', 0);
  const executor = createInProcessExecutor({ lab });
  expect(await runPipeline({ pipeline, lab, folder, executor })).toMatchObject({ failed: 0, notRun: 0 });
  const outcomes = outcomesOf(openRun(folder));
  return { outcomes, claims: judgeClaims(reproduction, outcomes) };
}
