/** Runs that end within a cell, and go on with the parts that are left. */

import { createLab, definePlugin, type Lab } from '@meanfield/core';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  createInProcessExecutor,
  openRun,
  parsePipeline,
  runPipeline,
  type CellRecord,
  type RunSummary,
} from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

/** An experiment of six parts that notes which it runs; part `broken` throws. */
function labThatBreaks(broken: number | null, ran: number[]): Lab {
  const experiment = definePlugin({
    kind: 'experiment',
    name: 'noted',
    package: 'test',
    version: '1.0.0',
    summary: 'parts that are noted',
    options: z.strictObject({}),
    optionDocs: {},
    references: [],
    create: () => ({
      name: 'noted',
      parts: 6,
      runPart(index, { stream }) {
        ran.push(index);
        if (index === broken) throw new Error('a broken part');
        return Promise.resolve({ value: stream.child(index).normal() / 3, nothing: -0 });
      },
      combine: (parts) => ({ result: { parts } }),
    }),
  });
  return createLab([experiment]);
}

const pipeline = parsePipeline(
  JSON.stringify({ name: 'test', seed: 3, steps: [{ id: 'a', experiment: 'noted' }] }),
  'the test',
);

async function run(folder: string, broken: number | null, ran: number[] = []): Promise<RunSummary> {
  const lab = labThatBreaks(broken, ran);
  return runPipeline({ pipeline, lab, folder, executor: createInProcessExecutor({ lab }) });
}

const resultIn = (folder: string): unknown => {
  const [record] = openRun(folder).records.values() as IterableIterator<CellRecord>;
  return record?.status === 'complete' ? record.result : undefined;
};

const partsFile = (folder: string): string => {
  const [name] = readdirSync(join(folder, 'parts'));
  return join(folder, 'parts', name ?? '');
};

describe('parts of an unfinished cell', () => {
  it('are not run again, and leave the bits of an undisturbed run', async () => {
    const [folder, undisturbed] = [temporaryFolder(), temporaryFolder()];
    expect(await run(folder, 4)).toMatchObject({ failed: 1 });
    expect(readFileSync(partsFile(folder), 'utf8').trimEnd().split('\n')).toHaveLength(4);
    const ran: number[] = [];
    expect(await run(folder, null, ran)).toMatchObject({ complete: 1 });
    expect(ran).toEqual([4, 5]);
    await run(undisturbed, null);
    expect(resultIn(folder)).toEqual(resultIn(undisturbed));
    for (const each of [folder, undisturbed]) expect(existsSync(join(each, 'parts'))).toBe(false);
  });

  it.each([
    ['torn', (text: string) => text.slice(0, -9), [3]],
    ['torn, and written behind', (text: string) => `${text.slice(0, -9)}{"part":5,"found":1}\n`, [3]],
    ['no part', (text: string) => `${text}{"part":-1,"found":1}\n{"part":5}\n`, []],
  ])('are run again where their line is %s', async (_, change, again) => {
    const folder = temporaryFolder();
    await run(folder, 4);
    const path = partsFile(folder);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    const ran: number[] = [];
    await run(folder, null, ran);
    expect(ran).toEqual([...again, 4, 5]);
  });
});
