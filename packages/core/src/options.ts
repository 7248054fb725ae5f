/** Validation of plugin options at the edge, by any Standard Schema validator. */

import type { StandardSchemaV1 } from '@standard-schema/spec';

import { MeanfieldError, show } from './errors.js';

/** Name of an option to what it means, its unit and its default: what help texts show. */
export type OptionDocs = Readonly<Record<string, string>>;

function valueAt(input: unknown, path: readonly (string | number)[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function remedyFor(owner: string, docs: OptionDocs, key: string | number | undefined): string {
  const text = key === undefined ? undefined : docs[String(key)];
  if (text !== undefined) return `set ${key} as ${owner} takes it (${text})`;
  const names = Object.keys(docs);
  return names.length === 0
    ? `leave the options of ${owner} out, it takes none`
    : `use the options of ${owner}: ${names.join(', ')}`;
}

/**
 * The parsed options, or one sentence about the first thing wrong with them.
 *
 * @param owner who takes the options, as in "initializer aci"
 * @throws MeanfieldError INVALID_OPTION
 */
export function parseOptions<T>(
  owner: string,
  schema: StandardSchemaV1<unknown, T>,
  input: unknown,
  docs: OptionDocs,
): T {
  const outcome = schema['~standard'].validate(input);
  if (outcome instanceof Promise) {
    throw new MeanfieldError({
      code: 'INVALID_PLUGIN',
      expected: `the options schema of ${owner} to validate synchronously`,
      found: 'a promise',
      remedy: 'remove asynchronous refinements from the schema',
    });
  }
  if (outcome.issues === undefined) return outcome.value;
  const issue = outcome.issues[0];
  const path = (issue?.path ?? []).map((segment) => {
    const key = typeof segment === 'object' ? segment.key : segment;
    return typeof key === 'symbol' ? String(key) : key;
  });
  const subject = path.length === 0 ? `options of ${owner}` : `option ${path.join('.')} of ${owner}`;
  throw new MeanfieldError({
    code: 'INVALID_OPTION',
    expected: `valid ${subject}`,
    found: `${show(valueAt(input, path))} (${issue?.message ?? 'no reason given'})`,
    remedy: remedyFor(owner, docs, path[0]),
  });
}
