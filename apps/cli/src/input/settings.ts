/** Options of plugins given as `--set initializer.k=100`. */

import { MeanfieldError, show, type PluginDefinition } from '@meanfield/core';

import { decimal } from './numbers.js';

/** Whom `--set` can address. */
const SETTABLE = [
  'activation',
  'initializer',
  'branch',
  'task',
  'backend',
  'mean-field',
  'optimizer',
] as const;
export type Settable = (typeof SETTABLE)[number];

type OptionValue = boolean | number | string | readonly number[];
export type OptionValues = Readonly<Record<string, OptionValue>>;
export type Settings = Readonly<Record<Settable, OptionValues>>;

/** `true`, a number, a list of numbers such as `0.1,0.2`, or the text itself. */
function parseValue(text: string): OptionValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.includes(',')) {
    const list = text.split(',').map(decimal);
    return list.every(Number.isFinite) ? list : text;
  }
  const value = decimal(text);
  return Number.isFinite(value) ? value : text;
}

const isSettable = (owner: string): owner is Settable => (SETTABLE as readonly string[]).includes(owner);

/** Parses every `OWNER.OPTION=VALUE`; the last of one option wins. Throws INVALID_ARGUMENT. */
export function parseSettings(entries: readonly string[]): Settings {
  const settings = Object.fromEntries(SETTABLE.map((owner) => [owner, {}])) as Record<
    Settable,
    Record<string, OptionValue>
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

/** Refuses settings of plugins that a command does not use: they would do nothing. Throws INVALID_ARGUMENT. */
export function requireOwners(settings: Settings, owners: readonly Settable[]): void {
  const stray = SETTABLE.find((owner) => !owners.includes(owner) && Object.keys(settings[owner]).length > 0);
  if (stray === undefined) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected:
      owners.length === 0
        ? 'no --set for this command, which creates no plugin by itself'
        : `--set for what this command uses (${owners.join(', ')})`,
    found: `--set ${stray}.${Object.keys(settings[stray]).join(` and ${stray}.`)}`,
    remedy: 'leave it out',
  });
}

/**
 * A convenience flag such as `--bias-variance 0.1` as an option of a plugin.
 *
 * @throws MeanfieldError INVALID_ARGUMENT when the plugin has no such option, or it is set already
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
  if (option in options) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `either ${flag} or --set ${definition.kind}.${option}`,
      found: 'both',
      remedy: 'leave one out',
    });
  }
  return { ...options, [option]: value };
}
