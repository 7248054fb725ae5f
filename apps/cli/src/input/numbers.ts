/** Numbers from flags, checked where they enter. */

import { MeanfieldError, show } from '@meanfield/core';

interface Range {
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

const within = (value: number, { least = -Infinity, most = Infinity }: Range): boolean =>
  value >= least && value <= most;

const bounds = ({ least, most }: Range): string => {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? '' : ` of at most ${most}`;
};

/** A finite number. Throws INVALID_ARGUMENT. */
export function parseNumber(flag: string, text: string, range: Range = {}): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || !within(value, range)) refuse(flag, `a number${bounds(range)}`, text);
  return value;
}

/** A whole number that a double holds exactly. Throws INVALID_ARGUMENT. */
export function parseCount(flag: string, text: string, range: Range = { least: 1 }): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isSafeInteger(value) || !within(value, range))
    refuse(flag, `a whole number${bounds(range)}`, text);
  return value;
}

/** Two numbers "low:high" with low < high. Throws INVALID_ARGUMENT. */
export function parseRange(flag: string, text: string, range: Range = {}): readonly [number, number] {
  const [low, high, ...rest] = text
    .split(':')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const valid =
    low !== undefined &&
    high !== undefined &&
    rest.length === 0 &&
    [low, high].every((value) => Number.isFinite(value) && within(value, range)) &&
    low < high;
  if (!valid) refuse(flag, `a range low:high of numbers${bounds(range)}`, text);
  return [low, high];
}
