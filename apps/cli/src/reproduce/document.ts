/** `claims.json` of a reproduction's run folder: claimed against obtained, and from what. */

import type { JsonObject, Reproduction, Size } from '@meanfield/core';
import { reproductionPipeline, type JudgedClaim, type Run } from '@meanfield/lab';
import { join } from 'node:path';

export const CLAIMS_FILE = 'claims.json';

/** Where a reproduction's run is kept, below the folder of all. */
export function runFolderOf(root: string, reproduction: Reproduction, size: Size): string {
  return join(root, reproductionPipeline(reproduction, size, 0).name);
}

/** What has no complete record, a sentence each; equal reasons are told once. */
function unfinishedOf({ manifest, records }: Run): string[] {
  const titles = new Map<string, string[]>();
  for (const step of manifest.steps) {
    for (const { cell, labels } of step.cells) {
      const record = records.get(cell);
      if (record?.status === 'complete') continue;
      const reason = record === undefined ? 'not run' : `${record.status}: ${record.error.message}`;
      const title = [step.title, ...Object.values(labels)].join(' · ');
      titles.set(reason, [...(titles.get(reason) ?? []), title]);
    }
  }
  return Array.from(titles, ([reason, [first = '', ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `${first}${more}: ${reason}`;
  });
}

function versionsOf({ manifest }: Run): Record<string, string> {
  const uses = manifest.cells.flatMap(({ plugins }) => plugins);
  return Object.fromEntries(uses.map(({ package: name, version }) => [name, version] as const).sort());
}

function claimJson({ id, by, statement, where, expected, obtained, verdict }: JudgedClaim): JsonObject {
  const { value, stderr, remark = '' } = obtained;
  const claimed = expected === null ? null : { ...expected };
  return { id, by, statement, where, claimed, obtained: { value, stderr, remark }, verdict };
}

/** Times and paths have no place in it: the same run gives the same document everywhere. */
export interface ClaimsDocument extends JsonObject {
  readonly id: string;
  readonly title: string;
  readonly size: Size;
  readonly seed: number;
  /** Versions by name */
  readonly packages: Readonly<Record<string, string>>;
  readonly claims: readonly JsonObject[];
  readonly unfinished: readonly string[];
}

interface Judged {
  readonly reproduction: Reproduction;
  readonly size: Size;
  readonly run: Run;
  readonly claims: readonly JudgedClaim[];
}

export function claimsDocument({ reproduction, size, run, claims }: Judged): ClaimsDocument {
  const { id, title, source, cost } = reproduction;
  return {
    id,
    title,
    source: { key: source.key, where: source.where ?? null },
    size,
    seed: run.manifest.seed,
    cost: cost[size],
    steps: reproduction.steps(size).map(({ id: step, experiment, options, over = {} }): JsonObject => {
      return { id: step, experiment, options, over };
    }),
    packages: versionsOf(run),
    claims: claims.map(claimJson),
    unfinished: unfinishedOf(run),
  };
}
