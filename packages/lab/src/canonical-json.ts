/**
 * JSON with one spelling for each value: keys sorted by UTF-16 code units, no spaces, numbers as ECMAScript
 * prints them (the form that RFC 8785 fixes). What ids are hashed from.
 */

import { MeanfieldError, show, type Json } from '@meanfield/core';

function notJson(value: unknown, path: string, owner: string): never {
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${owner} to be JSON (finite numbers, strings, booleans, null, arrays, plain objects)`,
    found: `${typeof value === 'symbol' ? 'a symbol' : show(value)} at ${path}`,
    remedy: 'encode it as a number, a string or null',
  });
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * The value itself, checked to survive a trip through JSON unchanged, with properties that are `undefined`
 * left out and −0 as JSON has it, 0.
 *
 * @param owner what the value is, for the sentence, such as "the result of experiment theory"
 * @throws MeanfieldError INVALID_ARGUMENT for Infinity, NaN, functions, class instances and the like, with their place
 */
export function requireJson(value: unknown, owner: string, path = '$'): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : notJson(value, path, owner);
  if (Array.isArray(value)) return value.map((entry, i) => requireJson(entry, owner, `${path}[${i}]`));
  if (typeof value !== 'object' || !isPlainObject(value)) return notJson(value, path, owner);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, requireJson(entry, owner, `${path}.${key}`)]),
  );
}

function spell(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spell).join(',')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${spell(entry)}`)
    .join(',')}}`;
}

/**
 * The one spelling of a value.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for what is not JSON
 */
export function canonicalJson(value: unknown, owner = 'the value'): string {
  return spell(requireJson(value, owner));
}
