/** Experiments in parts, in threads of a process of their own, on the built package. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { ProgressEvent } from '@meanfield/core';
import { beforeAll, describe, expect, it } from 'vitest';

import { PartQueue } from '../src/parts/part-queue.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

interface Job {
  readonly how: 'in-process' | 'executor' | 'parallel';
  readonly workers?: number;
  readonly options?: object;
  readonly worthSeconds?: number;
}

interface Found {
  readonly status?: string;
  readonly result?: { readonly values: readonly (readonly number[])[] };
  readonly timing: { readonly threads: number };
  readonly error?: { readonly code: string; readonly message: string };
  readonly thrown?: { readonly name: string; readonly code?: string; readonly message: string };
  readonly events: readonly ProgressEvent[];
}

const busy = { parts: 6, busy: 30 };
const bad = (how: string): object => ({ parts: 4, bad: 2, how });
const JOBS = {
  here: { how: 'in-process', options: busy },
  one: { how: 'executor', workers: 1, options: busy },
  two: { how: 'executor', workers: 2, options: busy },
  three: { how: 'executor', workers: 3, options: busy },
  throws: { how: 'executor', workers: 2, options: bad('throw') },
  errs: { how: 'executor', workers: 2, options: bad('error') },
  dies: { how: 'executor', workers: 2, options: bad('exit') },
  nan: { how: 'executor', workers: 2, options: bad('nan') },
  nanHere: { how: 'in-process', options: bad('nan') },
  combine: { how: 'executor', workers: 2, options: bad('combine') },
  after: { how: 'executor', workers: 2, options: { scheme: 'b' } },
  afterHere: { how: 'in-process', options: { scheme: 'b' } },
  alone: { how: 'parallel', workers: 1, options: busy },
  parallel: { how: 'parallel', workers: 2, options: busy },
  notWorth: { how: 'parallel', workers: 2, options: busy, worthSeconds: 1000 },
  parallelThrows: { how: 'parallel', workers: 2, options: bad('throw') },
  parallelErrs: { how: 'parallel', workers: 2, options: bad('error') },
} as const satisfies Record<string, Job>;

let found: Record<keyof typeof JOBS, Found>;
let closed = '';
beforeAll(() => {
  // Nothing to do where the package has just been built, as before every whole run of the tests.
  execFileSync(process.execPath, [at('../../../node_modules/typescript7/bin/tsc'), '-b', at('..')]);
  const script = [at('./fixtures/run-parts.mjs'), JSON.stringify(Object.values(JOBS))];
  const text = execFileSync(process.execPath, script, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const answer = JSON.parse(text) as { outcomes: Found[]; closed: string };
  found = Object.fromEntries(Object.keys(JOBS).map((name, i) => [name, answer.outcomes[i]])) as typeof found;
  closed = answer.closed;
}, 120_000);

describe('parts in worker threads', () => {
  it('find what they find in this thread, to the last bit, in however many', () => {
    expect(found.here.result?.values).toHaveLength(6);
    expect(found.here.result?.values[5]?.slice(1)).toEqual([0, 5e-324, 1 / 3]);
    for (const name of ['one', 'two', 'three', 'alone', 'parallel', 'notWorth'] as const)
      expect(found[name].result, name).toEqual(found.here.result);
    expect(found.after.result).toEqual(found.afterHere.result);
  });

  it('are shared out over all threads of an executor', () => {
    expect(found.one.timing.threads).toBe(1);
    expect(found.two.timing.threads).toBe(2);
  });

  it('run in workers only where there are several and that pays', () => {
    expect(found.alone.timing.threads).toBe(1);
    expect(found.notWorth.timing.threads).toBe(1);
    expect(found.parallel.timing.threads).toBeGreaterThan(1);
  });

  it('report as one piece of work', () => {
    for (const name of ['here', 'two', 'parallel'] as const) {
      const { events } = found[name];
      expect(new Set(events.map(({ label }) => label))).toEqual(new Set(['drawing']));
      expect(events.at(-1)).toEqual({ label: 'drawing', completed: 12, total: 12 });
      expect(events.filter(({ completed, total }) => completed === total)).toHaveLength(1);
    }
  });

  it('fail their cell in one sentence, and the next one runs', () => {
    expect(found.throws).toMatchObject({
      status: 'failed',
      error: { code: 'UNSUPPORTED', message: 'Expected a good part, found a bad one; mend it.' },
    });
    expect(found.errs.error).toEqual({ code: 'INTERNAL', message: 'TypeError: a part that is none' });
    expect(found.combine.error).toEqual({ code: 'INTERNAL', message: 'TypeError: nothing to combine' });
    expect(found.dies.error).toMatchObject({ code: 'CELL_FAILED' });
    expect(found.dies.error?.message).toContain('exit code 4');
    expect(found.nan.error?.message).toMatch(/part 2 of experiment parted .* NaN at \$\.nan/);
    expect(found.nanHere.error).toEqual(found.nan.error);
    expect(found.after.status).toBe('complete');
  });

  it('throw in a command what they throw in this thread', () => {
    expect(found.parallelThrows.thrown).toMatchObject({ name: 'MeanfieldError', code: 'UNSUPPORTED' });
    expect(found.parallelErrs.thrown).toMatchObject({ name: 'TypeError' });
  });

  it('end when their executor is closed', () => {
    expect(closed).toContain('closed');
  });
});

describe('PartQueue', () => {
  it('does not run again what was found before', async () => {
    const ran: number[] = [];
    const kept: number[] = [];
    const queue = new PartQueue({
      parts: 4,
      label: 'test',
      report: () => undefined,
      kept: {
        found: new Map([
          [1, 'b'],
          [3, 'd'],
        ]),
        keep: (index) => kept.push(index),
      },
    });
    await queue.drain(2, (index) => Promise.resolve(ran.push(index) > 0 ? `part ${index}` : ''));
    expect(ran).toEqual([0, 2]);
    expect(kept).toEqual([0, 2]);
    expect(queue.values()).toEqual(['part 0', 'b', 'part 2', 'd']);
  });

  it('counts a part that has not begun as much as the others on average', async () => {
    const events: ProgressEvent[] = [];
    const queue = new PartQueue({ parts: 3, label: 'test', report: (event) => events.push(event) });
    await queue.drain(1, (index, report) => {
      if (index < 2) report({ label: 'networks', completed: 1, total: 10 });
      return Promise.resolve(index);
    });
    expect(events.map(({ completed, total }) => `${completed}/${total}`)).toEqual([
      ...['1/30', '10/30', '11/30', '20/30'],
      '21/21',
    ]);
  });

  it('begins no part after one has failed, and gives it back', async () => {
    const queue = new PartQueue({ parts: 5, label: 'test', report: () => undefined });
    const fail = (index: number): Promise<number> =>
      index === 1 ? Promise.reject(new Error('no')) : Promise.resolve(index);
    await expect(queue.drain(1, fail)).rejects.toThrow('no');
    expect(queue.waiting).toBe(4);
    await queue.drain(2, (index) => Promise.resolve(index));
    expect(queue.values()).toEqual([0, 1, 2, 3, 4]);
  });
});
