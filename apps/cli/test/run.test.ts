/** Pipelines in processes of their own, on the built packages: workers, interruption, exit codes. */

import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Outcome } from './run.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const BIN = at('../bin/meanfield.js');
const PLUGIN = at('./fixtures/constant-initializer.mjs');

const PIPELINE = `
name: tiny
seed: 3
plugins: [${PLUGIN}]
steps:
  - id: theory
    experiment: theory
    over: { initializer: [he, aci, rai, raai] }
  - id: propagation
    experiment: propagation
    options: { width: 64, depth: 6, networks: 4 }
    over:
      initializer: [he, raai, constant]
      inputs.correlation: [0.1, 0.9]
  - id: training
    experiment: training
    options:
      task: { name: teacher-student, options: { examples: 60, validationExamples: 20 } }
      # What auto is may differ from run to run on a busy machine.
      backend: simd
      hiddenWidths: [6]
      networks: 2
      steps: 3
      batchSize: 20
    over: { initializer: [he, raai] }
`;

let folder = '';
let tiny = '';
beforeAll(() => {
  // Nothing to do where the packages have just been built, as before every whole run of the tests.
  execFileSync(process.execPath, [at('../../../node_modules/typescript7/bin/tsc'), '-b', at('..')]);
  folder = mkdtempSync(join(tmpdir(), 'meanfield-run-'));
  tiny = join(folder, 'tiny.yaml');
  writeFileSync(tiny, PIPELINE);
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** As a shell would run it. */
function command(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, ...args], { cwd: folder }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? 1);
      resolve({ code, stdout, stderr });
    });
  });
}

async function runInto(name: string, ...more: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await command('run', tiny, '--out', name, '--json', ...more);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The records without what may differ from run to run. */
const recordsOf = (name: string): string =>
  readFileSync(join(folder, name, 'records.jsonl'), 'utf8').replaceAll(/,"timing":.*$/gm, '');

describe('run', () => {
  beforeAll(async () => {
    const summary = await runInto('reference', '--workers', '2');
    expect(summary).toMatchObject({ cells: 12, complete: 12, reused: 0, failed: 0, skipped: 0, notRun: 0 });
  }, 60_000);

  it('leaves a manifest, records and a report that needs nothing else', () => {
    expect(readdirSync(join(folder, 'reference')).sort()).toEqual([
      'manifest.json',
      'records.jsonl',
      'report.html',
    ]);
    expect(recordsOf('reference').trimEnd().split('\n')).toHaveLength(12);
    const html = readFileSync(join(folder, 'reference', 'report.html'), 'utf8');
    const addresses = [...html.matchAll(/\b(?:src|href|xlink:href)\s*=\s*["']?([^"'\s>]+)/g)].map(
      ([, to]) => to,
    );
    expect(addresses.filter((to) => to?.startsWith('#') === false && !to.startsWith('data:'))).toEqual([]);
    expect(html).not.toMatch(
      /@import|url\(\s*["']?(?!#|data:)|<(script|link|iframe|object)\b[^>]*(src|href)=/,
    );
    expect(html).toContain('<svg');
  });

  it('runs nothing again, and changes no record', async () => {
    const before = readFileSync(join(folder, 'reference', 'records.jsonl'));
    expect(await runInto('reference')).toMatchObject({ complete: 0, reused: 12 });
    expect(readFileSync(join(folder, 'reference', 'records.jsonl')).equals(before)).toBe(true);
  });

  it('gives the same records with one worker', async () => {
    await runInto('alone', '--threads', '1', '--no-report');
    expect(recordsOf('alone')).toBe(recordsOf('reference'));
    expect(readdirSync(join(folder, 'alone'))).not.toContain('report.html');
  });

  it('gives other records with another seed', async () => {
    await runInto('other', '--seed', '4', '--no-report');
    expect(recordsOf('other')).not.toBe(recordsOf('reference'));
  });

  it('ends with the same records after it was killed', async () => {
    for (const delay of [900, 1400]) {
      const child = spawn(process.execPath, [BIN, 'run', tiny, '--out', 'killed'], {
        cwd: folder,
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await sleep(delay);
      child.kill('SIGKILL');
      await ended;
    }
    await runInto('killed');
    expect(recordsOf('killed')).toBe(recordsOf('reference'));
    expect(readFileSync(join(folder, 'killed', 'manifest.json'), 'utf8')).toBe(
      readFileSync(join(folder, 'reference', 'manifest.json'), 'utf8'),
    );
  });

  it('report draws it again, and each figure as a file', async () => {
    const { code, stdout } = await command(
      ...['report', 'reference', '--out', 'again.html', '--figures', 'figures', '--json'],
    );
    expect(code).toBe(0);
    const { report, records, figures } = JSON.parse(stdout) as Record<'report' | 'records', unknown> & {
      figures: string[];
    };
    expect([report, records]).toEqual([join(folder, 'again.html'), 12]);
    expect(figures.length).toBeGreaterThan(0);
    expect(readdirSync(join(folder, 'figures'))).toHaveLength(figures.length);
  });
});

describe('simulate', () => {
  it('gives the same document with one thread and with three', async () => {
    const sizes = ['--width', '600', '--depth', '12', '--inputs', '4', '--networks', '12'];
    const documentOf = async (threads: string): Promise<unknown> => {
      const flags = [...sizes, '--method', 'weights', '-i', 'raai', '--threads', threads, '--json'];
      const { code, stdout, stderr } = await command('simulate', ...flags);
      expect([code, stderr]).toEqual([0, '']);
      return { ...(JSON.parse(stdout) as object), seconds: 0 };
    };
    expect(await documentOf('3')).toEqual(await documentOf('1'));
  });
});

describe('exit codes', () => {
  it('is 1 when a cell fails, whose sentence is in the result', async () => {
    const path = join(folder, 'failing.yaml');
    const network =
      '{ width: 8, depth: 300, networks: 2, initializer: { name: he, options: { weightVariance: 1000 } } }';
    writeFileSync(
      path,
      `name: failing\nsteps:\n  - { id: a, experiment: theory }\n  - { id: b, experiment: propagation, options: ${network} }\n`,
    );
    const { code, stdout, stderr } = await command('run', path, '--out', 'failing', '--json');
    expect([code, stderr]).toEqual([1, '']);
    const result = JSON.parse(stdout) as { unfinished: unknown[] };
    expect(result).toMatchObject({ complete: 1, failed: 1 });
    expect(JSON.stringify(result.unfinished)).toContain('Expected signals whose squares float64 can hold');
  });

  it.each([
    ['ends the process', 'process.exit(0);'],
    ['never finishes its import', 'await new Promise(() => {}); export default 1;'],
  ])('is 1, with a sentence, when a plugin %s', async (name, source) => {
    const plugin = join(folder, `${name.split(' ')[0] ?? ''}.mjs`);
    writeFileSync(plugin, source);
    const { code, stdout, stderr } = await command('list', '--json', '--plugin', plugin);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^meanfield: Expected .* plugin.*\.\n$/);
  });

  it('keeps what a plugin prints out of the result', async () => {
    const plugin = join(folder, 'noisy.mjs');
    writeFileSync(plugin, `console.log('noise'); export { default } from ${JSON.stringify(PLUGIN)};`);
    const { code, stdout, stderr } = await command('list', '--json', '--plugin', plugin);
    expect([code, stderr]).toEqual([0, 'noise\n']);
    expect(stdout).toContain('"constant"');
    JSON.parse(stdout);
  });
});
