/** Reproductions: what they are made of, and tiny ones from beginning to end. */

import type { Claim, Expectation, Reading, Reproduction } from '@meanfield/core';
import { judgeClaims, planPipeline, reproductionPipeline } from '@meanfield/lab';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { composeLab } from '../src/composition.js';
import { claimsTable } from '../src/report/claims.js';
import { reproductions } from '../src/reproductions/all.js';
import { PLACES } from '../src/reproductions/places.js';
import { reproduced } from './reproduced.js';
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

/** Claims something else of the same quantity: a value further away than its precision, or a bound on the other side. */
function altered(expected: Expectation, { value, stderr }: Reading): Expectation {
  const margin = 3 * stderr!;
  if (expected.kind === 'value')
    return { ...expected, value: expected.value + 2 * (expected.precision + margin) };
  return { ...expected, bound: expected.kind === 'below' ? value! - margin - 1 : value! + margin + 1 };
}

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
    const { outcomes, claims } = await reproduced(reproduction);
    for (const { obtained } of claims) expect(obtained.value).not.toBeNaN();
    expect(claims.some(({ obtained }) => obtained.value !== null)).toBe(true);
    expect(claimsTable(claims)).toContain(claims[0]!.verdict);
    for (const { svg } of reproduction.figures(outcomes)) expect(svg).toMatch(/^<svg /);
  });

  it('are judged otherwise once a claim is altered', async () => {
    const reproduction = byId('singh2021/fig-3.1');
    const { outcomes } = await reproduced(reproduction);
    const claims = reproduction.claims.map((claim): Claim => {
      return { ...claim, expected: (found) => altered(claim.expected(found)!, claim.obtain(found)) };
    });
    const verdicts = (claimed: readonly Claim[]): Set<string> =>
      new Set(judgeClaims({ ...reproduction, claims: claimed }, outcomes).map(({ verdict }) => verdict));
    expect(verdicts(reproduction.claims)).toEqual(new Set(['agrees']));
    expect(verdicts(claims)).toEqual(new Set(['disagrees']));
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
    const { reproductions: listed, unavailable } = (await meanfieldJson(
      'reproduce',
      '--out',
      folder(),
    )) as Record<'reproductions' | 'unavailable', { id: string; runs: object }[]>;
    expect(listed.map(({ id }) => id).sort()).toEqual(reproductions.map(({ id }) => id).sort());
    for (const { runs } of listed) expect(runs).toEqual({ quick: 'not run', full: 'not run' });
    const told = new Set([...listed, ...unavailable].map(({ id }) => id));
    for (const [key, places] of Object.entries(PLACES)) {
      // A panel may be told of under the figure's own id.
      for (const { place } of places)
        expect(told.has(`${key}/${place}`) || told.has(`${key}/${place.replace(/[a-z]$/, '')}`)).toBe(true);
    }
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

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const BIN = at('../bin/meanfield.js');
const TSC = at('../../../node_modules/typescript7/bin/tsc');
const PLUGIN = at('fixtures/reproductions.mjs');
const all = (out: string): string[] => [
  'reproduce',
  'outside2026',
  '--all',
  '--quick',
  '--threads',
  '1',
  '--plugin',
  PLUGIN,
  '--out',
  out,
];
const reportIn = (out: string): string => readFileSync(join(out, 'report-quick.html'), 'utf8');

describe('meanfield reproduce --all', () => {
  it('runs what a package from outside brings, and writes one report that fetches nothing', async () => {
    const out = folder();
    const { reproductions: states } = await meanfieldJson(...all(out));
    expect(states).toMatchObject([
      { id: 'outside2026/fig-1', state: 'done', agrees: 1, disagrees: 1 },
      { id: 'outside2026/table-1', state: 'done' },
    ]);
    const report = reportIn(out);
    for (const part of [
      'Slopes &lt;&amp;&gt; sides.',
      '✗\u00a0disagrees',
      'It is a photograph.',
      '<i>χ</i><sub>1</sub>',
      'title = {Slopes &amp; signals}',
    ])
      expect(report).toContain(part);
    expect(report).not.toMatch(
      /<script|<link|<img|<iframe|@import|url\(|https?:\/\/(?!www\.w3\.org\/2000\/svg)/i,
    );
    const listed = await meanfieldJson('reproduce', '--plugin', PLUGIN, '--out', out);
    expect(listed['reproductions']).toContainEqual(
      expect.objectContaining({ id: 'outside2026/fig-1', runs: { quick: 'done', full: 'not run' } }),
    );
  });

  it('goes on when one fails, says why, and ends with exit code 1', async () => {
    vi.stubEnv('OUTSIDE_BROKEN', '1');
    onTestFinished(() => void vi.unstubAllEnvs());
    const out = folder();
    const { code, stdout } = await meanfield(...all(out));
    expect(code).toBe(1);
    expect(stdout).toMatch(/outside2026\/table-2 +failed[^]*outside2026\/table-1 +done/);
    expect(reportIn(out)).toContain('no-such-experiment');
  });

  it('is bad input with an ID that is no source', async () => {
    const { code, stderr } = await meanfield('reproduce', 'singh2021/fig-2.2', '--all', '--quick');
    expect(code).toBe(2);
    expect(stderr).toContain('shrinkage2021');
  });

  it('gives the bytes of an undisturbed run after it was killed', async () => {
    execFileSync(process.execPath, [TSC, '-b', at('..')]);
    const [undisturbed, killed] = [folder(), folder()];
    await meanfieldJson(...all(undisturbed));
    for (const delay of [700, 1100]) {
      const child = spawn(process.execPath, [BIN, ...all(killed)], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await sleep(delay);
      child.kill('SIGKILL');
      await ended;
    }
    await meanfieldJson(...all(killed));
    expect(reportIn(killed)).toBe(reportIn(undisturbed));
  }, 120_000);
});
