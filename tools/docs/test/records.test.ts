/** Keeping one run leaves the records of all others alone, and a record names who made it. */

import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { keepRecords, readRecords } from '../records.mjs';

let folder = '';
let records = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-records-'));
  records = join(folder, 'records');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A run folder by any name, with what a run writes of its claims. */
function run(name: string, id: string, size: string, obtained = 1): string {
  const path = join(folder, 'runs', name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'claims.json'), JSON.stringify({ id, size, obtained }));
  return path;
}

const made = (commit: string): { commit: string; machine: string } => ({ commit, machine: 'two cores' });
const commits = (): Record<string, string[]> =>
  Object.fromEntries(
    Array.from(readRecords(records), ([id, sizes]) => [
      id,
      sizes.map(({ size, commit }) => `${size} ${commit}`),
    ]),
  );

describe('records that are kept', () => {
  it('stand side by side by size, and change only with their own run', () => {
    run('any name', 'a/fig-1.1', 'quick');
    const full = run('another', 'a/fig-1.1', 'full');
    run('a third', 'b/fig-2', 'quick');
    expect(keepRecords(records, join(folder, 'runs'), made('first'), false)).toHaveLength(3);
    run('another', 'a/fig-1.1', 'full', 2);
    expect(keepRecords(records, full, made('second'), false)).toEqual([
      { id: 'a/fig-1.1', size: 'full', written: true },
    ]);
    expect(commits()).toEqual({ 'a/fig-1.1': ['quick first', 'full second'], 'b/fig-2': ['quick first'] });
  });

  it('keep who made them while nothing else changes, unless that is given', () => {
    const quick = run('any', 'a/fig-1', 'quick');
    keepRecords(records, quick, made('first'), false);
    const before = readFileSync(join(records, 'a-fig-1-quick.json'), 'utf8');
    expect(keepRecords(records, quick, made('second'), false)[0]?.written).toBe(false);
    expect(readFileSync(join(records, 'a-fig-1-quick.json'), 'utf8')).toBe(before);
    keepRecords(records, quick, made('given'), true);
    expect(commits()).toEqual({ 'a/fig-1': ['quick given'] });
  });

  it('are refused where two are of one run, or one stands under another name', () => {
    run('one', 'a/fig-1', 'quick');
    run('two', 'a/fig-1', 'quick', 2);
    expect(() => keepRecords(records, join(folder, 'runs'), made('first'), false)).toThrow(
      /found two of a-fig-1/,
    );
    keepRecords(records, join(folder, 'runs', 'one'), made('first'), false);
    renameSync(join(records, 'a-fig-1-quick.json'), join(records, 'a-fig-1-full.json'));
    expect(() => readRecords(records)).toThrow(/Expected a-fig-1-quick\.json/);
  });
});
