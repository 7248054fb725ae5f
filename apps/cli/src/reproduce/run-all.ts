/** Runs every reproduction, one after the other, into its own folder. What fails is told, and the others go on. */

import { isMeanfieldError, type Reproduction, type Size } from '@meanfield/core';
import { planPipeline, reproductionPipeline, type Executor } from '@meanfield/lab';

import { interruption } from '../output/interruption.js';
import type { Session } from '../session.js';
import { runFolderOf } from './document.js';
import { executorOf, runReproduction, type Reproduced } from './run-one.js';

/** One of `reproduced` and `error`, a sentence. */
export interface Attempt {
  readonly reproduction: Reproduction;
  readonly reproduced?: Reproduced;
  readonly error?: string;
}

export interface AllOfThem {
  readonly session: Session;
  readonly reproductions: readonly Reproduction[];
  readonly size: Size;
  /** Folder of their run folders */
  readonly root: string;
  readonly threads: number;
}

/** The name of an error that is not ours says what kind of mistake it is. */
function sentenceOf(error: unknown): string {
  if (isMeanfieldError(error)) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** How many cells each has; one that cannot be planned fails when its turn comes. */
function cellCounts({ session, reproductions, size }: AllOfThem): ReadonlyMap<string, number> {
  const countOf = (reproduction: Reproduction): number => {
    try {
      return planPipeline(reproductionPipeline(reproduction, size, session.seed), session.lab).cells.length;
    } catch {
      return 0;
    }
  };
  return new Map(reproductions.map((each) => [each.id, countOf(each)]));
}

export async function runAll(request: AllOfThem): Promise<readonly Attempt[]> {
  const { session, reproductions, threads } = request;
  const executor = executorOf(session, threads);
  const { signal, release } = interruption();
  const counts = cellCounts(request);
  const total = Array.from(counts.values()).reduce((sum, count) => sum + count, 0);
  const attempts: Attempt[] = [];
  let before = 0;
  try {
    for (const reproduction of reproductions) {
      let recorded = 0;
      const show = (): void => {
        const completed = Math.min(total, before + recorded);
        session.report({ label: 'figures and tables', completed, total, detail: reproduction.id });
      };
      show();
      const onRecord = (): void => {
        recorded++;
        show();
      };
      attempts.push(await attempt({ ...request, executor, signal, onRecord }, reproduction));
      before += counts.get(reproduction.id) ?? 0;
    }
  } finally {
    release();
    await executor.close();
  }
  return attempts;
}

interface Running extends AllOfThem {
  readonly executor: Executor;
  readonly signal: AbortSignal;
  readonly onRecord: () => void;
}

async function attempt(running: Running, reproduction: Reproduction): Promise<Attempt> {
  const { root, size, signal } = running;
  if (signal.aborted) return { reproduction, error: 'Not run: stopped before.' };
  try {
    const folder = runFolderOf(root, reproduction, size);
    return { reproduction, reproduced: await runReproduction({ ...running, reproduction, folder }) };
  } catch (error) {
    return { reproduction, error: sentenceOf(error) };
  }
}
