import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readCsv, type CsvReadOptions } from '../src/index.js';
import { readOrRefuse, refusalOf } from './files.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, options?: CsvReadOptions): [shape: readonly number[], values: number[]] => {
  const { shape, data } = readCsv(bytesOf(text), options);
  return [shape, [...data]];
};

describe('readCsv', () => {
  it.each([
    ['1,2\n3,4\n', [2, 2], [1, 2, 3, 4]],
    ['1,2\r\n3,4', [2, 2], [1, 2, 3, 4]],
    ['\ufeff1\n', [1, 1], [1]],
    [' -1.5e-3 , +.5,"7" \n', [1, 3], [-0.0015, 0.5, 7]],
    ['5.\n0\n-0\n', [3, 1], [5, 0, -0]],
    ['0.1,1e308\n', [1, 2], [0.1, 1e308]],
  ])('reads %j', (text, shape, values) => {
    expect(read(text)).toEqual([shape, values]);
  });

  it('passes over a header that is announced', () => {
    expect(read('height,"weight, kg"\n1,2\n', { header: true })).toEqual([[1, 2], [1, 2]]); // prettier-ignore
  });

  it('gives back what JavaScript writes', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const row = (columns: number): fc.Arbitrary<number[]> =>
      fc.array(number, { minLength: columns, maxLength: columns });
    const table = fc.integer({ min: 1, max: 5 }).chain((columns) => fc.array(row(columns), { minLength: 1 }));
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((values) => values.join(',')).join('\n');
        const [shape, values] = read(text);
        expect(shape).toEqual([rows.length, rows[0]!.length]);
        // String(-0) is "0".
        expect(values).toEqual(rows.flat().map((value) => value + 0));
      }),
      { seed: 1 },
    );
  });

  it.each([
    ['', /at least one row of numbers in x.csv, found none/],
    ['1,2\n3\n', /2 numbers in line 2 of x.csv, as in its first row, found 1;/],
    ['1\n\n2\n', /line 2, column 1 of x.csv, found nothing/],
    ['1,2\n\n', /2 numbers in line 2 of x.csv, as in its first row, found an empty line/],
    ['a,b\n1,2\n', /line 1, column 1 of x.csv, found "a"; correct the line, or say that it is a header/],
    ['1,x\n', /line 1, column 2/],
    ['1\nyes\n', /line 2, column 1 of x.csv, found "yes"; correct the line\./],
    ['1;2\n', /found "1;2"/],
    ['1 2\n', /found "1 2"/],
    ['nan\n', /found "nan"/],
    ['Infinity\n', /found "Infinity"/],
    ['1e999\n', /found "1e999"/],
    ['0x10\n', /found "0x10"/],
    ['1,\n', /column 2 of x.csv, found nothing/],
    ['"1\n', /found "\\"1"/],
  ])('refuses %j in one sentence', (text, sentence) => {
    const error = refusalOf(() => readCsv(bytesOf(text), { name: 'x.csv' }));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/^Expected [^\n]*; [^\n]*\.$/);
  });

  it('counts the header as line 1, and refuses a file of nothing else', () => {
    expect(refusalOf(() => readCsv(bytesOf('a\n1\nb'), { header: true })).message).toMatch(/line 3/);
    expect(refusalOf(() => readCsv(bytesOf('a\n'), { header: true })).message).toMatch(/found none/);
  });

  it('never fails otherwise on any bytes, nor takes memory for rows that are not there', () => {
    const piece = fc.constantFrom('1', ',', '\n', '\r', '"', 'e', '-', ' ', '.', '\u00ff', '\u0000');
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 40 }), fc.boolean(), (text, header) =>
        readOrRefuse(() => readCsv(bytesOf(text), { header })),
      ),
      { seed: 1, numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => readOrRefuse(() => readCsv(bytes))),
      { seed: 1 },
    );
    // 10⁵ columns, then 10⁵ empty lines.
    const wide = `${'1,'.repeat(1e5)}1\n${'\n'.repeat(1e5)}`;
    expect(refusalOf(() => readCsv(bytesOf(wide))).message).toMatch(/found an empty line/);
  });
});
