import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openRun, parsePipeline, planPipeline } from '../src/index.js';
import { lockFolder } from '../src/records/lock.js';
import { RunFolder } from '../src/records/run-folder.js';
import { createWorkerLab } from './fixtures/cheap-lab.mjs';
import { failureOf, temporaryFolder } from './temporary-folder.js';

const planned = planPipeline(
  parsePipeline('{"name": "p", "steps": [{"id": "s", "experiment": "draws"}]}', 'the test'),
  createWorkerLab(),
);

describe('lockFolder', () => {
  it('lets one writer in at a time, also within a process', () => {
    const folder = temporaryFolder();
    const unlock = lockFolder(folder);
    const error = failureOf(() => lockFolder(folder));
    expect(error.code).toBe('OUTPUT_UNWRITABLE');
    expect(error.message).toContain(String(process.pid));
    unlock();
    lockFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });

  const living = { pid: process.pid, started: null, host: hostname() };
  it.each([
    ['a process that has ended', { ...living, pid: 2 ** 22 + 1 }, true],
    ['an earlier process of the same number', { ...living, started: '1' }, process.platform === 'linux'],
    ['a living process of unknown start', living, false],
    ['a process of another machine', { ...living, pid: 2 ** 22 + 1, host: 'elsewhere' }, false],
  ])('the lock of %s', (_, owner, free) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), JSON.stringify(owner));
    if (free) lockFolder(folder)();
    else expect(failureOf(() => lockFolder(folder)).message).toContain(`remove ${join(folder, 'lock')}`);
    expect(existsSync(join(folder, 'lock'))).toBe(!free);
  });

  it('is held by whoever wrote a lock that cannot be read', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), '');
    expect(failureOf(() => lockFolder(folder)).code).toBe('OUTPUT_UNWRITABLE');
  });
});

describe('RunFolder', () => {
  it.each([
    ['a file in its place', 'file'],
    ['a path under a file', 'file/run'],
    ['a path under a path under a file', 'file/run/deeper'],
  ])('refuses %s', (_, path) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'x');
    const error = failureOf(() => RunFolder.open(join(folder, path), planned));
    expect(error.code).toBe('OUTPUT_UNWRITABLE');
    expect(error.exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.each([
    ['manifest.json', '{"name": "a web app"}'],
    ['manifest.json', 'nonsense'],
    ['records.jsonl', 'nonsense\nnonsense\n'],
  ])("leaves a folder alone whose %s is not a run's", (name, text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), text);
    expect(failureOf(() => RunFolder.open(folder, planned)).code).toBe('INVALID_FILE');
    expect(readdirSync(folder)).toEqual([name]);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  it('unlocks the folder when it cannot be opened', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'records.jsonl'));
    expect(failureOf(() => RunFolder.open(folder, planned)).code).toBe('INVALID_FILE');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});

describe('openRun', () => {
  it('says what a run folder is when there is none', () => {
    expect(failureOf(() => openRun(temporaryFolder())).message).toContain('manifest.json');
    expect(failureOf(() => openRun(join(temporaryFolder(), 'nowhere'))).code).toBe('INVALID_FILE');
  });

  it('reads a run that another process is writing, and changes nothing', () => {
    const folder = temporaryFolder();
    const writing = RunFolder.open(folder, planned);
    const torn = '{"cell":';
    writeFileSync(join(folder, 'records.jsonl'), torn);
    const run = openRun(folder);
    expect(run.manifest).toEqual(planned);
    expect(run.records.size).toBe(0);
    expect(run.torn).toBe(torn.length);
    expect(readFileSync(join(folder, 'records.jsonl'), 'utf8')).toBe(torn);
    writing.close();
  });
});
