import { execFileSync } from 'node:child_process';
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readBoundedText } from '../src/bounded-text.js';
import { writeAtomically } from '../src/records/files.js';
import { failureOf, temporaryFolder } from './temporary-folder.js';

const itOnUnix = it.skipIf(process.platform === 'win32');

describe('writeAtomically', () => {
  it('replaces a file and leaves nothing beside it', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a'), 'old');
    writeAtomically(join(folder, 'a'), ['n', new Uint8Array([0x65]), 'w']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('leaves nothing behind when it cannot put the file in its place', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken'));
    expect(failureOf(() => writeAtomically(join(folder, 'taken'), ['x'])).code).toBe('OUTPUT_UNWRITABLE');
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  itOnUnix('follows links', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a'), 'old');
    symlinkSync('a', join(folder, 'link'));
    writeAtomically(join(folder, 'link'), ['new']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    symlinkSync('loop', join(folder, 'loop'));
    expect(failureOf(() => writeAtomically(join(folder, 'loop'), ['x'])).message).toContain('ELOOP');
  });

  itOnUnix('writes into a pipe instead of replacing it', () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = openSync(pipe, 'r+');
    writeAtomically(pipe, ['one ', 'two']);
    const bytes = Buffer.alloc(16);
    expect(bytes.toString('utf8', 0, readSync(reader, bytes))).toBe('one two');
    closeSync(reader);
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });
});

describe('readBoundedText', () => {
  it('reads up to the bound and not beyond it', () => {
    const file = join(temporaryFolder(), 'a');
    writeFileSync(file, 'σσ');
    expect(readBoundedText(file, 4)).toBe('σσ');
    expect(() => readBoundedText(file, 3)).toThrow('more than 3 bytes');
  });

  itOnUnix('does not read a device that never ends', () => {
    expect(() => readBoundedText('/dev/zero', 1000)).toThrow('more than 1000 bytes');
  });
});
