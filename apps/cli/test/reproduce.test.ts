/** Reproductions: what they are made of, and tiny ones from beginning to end. */

import {
  createInProcessExecutor,
  judgeClaims,
  openRun,
  outcomesOf,
  planPipeline,
  reproductionPipeline,
  runPipeline,
  type Reproduction,
} from '@meanfield/lab';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { composeLab } from '../src/composition.js';
import { claimsTable } from '../src/report/claims.js';
import { reproductions } from '../src/reproductions/all.js';
import { meanfield, meanfieldJson } from './run.js';

const lab = composeLab([]);

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'meanfield-reproduce-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** The same reproduction with other options in every step. */
const shrunk = (reproduction: Reproduction, options: object): Reproduction => ({
  ...reproduction,
  steps: (size) =>
    reproduction.steps(size).map((step) => ({ ...step, options: { ...step.options, ...options } })),
});

const byId = (id: string): Reproduction => reproductions.find((each) => each.id === id)!;

describe('reproductions', () => {
  it('have ids of their own, a cost, and experiments that this lab has, at both sizes', () => {
    expect(new Set(reproductions.map(({ id }) => id)).size).toBe(reproductions.length);
    for (const reproduction of reproductions) {
      const ids = reproduction.claims.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const size of ['quick', 'full'] as const) {
        expect(reproduction.cost[size]).not.toBe('');
        expect(planPipeline(reproductionPipeline(reproduction, size, 0), lab).cells.length).toBeGreaterThan(
          0,
        );
      }
    }
  });

  it.each([
    ['singh2021/fig-2.2', { width: 16, networks: 4 }],
    ['singh2021/fig-3.2', { width: 16, networks: 4 }],
    ['singh2021/fig-E.1', { width: 12, networks: 3, inputs: { count: 10 } }],
  ])('%s runs, is judged and is drawn', async (id, options) => {
    const reproduction = shrunk(byId(id), options);
    const out = folder();
    const pipeline = reproductionPipeline(reproduction, 'quick', 0);
    const executor = createInProcessExecutor({ lab });
    expect(await runPipeline({ pipeline, lab, folder: out, executor })).toMatchObject({
      failed: 0,
      notRun: 0,
    });
    const outcomes = outcomesOf(openRun(out));
    const claims = judgeClaims(reproduction, outcomes);
    for (const { obtained } of claims) expect(obtained.value).not.toBeNaN();
    expect(claims.some(({ obtained }) => obtained.value !== null)).toBe(true);
    expect(claimsTable(claims)).toContain(claims[0]!.verdict);
    for (const { svg } of reproduction.figures(outcomes)) expect(svg).toMatch(/^<svg /);
  });

  it('judge what did not run as not decidable, and draw nothing', () => {
    for (const reproduction of reproductions) {
      const verdicts = judgeClaims(reproduction, () => []).map(({ verdict }) => verdict);
      expect(new Set(verdicts)).toEqual(new Set(['not decidable at this size']));
      expect(reproduction.figures(() => [])).toEqual([]);
    }
  });
});

describe('meanfield reproduce', () => {
  it('lists ids with their claims and costs', async () => {
    const { reproductions: listed } = await meanfieldJson('reproduce');
    expect(listed).toHaveLength(reproductions.length);
    const { stdout } = await meanfield('reproduce');
    for (const { id } of reproductions) expect(stdout).toContain(id);
  });

  it.each([
    [['reproduce', 'singh2021/fig-9.9'], 'singh2021/fig-2.2'],
    [['reproduce', 'singh2021/fig-2.2', '--quick', '--full'], 'both'],
    [['reproduce', 'singh2021/fig-2.2', '--set', 'task.x=1'], 'task'],
  ])('%j is bad input', async (args, part) => {
    const { code, stdout, stderr } = await meanfield(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(part);
  });

  it('writes claims and figures into the run folder, and does not run again what is there', async () => {
    const out = folder();
    const args = ['reproduce', 'singh2021/fig-e.1', '--quick', '--threads', '1', '--out', out];
    const first = await meanfieldJson(...args);
    const records = readFileSync(join(out, 'records.jsonl'), 'utf8');
    expect(await meanfieldJson(...args)).toEqual(first);
    expect(readFileSync(join(out, 'records.jsonl'), 'utf8')).toBe(records);
    const { claims } = JSON.parse(readFileSync(join(out, 'claims.json'), 'utf8')) as { claims: unknown };
    expect(claims).toEqual(first['claims']);
    expect(readFileSync(join(out, 'fig-e-1.svg'), 'utf8')).toMatch(/^<svg /);
    expect(readFileSync(join(out, 'fig-e-1.png')).subarray(1, 4).toString()).toBe('PNG');
  });
});
