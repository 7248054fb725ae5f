import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ProgressEvent } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import {
  createInProcessExecutor,
  openRun,
  parsePipeline,
  runPipeline,
  type CellRecord,
  type Executor,
  type RunRequest,
  type RunSummary,
} from '../src/index.js';
import { createWorkerLab } from './fixtures/cheap-lab.mjs';
import { failureOf, temporaryFolder } from './temporary-folder.js';

interface Step {
  id: string;
  experiment: string;
  options?: object;
  over?: object;
  optional?: boolean;
}

const draws: Step = { id: 'draws', experiment: 'draws', over: { scheme: ['a', 'b', 'c'] } };

const run = (
  folder: string,
  steps: Step[],
  more: Partial<RunRequest> & { seed?: number } = {},
): Promise<RunSummary> => {
  const { seed = 1, ...rest } = more;
  const lab = createWorkerLab();
  const pipeline = parsePipeline(JSON.stringify({ name: 'test', seed, steps }), 'the test');
  return runPipeline({ pipeline, lab, folder, executor: createInProcessExecutor({ lab }), ...rest });
};

const recordsIn = (folder: string): string => readFileSync(join(folder, 'records.jsonl'), 'utf8');
const withoutTiming = (text: string): string => text.replaceAll(/"timing":\{[^}]*\}/g, '"timing":{}');

describe('runPipeline', () => {
  it('records every cell, in the order of the pipeline, and reports on the way', async () => {
    const folder = join(temporaryFolder(), 'new', 'folder');
    const events: ProgressEvent[] = [];
    const written: string[] = [];
    const summary = await run(folder, [draws], {
      report: (event) => events.push(event),
      onRecord: ({ status }, title) => written.push(`${status} ${title}`),
    });
    expect(summary).toMatchObject({
      cells: 3,
      complete: 3,
      reused: 0,
      failed: 0,
      skipped: 0,
      notRun: 0,
      torn: 0,
    });
    expect(written).toEqual(['complete draws · a', 'complete draws · b', 'complete draws · c']);
    expect(events).toContainEqual({ label: 'draws · b: draws', completed: 4, total: 4 });
    expect(events.at(-1)).toEqual({ label: 'cells', completed: 3, total: 3, detail: 'draws · c' });
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'records.jsonl']);
    const { manifest, records } = openRun(folder);
    expect([...records.keys()]).toEqual(manifest.cells.map(({ id }) => id));
    expect(records.get(manifest.cells[1]?.id ?? '')).toMatchObject({
      status: 'complete',
      result: { scheme: 'b' },
    });
  });

  it('gives the same bytes again apart from timing, and others for another seed', async () => {
    const [first, second, other] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    await run(first, [draws]);
    await run(second, [draws]);
    await run(other, [draws], { seed: 2 });
    expect(withoutTiming(recordsIn(second))).toBe(withoutTiming(recordsIn(first)));
    expect(readFileSync(join(second, 'manifest.json'))).toEqual(readFileSync(join(first, 'manifest.json')));
    const resultsOf = (folder: string): unknown[] =>
      [...openRun(folder).records.values()].map(
        (record) => record.status === 'complete' && record.result['values'],
      );
    expect(resultsOf(other)).not.toEqual(resultsOf(first));
    // All schemes of one seed draw from the same streams.
    expect(new Set(resultsOf(first).map(String)).size).toBe(1);
  });

  it('does not run a complete cell again', async () => {
    const folder = temporaryFolder();
    await run(folder, [draws]);
    const before = recordsIn(folder);
    expect(await run(folder, [draws])).toMatchObject({ complete: 0, reused: 3 });
    expect(recordsIn(folder)).toBe(before);
  });

  it('records a failure, goes on, and tries again next time', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    const steps = [{ id: 'fails', experiment: 'fails', options: { until: file } }, draws];
    const summary = await run(folder, steps);
    expect(summary).toMatchObject({ complete: 3, failed: 1 });
    expect(summary.unfinished).toMatchObject([
      {
        title: 'fails',
        record: { error: { code: 'CELL_FAILED', message: 'Expected a file, found none; make it.' } },
      },
    ]);
    expect(await run(folder, steps)).toMatchObject({ complete: 0, reused: 3, failed: 1 });
    writeFileSync(file, '');
    expect(await run(folder, steps)).toMatchObject({ complete: 1, reused: 3, failed: 0 });
    const records = [...openRun(folder).records.values()];
    expect(records.map(({ status }) => status)).toEqual(Array(4).fill('complete'));
    expect(recordsIn(folder).split('\n')).toHaveLength(5);
  });

  it('stops at the first failure when asked', async () => {
    const folder = temporaryFolder();
    const steps = [{ id: 'fails', experiment: 'fails', options: { until: join(folder, 'x') } }, draws];
    const summary = await run(folder, steps, { stopOnFailure: true });
    expect(summary).toMatchObject({ complete: 0, failed: 1, notRun: 3 });
    expect(await run(folder, [draws])).toMatchObject({ complete: 3 });
  });

  it.each([
    ['DATA_UNAVAILABLE', true, 'skipped'],
    ['BACKEND_UNAVAILABLE', true, 'skipped'],
    ['DATA_UNAVAILABLE', false, 'failed'],
    ['NOT_CONVERGED', true, 'failed'],
  ])('%s in a step with optional %s is %s', async (code, optional, status) => {
    const folder = temporaryFolder();
    const summary = await run(folder, [{ id: 'x', experiment: 'unavailable', options: { code }, optional }]);
    expect(summary).toMatchObject({ failed: 0, skipped: 0, [status]: 1 });
    expect(summary.unfinished[0]?.record).toMatchObject({ status, error: { code } });
  });

  it('fails a cell whose result holds a number that JSON has not', async () => {
    const summary = await run(temporaryFolder(), [{ id: 'x', experiment: 'not-a-number' }]);
    expect(summary.unfinished[0]?.record.error.message).toMatch(
      /experiment not-a-number .* NaN at \$\.inner\[1\]/,
    );
  });

  it('keeps the records of an earlier pipeline in the same folder', async () => {
    const folder = temporaryFolder();
    await run(folder, [draws]);
    const fewer = { ...draws, over: { scheme: ['b', 'd'] } };
    expect(await run(folder, [fewer])).toMatchObject({ cells: 2, complete: 1, reused: 1 });
    const { manifest, records } = openRun(folder);
    expect(manifest.earlier.map(({ options }) => options['scheme'])).toEqual(['a', 'c']);
    expect([...records.keys()]).toEqual([...manifest.cells, ...manifest.earlier].map(({ id }) => id));
    expect(await run(folder, [draws])).toMatchObject({ complete: 0, reused: 3 });
    expect(openRun(folder).manifest.earlier.map(({ options }) => options['scheme'])).toEqual(['d']);
  });

  it('leaves no trace of a pipeline that is wrong', async () => {
    const folder = join(temporaryFolder(), 'run');
    await expect(run(folder, [draws, { ...draws, id: 'wrong', options: { count: 0 } }])).rejects.toThrow(
      'step wrong',
    );
    expect(failureOf(() => openRun(folder)).code).toBe('INVALID_FILE');
    expect(readdirSync(join(folder, '..'))).toEqual([]);
  });

  it('ends early on a signal, without recording what it cut short', async () => {
    const folder = temporaryFolder();
    const controller = new AbortController();
    const onRecord = (): void => controller.abort();
    expect(await run(folder, [draws], { signal: controller.signal, onRecord })).toMatchObject({
      complete: 1,
      notRun: 2,
    });
    expect(await run(folder, [draws])).toMatchObject({ complete: 2, reused: 1 });
  });

  it('passes on what stops the executor, and unlocks the folder', async () => {
    const folder = temporaryFolder();
    const broken: Executor = {
      concurrency: 2,
      execute: () => Promise.reject(new Error('no workers')),
      close: () => Promise.resolve(),
    };
    await expect(run(folder, [draws], { executor: broken })).rejects.toThrow('no workers');
    expect(await run(folder, [draws])).toMatchObject({ complete: 3 });
  });

  it('says that a torn record was cut away', async () => {
    const folder = temporaryFolder();
    await run(folder, [draws]);
    const whole = recordsIn(folder);
    writeFileSync(join(folder, 'records.jsonl'), whole.slice(0, -30));
    const records: CellRecord[] = [];
    const summary = await run(folder, [draws], { onRecord: (record) => records.push(record) });
    expect(summary).toMatchObject({ complete: 1, reused: 2 });
    expect(summary.torn).toBeGreaterThan(30);
    expect(records).toHaveLength(1);
    expect(withoutTiming(recordsIn(folder))).toBe(withoutTiming(whole));
  });
});
