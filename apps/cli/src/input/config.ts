/** The user's own configuration: a small YAML or JSON file beside their work. */

import { MeanfieldError, parseOptions } from '@meanfield/core';
import { readBoundedText, systemReason } from '@meanfield/lab';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.strictObject({
  plugins: z.array(z.string()).default([]),
  data: z.string().optional(),
  seed: z.int().nonnegative().optional(),
});

const DOCS = {
  plugins: 'a list of packages or ./paths that export plugin definitions',
  data: 'folder with data files',
  seed: 'a whole number, at least 0',
};

export interface Config {
  readonly plugins: readonly string[];
  /** Folder that plugin names and paths are resolved from */
  readonly folder: string;
  readonly data?: string;
  readonly seed?: number;
}

const NAMES = ['meanfield.config.yaml', 'meanfield.config.yml', 'meanfield.config.json'];
const LARGEST_BYTES = 2 ** 20;

function read(path: string): unknown {
  try {
    const text = readBoundedText(path, LARGEST_BYTES);
    return parse(text, { maxAliasCount: 100, logLevel: 'error' }) ?? {};
  } catch (cause) {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `a configuration in YAML or JSON at ${path}`,
      found: systemReason(cause).split('\n', 1).join('').replace(/:$/, ''),
      remedy: 'correct the file, or name another with --config',
      cause,
    });
  }
}

/**
 * The configuration named, or the one in `folder`, or an empty one.
 *
 * @throws MeanfieldError INVALID_FILE, INVALID_OPTION
 */
export function loadConfig(named: string | undefined, folder: string): Config {
  const path = named ?? NAMES.map((name) => join(folder, name)).find((candidate) => existsSync(candidate));
  if (path === undefined) return { plugins: [], folder };
  const location = resolve(folder, path);
  const { data, seed, plugins } = parseOptions(`configuration ${path}`, schema, read(location), DOCS);
  const home = dirname(location);
  return {
    plugins,
    folder: home,
    ...(data === undefined ? {} : { data: resolve(home, data) }),
    ...(seed === undefined ? {} : { seed }),
  };
}
