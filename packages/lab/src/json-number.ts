/**
 * Numbers in JSON. JSON has no infinities: they are written as the strings "Infinity" and "-Infinity". A NaN
 * never stands for a result; a quantity that does not exist is null or an object with a status.
 */

import { MeanfieldError } from '@meanfield/core';

export type JsonNumber = number | 'Infinity' | '-Infinity';

/**
 * A number as this project writes it into JSON.
 *
 * @throws MeanfieldError INTERNAL for NaN
 */
export function jsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  throw new MeanfieldError({
    code: 'INTERNAL',
    expected: 'a number as a result',
    found: 'NaN',
    remedy: 'report the input that led to it',
  });
}

/** The inverse of `jsonNumber`. */
export function fromJsonNumber(value: JsonNumber): number {
  return Number(value);
}
