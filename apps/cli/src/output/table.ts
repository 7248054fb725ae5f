/** Results for a reader at a terminal. */

/** A value with its standard error, shown as 0.0123 ± 0.0012. */
export interface Measured {
  readonly value: number;
  readonly stderr: number;
}

export type Entry = string | number | null | undefined | boolean | object;

export const isMeasured = (entry: Entry): entry is Measured =>
  typeof entry === 'object' && entry !== null && 'value' in entry && 'stderr' in entry;

const DIGITS_OF_ERROR = 2;
/** Below this share of the value an error is rounding. */
const ROUNDING = 1e-12;

/** The error to two digits, the value to the same place. */
function showMeasured({ value, stderr }: Measured): string {
  if (!(stderr > Math.abs(value) * ROUNDING)) return showEntry(value);
  const place = Math.floor(Math.log10(stderr)) - DIGITS_OF_ERROR + 1;
  const small = Math.max(Math.abs(value), stderr) < 1e-3;
  if (small || place > 0) {
    const digits = Math.max(0, Math.floor(Math.log10(Math.max(Math.abs(value), stderr))) - place);
    return `${value.toExponential(digits)} ± ${stderr.toExponential(1)}`;
  }
  return `${value.toFixed(-place)} ± ${stderr.toFixed(-place)}`;
}

/** A number to six significant digits, an outcome by its status, nothing as a dash. */
export function showEntry(entry: Entry): string {
  if (entry === null || entry === undefined) return '–';
  if (typeof entry === 'number') {
    if (Number.isSafeInteger(entry)) return String(entry);
    const size = Math.abs(entry);
    return size >= 1e-4 && size < 1e6 ? String(Number(entry.toPrecision(6))) : entry.toExponential(4);
  }
  if (isMeasured(entry)) return showMeasured(entry);
  if (typeof entry === 'object') return 'status' in entry ? String(entry.status) : JSON.stringify(entry);
  return String(entry);
}

const GAP = '  ';

/** Characters as a terminal counts them, for the scripts that appear here. */
const widthOf = (text: string): number => Array.from(text).length;

/** Columns under headings; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly Entry[])[]): string {
  const lines = [head, ...rows.map((row) => head.map((_, column) => showEntry(row[column])))];
  const columns = head.map((_, column) => ({
    numeric: rows.some((row) => typeof row[column] === 'number' || isMeasured(row[column])),
    width: lines.reduce((widest, line) => Math.max(widest, widthOf(line[column] ?? '')), 0),
  }));
  const drawLine = (line: readonly string[]): string =>
    columns
      .map(({ numeric, width }, column) => {
        const text = line[column] ?? '';
        const space = ' '.repeat(width - widthOf(text));
        return numeric ? space + text : text + space;
      })
      .join(GAP)
      .trimEnd();
  return lines.map(drawLine).join('\n');
}

/** Name and value, a line each. */
export function properties(entries: readonly (readonly [string, Entry])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${showEntry(value)}`).join('\n');
}
