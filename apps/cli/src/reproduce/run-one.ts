/** Runs what is not there yet of a reproduction, judges it and draws it. */

import type { JsonObject, Reproduction, Size } from '@meanfield/core';
import { svgToPng, type ReportFigure } from '@meanfield/figures';
import {
  createInProcessExecutor,
  createWorkerExecutor,
  judgeClaims,
  openRun,
  outcomesOf,
  reproductionPipeline,
  runPipeline,
  type CellRecord,
  type Executor,
  type JudgedClaim,
  type RunSummary,
} from '@meanfield/lab';
import { join } from 'node:path';

import { writeWhole } from '../output/files.js';
import type { Session } from '../session.js';
import { CLAIMS_FILE, claimsDocument, type ClaimsDocument } from './document.js';

/** With one thread none is started beside this one. */
export function executorOf(session: Session, threads: number): Executor {
  const { lab, dataFolder } = session;
  return threads === 1
    ? createInProcessExecutor({ lab, dataFolder })
    : createWorkerExecutor(session.threads(threads));
}

export interface Job {
  readonly session: Session;
  readonly reproduction: Reproduction;
  readonly size: Size;
  readonly folder: string;
  readonly executor: Executor;
  readonly signal: AbortSignal;
  readonly onRecord?: (record: CellRecord) => void;
}

/** A figure's files, and its caption. */
interface WrittenFigure extends JsonObject {
  readonly svg: string;
  readonly png: string;
  readonly caption: string;
}

export interface Reproduced {
  readonly summary: RunSummary;
  readonly claims: readonly JudgedClaim[];
  readonly document: ClaimsDocument;
  readonly bibliography: string;
  readonly figures: readonly ReportFigure[];
  readonly files: readonly WrittenFigure[];
}

const PNG_WIDTH = 2000;

/** A run that was stopped or failed in part is judged as far as it goes. */
export async function runReproduction(job: Job): Promise<Reproduced> {
  const { session, reproduction, size, folder, executor, signal, onRecord } = job;
  const summary = await runPipeline({
    pipeline: reproductionPipeline(reproduction, size, session.seed),
    lab: session.lab,
    folder,
    executor,
    report: session.report,
    signal,
    ...(onRecord === undefined ? {} : { onRecord }),
  });
  const run = openRun(folder);
  const outcomes = outcomesOf(run);
  const claims = judgeClaims(reproduction, outcomes);
  const figures = reproduction.figures(outcomes);
  const files = figures.map(({ name, svg, caption }) => {
    const written = { svg: join(folder, `${name}.svg`), png: join(folder, `${name}.png`), caption };
    writeWhole(written.svg, svg);
    writeWhole(written.png, svgToPng(svg, { width: PNG_WIDTH }));
    return written;
  });
  const document = claimsDocument({ reproduction, size, run, claims });
  writeWhole(join(folder, CLAIMS_FILE), `${JSON.stringify(document, undefined, 2)}\n`);
  return { summary, claims, document, bibliography: run.manifest.bibliography, figures, files };
}
