/** Plugins beyond the first-party ones: packages or files that a user names. */

import { MeanfieldError, parsePluginDefinition, show, type PluginDefinition } from '@meanfield/core';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const PACKAGE = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(\/[\w./-]+)?$/;

/** What `import()` takes for a name: a file relative to `folder`, or a package that `folder` can see. */
function resolvePlugin(name: string, folder: string): string {
  if (name.startsWith('.') || isAbsolute(name)) {
    const file = resolve(folder, name);
    return pathToFileURL(existsSync(join(file, 'package.json')) ? entryOf(file) : file).href;
  }
  if (!PACKAGE.test(name)) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'the name of an npm package, or a path that begins with ./ or /',
      found: show(name),
      remedy: 'name the plugin as you would import it',
    });
  }
  try {
    return pathToFileURL(createRequire(join(folder, 'plugin.js')).resolve(name)).href;
  } catch {
    return name;
  }
}

const entryOf = (folder: string): string => createRequire(join(folder, 'package.json')).resolve(folder);

/**
 * Imports the default export of each package, as seen from `folder`.
 *
 * @throws MeanfieldError UNKNOWN_PLUGIN when a package cannot be imported, INVALID_PLUGIN when its default
 * export is not a plugin definition
 */
async function importPlugins(names: readonly string[], folder: string): Promise<PluginDefinition[]> {
  const definitions: PluginDefinition[] = [];
  for (const name of names) {
    let module: { readonly default?: unknown };
    try {
      module = (await import(resolvePlugin(name, folder))) as { readonly default?: unknown };
    } catch (cause) {
      if (cause instanceof MeanfieldError) throw cause;
      throw new MeanfieldError({
        code: 'UNKNOWN_PLUGIN',
        expected: `to import the plugin ${name}`,
        found: (cause instanceof Error ? cause.message : String(cause)).split('\n', 1).join(''),
        remedy: `install it beside your files (npm install ${name}), or correct its name`,
        cause,
      });
    }
    definitions.push(parsePluginDefinition(module.default, name));
  }
  return definitions;
}

/** Names of plugins with the folder that they are resolved from. */
export interface PluginOrigin {
  readonly folder: string;
  readonly plugins: string[];
}

/** Imports all of them, in order. Throws as `importPlugins`. */
export async function importOrigins(origins: readonly PluginOrigin[]): Promise<PluginDefinition[]> {
  const lists = await Promise.all(origins.map(({ plugins, folder }) => importPlugins(plugins, folder)));
  return lists.flat();
}
