/** What holds for the definition of every plugin, whatever its kind. */

import { readFileSync } from 'node:fs';

import {
  createLab,
  isMeanfieldError,
  parsePluginDefinition,
  type PluginDefinition,
  type PluginKind,
} from '@meanfield/core';
import { expect } from 'vitest';

import type { Check } from './check.js';

/** Name and version in a package.json. */
function manifestAt(packageFile: URL): { name?: unknown; version?: unknown } {
  return JSON.parse(readFileSync(packageFile, 'utf8')) as { name?: unknown; version?: unknown };
}

/** The code of the error that `run` throws, or undefined when it returns. */
export function errorCodeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return isMeanfieldError(error) ? error.code : String(error);
  }
  return undefined;
}

/**
 * Checks of a definition: it is well formed, agrees with the package.json of its package, cites complete
 * BibTeX entries, and refuses options that it does not know.
 *
 * @param packageFile `new URL('../package.json', import.meta.url)` in the plugin's test
 */
export function definitionChecks<K extends PluginKind>(
  definition: PluginDefinition<K>,
  packageFile: URL,
): readonly Check[] {
  return [
    {
      name: 'is a definition that a lab takes',
      run() {
        expect(parsePluginDefinition(definition, 'the test')).toBe(definition);
        expect(createLab([definition]).definition(definition.kind, definition.name)).toBe(definition);
        expect(definition.summary, 'a summary of one line').toMatch(/^\S[^\n]*\S$/);
      },
    },
    {
      name: 'names the package and version that its package.json names',
      run() {
        const { name, version } = manifestAt(packageFile);
        expect({ package: definition.package, version: definition.version }).toEqual({
          package: name,
          version,
        });
      },
    },
    {
      name: 'cites complete BibTeX entries',
      run() {
        expect(definition.references.length, 'number of references').toBeGreaterThan(0);
        for (const { key, bibtex } of definition.references) expect(bibtex).toContain(`{${key},`);
      },
    },
    {
      name: 'refuses an option that it does not know',
      run() {
        expect(errorCodeOf(() => definition.create({ 'no-such-option': 1 }))).toBe('INVALID_OPTION');
      },
    },
  ];
}
