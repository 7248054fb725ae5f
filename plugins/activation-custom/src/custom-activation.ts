/** A plugin of kind activation from a function: what a module of one's own default-exports. */

import { definePlugin, parseOptions, type PluginDefinition, type Reference } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { z } from 'zod';

import { makeActivation } from './activation.js';
import { functionDocs, functionsSchema, type CustomFunctions } from './functions.js';
import { sourcesOf } from './references.js';

export interface CustomActivationSpec extends CustomFunctions {
  /** What `-a` calls it: lower-case words joined by '-', other than the names of the activations beside it */
  readonly name: string;
  /** npm name of the package that exports it; default `name` */
  readonly package?: string;
  /**
   * Version of that package. Default 0.0.0 with a hash of the functions' source text, so that the records of a sweep made
   * with another φ are not taken for this one's. What the functions refer to outside themselves does not enter it.
   */
  readonly version?: string;
  /** One line for lists */
  readonly summary?: string;
  /** Where φ comes from; default `poole2016`, whose mean-field theory holds for any φ, and the source of φ' where that is not given */
  readonly references?: readonly Reference[];
}

/** The source text of the functions and all else that they are given with. */
const textOf = (functions: CustomFunctions): string =>
  JSON.stringify(functions, (_key, value: unknown) => (typeof value === 'function' ? String(value) : value));

function versionOf(functions: CustomFunctions): string {
  const hash = createStream(0, encodeURIComponent(textOf(functions))).uint32();
  return `0.0.0+${hash.toString(16).padStart(8, '0')}`;
}

/**
 * A definition of an activation without options, `name`, that computes φ as given. The functions are checked when it is
 * created, not when its module is imported: `create` throws INVALID_OPTION where they are not what they say they are.
 */
export function customActivation(
  spec: CustomActivationSpec,
): PluginDefinition<'activation', Record<string, never>> {
  const {
    name,
    package: from = name,
    version,
    summary = `${name}, a custom activation`,
    references,
    ...functions
  } = spec;
  return definePlugin({
    kind: 'activation',
    name,
    package: from,
    version: version ?? versionOf(functions),
    summary,
    options: z.strictObject({}),
    optionDocs: {},
    references: references ?? sourcesOf(functions),
    create: () =>
      makeActivation(name, parseOptions(`activation ${name}`, functionsSchema, functions, functionDocs)),
  });
}
