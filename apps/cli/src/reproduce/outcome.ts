/** What became of each reproduction, in short. */

import type { JsonObject } from '@meanfield/core';
import type { Verdict } from '@meanfield/lab';

import { table } from '../output/table.js';
import type { Attempt } from './run-all.js';

/** What was skipped, for want of data or of a backend, counts as done. */
export function isDone({ reproduced }: Attempt): boolean {
  return reproduced?.summary.failed === 0 && reproduced.summary.notRun === 0;
}

export function verdictCount({ reproduced }: Attempt, verdict: Verdict): number {
  return (reproduced?.claims ?? []).filter((claim) => claim.verdict === verdict).length;
}

export function stateOfAttempt(attempt: Attempt): 'done' | 'skipped in part' | 'failed' {
  if (!isDone(attempt)) return 'failed';
  return attempt.reproduced?.document.unfinished.length === 0 ? 'done' : 'skipped in part';
}

const remarksOn = ({ reproduced, error }: Attempt): readonly string[] =>
  error === undefined ? (reproduced?.document.unfinished ?? []) : [error];

export function attemptJson(attempt: Attempt): JsonObject {
  const { reproduction, reproduced } = attempt;
  return {
    id: reproduction.id,
    state: stateOfAttempt(attempt),
    agrees: verdictCount(attempt, 'agrees'),
    disagrees: verdictCount(attempt, 'disagrees'),
    undecided: verdictCount(attempt, 'not decidable at this size'),
    folder: reproduced?.summary.folder ?? null,
    remarks: remarksOn(attempt),
  };
}

/** A line each, what went wrong, and where the report is. */
export function allText(attempts: readonly Attempt[], report: string): string {
  const rows = attempts.map((attempt) => [
    attempt.reproduction.id,
    stateOfAttempt(attempt),
    verdictCount(attempt, 'agrees'),
    verdictCount(attempt, 'disagrees'),
    verdictCount(attempt, 'not decidable at this size'),
  ]);
  const remarks = attempts.flatMap((attempt) =>
    remarksOn(attempt).map((remark) => `${attempt.reproduction.id}: ${remark}`),
  );
  return [
    table(['id', 'state', 'agree', 'disagree', 'not decidable'], rows),
    ...remarks,
    `Report: ${report}`,
  ].join('\n');
}
