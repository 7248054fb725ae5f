/** Results for a reader at a terminal. */

import Table from 'cli-table3';

const PLAIN = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
}; // prettier-ignore

export type Entry = string | number | null | undefined | boolean | object;

/** A number to six significant digits, an outcome by its status, nothing as a dash. */
export function showEntry(entry: Entry): string {
  if (entry === null || entry === undefined) return '–';
  if (typeof entry === 'number') {
    if (Number.isInteger(entry)) return String(entry);
    const size = Math.abs(entry);
    return size >= 1e-4 && size < 1e6 ? String(Number(entry.toPrecision(6))) : entry.toExponential(4);
  }
  if (typeof entry === 'object') return 'status' in entry ? String(entry.status) : JSON.stringify(entry);
  return String(entry);
}

/** Columns under headings; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly Entry[])[]): string {
  const numeric = head.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const drawn = new Table({
    head: [...head],
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: numeric.map((right) => (right ? 'right' : 'left')),
  });
  for (const row of rows) drawn.push(row.map(showEntry));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Name and value, a line each. */
export function properties(entries: readonly (readonly [string, Entry])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${showEntry(value)}`).join('\n');
}
