import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { JournalWriter, readJournal } from '../src/records/journal.js';
import { encodeRecord, type CellRecord } from '../src/records/record.js';
import { failureOf, temporaryFolder } from './temporary-folder.js';

const idOf = (i: number): string => String(i).padStart(32, '0');
const recordOf = (i: number): CellRecord => ({
  cell: idOf(i),
  experiment: 'draws',
  status: 'complete',
  // Characters of one to four bytes, so that a cut can fall inside one.
  result: { text: 'σ_w² → 𝔠\n', value: i / 3 },
  timing: { seconds: 0.1 },
});
const LINES = [0, 1, 2].map((i) => encodeRecord(recordOf(i)));

describe('the journal', () => {
  it('holds what was appended, in order', () => {
    const path = join(temporaryFolder(), 'records.jsonl');
    expect(readJournal(path)).toEqual({ records: [], length: 0, torn: 0 });
    const writer = new JournalWriter(path, 0);
    for (const i of [0, 1, 2]) writer.append(recordOf(i));
    writer.close();
    expect(readJournal(path).records).toEqual([0, 1, 2].map(recordOf));
    expect(readFileSync(path, 'utf8')).toBe(LINES.join(''));
  });

  it('loses only the last line, wherever a crash cuts it, and goes on behind the others', () => {
    const folder = temporaryFolder();
    const kept = Buffer.from(LINES.slice(0, 2).join(''));
    const last = Buffer.from(LINES[2] ?? '');
    for (let cut = 0; cut < last.length; cut++) {
      const path = join(folder, `${cut}.jsonl`);
      writeFileSync(path, Buffer.concat([kept, last.subarray(0, cut)]));
      const content = readJournal(path);
      expect(content).toEqual({ records: [recordOf(0), recordOf(1)], length: kept.length, torn: cut });
      const writer = new JournalWriter(path, content.length);
      writer.append(recordOf(2));
      writer.close();
      expect(readFileSync(path, 'utf8')).toBe(LINES.join(''));
    }
  });

  it('takes a last line of lost blocks (zeros) as torn', () => {
    const path = join(temporaryFolder(), 'records.jsonl');
    writeFileSync(path, Buffer.concat([Buffer.from(LINES[0] ?? ''), Buffer.alloc(40), Buffer.from('}\n')]));
    expect(readJournal(path)).toMatchObject({ records: [recordOf(0)], torn: 42 });
  });

  it.each([
    ['text', 'nonsense\n', 'not JSON'],
    ['another document', '{"cell": 1}\n', 'line 2'],
    ['half a line', `${(LINES[1] ?? '').slice(0, 20)}\n`, 'not JSON'],
    ['an empty line', '\n', 'not JSON'],
    ['a record with a further key', (LINES[1] ?? '').replace('{', '{"more":1,'), 'more'],
  ])('names the line in the middle that holds %s', (_, line, found) => {
    const path = join(temporaryFolder(), 'records.jsonl');
    writeFileSync(path, [LINES[0], line, LINES[2]].join(''));
    const error = failureOf(() => readJournal(path));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toContain(`line 2 of ${path}`);
    expect(error.message).toContain(found);
  });

  it('refuses a whole last line that is JSON but no record', () => {
    const path = join(temporaryFolder(), 'records.jsonl');
    writeFileSync(path, LINES[0] ?? '');
    appendFileSync(path, '{"status":"complete"}\n');
    expect(failureOf(() => readJournal(path)).message).toContain('line 2');
  });
});
