/** The state of unfinished cells: whole, or passed over. */

import { createLab, definePlugin, type Lab } from '@meanfield/core';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  checkpointFile,
  createInProcessExecutor,
  openRun,
  parsePipeline,
  runPipeline,
  type RunSummary,
} from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const CELL = '0123456789abcdef0123456789abcdef';
const OTHER = 'f123456789abcdef0123456789abcdef';
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

describe('checkpointFile', () => {
  it('gives back what was last written, newlines and all', async () => {
    const path = join(temporaryFolder(), 'deep', 'file');
    const store = checkpointFile({ path, everySeconds: 1 }, CELL);
    expect(await store.read()).toEqual({ state: null });
    await store.write([bytes('first')]);
    await store.write([bytes('se\ncond'), new Uint8Array(), bytes('\n\0')]);
    expect(Buffer.from((await store.read()).state!).toString()).toBe('se\ncond\n\0');
  });

  it('passes over a file of another cell', async () => {
    const path = join(temporaryFolder(), 'file');
    await checkpointFile({ path, everySeconds: 1 }, OTHER).write([bytes('state')]);
    const { state, remark } = await checkpointFile({ path, everySeconds: 1 }, CELL).read();
    expect([state, remark]).toEqual([null, expect.stringMatching(/is of another training, so/)]);
  });

  it('passes over whatever a file holds that it did not write', async () => {
    const path = join(temporaryFolder(), 'file');
    const store = checkpointFile({ path, everySeconds: 1 }, CELL);
    await store.write([bytes('state of a run')]);
    const whole = readFileSync(path);
    const damaged = [
      whole.subarray(0, -1),
      Buffer.concat([whole, whole]),
      Buffer.alloc(0),
      Buffer.from('{}\n'),
    ];
    for (let at = 0; at < whole.length; at += 7) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      damaged.push(changed);
    }
    for (const content of damaged) {
      writeFileSync(path, content);
      const { state, remark } = await store.read();
      expect([state, remark]).toEqual([
        null,
        expect.stringMatching(/^the checkpoint .* training began anew$/),
      ]);
    }
    const folder = checkpointFile({ path: temporaryFolder(), everySeconds: 1 }, CELL);
    expect((await folder.read()).remark).toMatch(/cannot be read/);
  });
});

/** Counts to 9, keeping where it is; stops the run at `end`. `counted` notes every number. */
function labThatStops(end: number | null, counted: number[]): Lab {
  const experiment = definePlugin({
    kind: 'experiment',
    name: 'counting',
    package: 'test',
    version: '1.0.0',
    summary: 'counts',
    options: z.strictObject({}),
    optionDocs: {},
    references: [],
    create: () => ({
      name: 'counting',
      async run({ checkpoint }) {
        const { state = null } = (await checkpoint?.read()) ?? {};
        for (let at = state === null ? 0 : state[0]!; at < 9; at++) {
          if (at === end) throw new Error('stopped');
          counted.push(at);
          await checkpoint?.write([Uint8Array.of(at + 1)]);
        }
        return { result: { counted: 9 } };
      },
    }),
  });
  return createLab([experiment]);
}

const pipeline = parsePipeline(
  JSON.stringify({ name: 'test', seed: 3, steps: [{ id: 'a', experiment: 'counting' }] }),
  'the test',
);

describe('a run', () => {
  const run = async (folder: string, end: number | null, counted: number[]): Promise<RunSummary> => {
    const lab = labThatStops(end, counted);
    return runPipeline({ pipeline, lab, folder, executor: createInProcessExecutor({ lab }) });
  };

  it('goes on within a cell, and leaves no checkpoint behind', async () => {
    const folder = temporaryFolder();
    const counted: number[] = [];
    expect(await run(folder, 4, counted)).toMatchObject({ failed: 1 });
    const checkpoints = join(folder, 'checkpoints');
    expect(readdirSync(checkpoints)).toEqual([openRun(folder).manifest.cells[0]!.id]);
    expect(await run(folder, null, counted)).toMatchObject({ complete: 1 });
    expect(counted).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(existsSync(checkpoints)).toBe(false);
  });
});
