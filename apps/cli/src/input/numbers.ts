/** Numbers from flags, checked where they enter. */

import { MeanfieldError, show } from '@meanfield/core';

interface Range {
  /** Excluded */
  readonly above?: number;
  readonly least?: number;
  readonly most?: number;
}

function refuse(flag: string, expected: string, text: string): never {
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${expected} for ${flag}`,
    found: show(text),
    remedy: `give ${flag} one`,
  });
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a text spells in decimal, NaN for any other text; −0 is 0. */
export function decimal(text: string): number {
  return DECIMAL.test(text) ? Number(text) + 0 : Number.NaN;
}

const within = (value: number, { above = -Infinity, least = -Infinity, most = Infinity }: Range): boolean =>
  value > above && value >= least && value <= most;

const bounds = ({ above, least, most }: Range): string => {
  if (above !== undefined) return ` above ${above}${most === undefined ? '' : ` and at most ${most}`}`;
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? '' : ` of at most ${most}`;
};

/** A finite number. Throws INVALID_ARGUMENT. */
export function parseNumber(flag: string, text: string, range: Range = {}): number {
  const value = decimal(text);
  if (!Number.isFinite(value) || !within(value, range)) refuse(flag, `a number${bounds(range)}`, text);
  return value;
}

/** A whole number that a double holds exactly. Throws INVALID_ARGUMENT. */
export function parseCount(flag: string, text: string, { least = 1, most }: Range = {}): number {
  const value = decimal(text);
  const range = { least, most: most ?? Number.MAX_SAFE_INTEGER };
  if (!Number.isSafeInteger(value) || !within(value, range)) {
    // The largest whole number is worth saying only to whoever went beyond it.
    const shown = value > range.most || most !== undefined ? range : { least };
    refuse(flag, `a whole number${bounds(shown)}`, text);
  }
  return value;
}

/** Two numbers "low:high" with low < high. Throws INVALID_ARGUMENT. */
export function parseRange(flag: string, text: string, range: Range = {}): readonly [number, number] {
  const [low, high, ...rest] = text.split(':').map(decimal);
  const valid =
    low !== undefined &&
    high !== undefined &&
    rest.length === 0 &&
    [low, high].every((value) => Number.isFinite(value) && within(value, range)) &&
    low < high;
  if (!valid) refuse(flag, `a range low:high of increasing numbers${bounds(range)}`, text);
  return [low, high];
}

/** Finite numbers joined by commas. Throws INVALID_ARGUMENT. */
export function parseNumbers(flag: string, text: string, range: Range = {}): readonly number[] {
  return text.split(',').map((part) => parseNumber(flag, part.trim(), range));
}

/** Accuracies joined by commas, from the lowest on. Throws INVALID_ARGUMENT. */
export function parseTargets(flag: string, text: string): readonly number[] {
  const targets = new Set(parseNumbers(flag, text, { least: 0, most: 1 }));
  return [...targets].sort((a, b) => a - b);
}
