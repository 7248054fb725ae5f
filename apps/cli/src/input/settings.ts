/** Options of plugins given as `--set initializer.k=100`. */

import { MeanfieldError, show, type PluginDefinition } from '@meanfield/core';

/** Whom `--set` can address. */
const SETTABLE = ['activation', 'initializer', 'task', 'backend', 'mean-field', 'optimizer'] as const;
type Settable = (typeof SETTABLE)[number];

export type OptionValues = Readonly<Record<string, boolean | number | string>>;
export type Settings = Readonly<Record<Settable, OptionValues>>;

function parseValue(text: string): boolean | number | string {
  if (text === 'true' || text === 'false') return text === 'true';
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}

const isSettable = (owner: string): owner is Settable => (SETTABLE as readonly string[]).includes(owner);

/** Parses every `OWNER.OPTION=VALUE`; the last of one option wins. Throws INVALID_ARGUMENT. */
export function parseSettings(entries: readonly string[]): Settings {
  const settings = Object.fromEntries(SETTABLE.map((owner) => [owner, {}])) as Record<
    Settable,
    Record<string, boolean | number | string>
  >;
  for (const entry of entries) {
    const [, owner, option, value] = /^([a-z-]+)\.([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(entry) ?? [];
    if (owner === undefined || option === undefined || value === undefined || !isSettable(owner)) {
      throw new MeanfieldError({
        code: 'INVALID_ARGUMENT',
        expected: `OWNER.OPTION=VALUE for --set, OWNER one of ${SETTABLE.join(', ')}`,
        found: show(entry),
        remedy: 'write it as in --set initializer.k=100',
      });
    }
    settings[owner][option] = parseValue(value);
  }
  return settings;
}

/**
 * A convenience flag such as `--bias-variance 0.1` as an option of a plugin.
 *
 * @throws MeanfieldError INVALID_ARGUMENT when the plugin has no such option
 */
export function withFlag(
  definition: PluginDefinition,
  options: OptionValues,
  flag: string,
  option: string,
  value: number | undefined,
): OptionValues {
  if (value === undefined) return options;
  if (!(option in definition.optionDocs)) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `an ${definition.kind} that has the option ${option} beside ${flag}`,
      found: `${definition.name}, which takes ${Object.keys(definition.optionDocs).join(', ') || 'no options'}`,
      remedy: `leave ${flag} out, or choose another ${definition.kind}`,
    });
  }
  return { ...options, [option]: value };
}
