/** Runs in processes of their own, on the built package: worker threads and killed runs. */

import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';

import { openRun, type RunSummary } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SCRIPT = at('./fixtures/run-pipeline.mjs');

// Nothing to do where the package has just been built, as before every whole run of the tests.
beforeAll(() => {
  execFileSync(process.execPath, [at('../../../node_modules/typescript7/bin/tsc'), '-b', at('..')]);
}, 120_000);

const pipelineOf = (seed: number, pause: number, ...more: object[]): string => {
  const schemes = Array.from({ length: 8 }, (_, i) => `scheme-${i}`);
  const draws = { id: 'draws', experiment: 'draws', options: { pause, count: 5 }, over: { scheme: schemes } };
  const parted = { id: 'parted', experiment: 'parted', options: { busy: pause }, over: { parts: [3, 5] } };
  return JSON.stringify({ name: 'test', seed, steps: [...more, parted, draws] });
};

const run = (
  folder: string,
  workers: number,
  pipeline: string,
  ...more: string[]
): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [SCRIPT, folder, String(workers), pipeline, ...more], { encoding: 'utf8' });

const summaryOf = ({ stdout, stderr }: SpawnSyncReturns<string>): RunSummary => {
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as RunSummary;
};

const recordsIn = (folder: string): string => readFileSync(join(folder, 'records.jsonl'), 'utf8');
const withoutTiming = (folder: string): string =>
  recordsIn(folder).replaceAll(/"timing":\{[^}]*\}/g, '"timing":{}');

/** Threads that cells of `draws` might start */
const sharesIn = (folder: string): Set<unknown> =>
  new Set(
    [...openRun(folder).records.values()].flatMap(({ timing }) =>
      'share' in timing ? [timing['share']] : [],
    ),
  );

/** Starts a run and ends it with SIGKILL once it has recorded some cells. */
async function killAfter(records: number, folder: string, pipeline: string): Promise<number> {
  const child = spawn(process.execPath, [SCRIPT, folder, '2', pipeline], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let seen = 0;
  child.stderr.on('data', (chunk: Buffer) => {
    seen += chunk.toString().split('complete').length - 1;
    if (seen >= records) child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.on('close', () => resolve(seen)));
}

describe('workers', () => {
  it('give the bytes that one process gives, however many there are', () => {
    const [alone, one, two] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const pipeline = pipelineOf(5, 0);
    for (const [folder, workers] of [
      [alone, 0],
      [one, 1],
      [two, 2],
    ] as const) {
      expect(summaryOf(run(folder, workers, pipeline))).toMatchObject({ cells: 10, complete: 10 });
    }
    expect(withoutTiming(one)).toBe(withoutTiming(alone));
    expect(withoutTiming(two)).toBe(withoutTiming(alone));
    expect(sharesIn(alone)).toEqual(new Set([null]));
    expect(sharesIn(one)).toEqual(new Set(['1']));
    expect(sharesIn(two)).toContain('1');
  });

  it('leave a cell that is alone all threads for its backend, as far as the environment allows', () => {
    const steps = [{ id: 'draws', experiment: 'draws' }];
    const pipeline = JSON.stringify({ name: 'test', seed: 1, steps });
    const [all, limited] = [temporaryFolder(), temporaryFolder()];
    expect(summaryOf(run(all, 3, pipeline))).toMatchObject({ complete: 1 });
    expect(sharesIn(all)).toEqual(new Set(['3']));
    const env = { ...process.env, MEANFIELD_THREADS: '2' };
    spawnSync(process.execPath, [SCRIPT, limited, '3', pipeline], { env });
    expect(sharesIn(limited)).toEqual(new Set(['2']));
  });

  it('that die leave the state of their cell, which goes on from it', () => {
    const folder = temporaryFolder();
    const pipeline = JSON.stringify({
      name: 'test',
      seed: 1,
      steps: [{ id: 'counts', experiment: 'counts' }],
    });
    expect(summaryOf(run(folder, 2, pipeline))).toMatchObject({ failed: 1 });
    expect(existsSync(join(folder, 'checkpoints'))).toBe(true);
    expect(summaryOf(run(folder, 2, pipeline))).toMatchObject({ complete: 1 });
    expect(recordsIn(folder)).toContain('"resumedAt":3');
    expect(existsSync(join(folder, 'checkpoints'))).toBe(false);
  });

  it('that die fail their cell, and the others go on', () => {
    const folder = temporaryFolder();
    const dies = { id: 'dies', experiment: 'dies', over: { code: [0, 3] } };
    const hungry = { id: 'hungry', experiment: 'hungry' };
    const summary = summaryOf(run(folder, 2, pipelineOf(5, 0, dies, hungry), '64'));
    expect(summary).toMatchObject({ cells: 13, complete: 10, failed: 3 });
    expect(summary.unfinished.map(({ record }) => record.error.code)).toEqual(Array(3).fill('CELL_FAILED'));
    const sentences = summary.unfinished.map(({ record }) => record.error.message);
    expect(sentences[0]).toContain('exit code 0');
    expect(sentences[1]).toContain('exit code 3');
    expect(sentences[2]).toContain('memory limit');
  });

  it('that cannot make their lab end the run with a sentence', () => {
    const { stderr, status } = spawnSync(
      process.execPath,
      [SCRIPT, temporaryFolder(), '2', pipelineOf(5, 0)],
      { encoding: 'utf8', env: { ...process.env, REFUSE: '1' } },
    );
    expect(stderr).toContain('this lab refuses');
    expect(status).toBe(1);
  });
});

describe('a run that was killed', () => {
  it('is continued and ends with the bytes of one that was not', async () => {
    const [killed, undisturbed] = [temporaryFolder(), temporaryFolder()];
    const pipeline = pipelineOf(6, 20);
    const recorded = await killAfter(3, killed, pipeline);
    expect(recorded).toBeLessThan(10);
    const before = openRun(killed).records.size;
    expect(before).toBeGreaterThanOrEqual(3);
    expect(summaryOf(run(killed, 2, pipeline))).toMatchObject({ reused: before, complete: 10 - before });
    run(undisturbed, 0, pipeline);
    expect(withoutTiming(killed)).toBe(withoutTiming(undisturbed));
    expect(openRun(killed).manifest).toEqual(openRun(undisturbed).manifest);
    expect(existsSync(join(killed, 'parts'))).toBe(false);
  });

  it('leaves no lock behind, unlike one that goes on', async () => {
    const folder = temporaryFolder();
    const endless = pipelineOf(7, 3_600_000);
    const first = spawn(process.execPath, [SCRIPT, folder, '0', endless], { stdio: 'ignore' });
    const ended = new Promise((resolve) => first.on('close', resolve));
    while (!existsSync(join(folder, 'records.jsonl'))) await sleep(20);
    const second = run(folder, 0, pipelineOf(7, 0));
    expect(second.status).toBe(2);
    expect(second.stderr).toContain(`process ${first.pid}`);
    first.kill('SIGKILL');
    await ended;
    expect(existsSync(join(folder, 'lock'))).toBe(true);
    expect(summaryOf(run(folder, 0, pipelineOf(7, 0)))).toMatchObject({ complete: 10 });
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
