/** The flags that choose a random network (activation and initializer), as experiments take them. */

import type { JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import { requireOwners, type Settable } from '../input/settings.js';
import type { Session } from '../session.js';
import { initializerOptions, withInitializerOptions, type InitializerFlags } from './initializer.js';
import { meanFieldModel } from './mean-field.js';

export interface NetworkFlags extends InitializerFlags {
  readonly activation: string;
  /** Name of the mean-field model, where the command asks theory */
  readonly meanField?: string;
}

export function withNetworkOptions(command: Command, which: { weightVariance?: boolean } = {}): Command {
  return withInitializerOptions(command.option('-a, --activation <NAME>', 'activation', 'relu'), which);
}

/** The same for a command that asks theory: with the model that answers. */
export function withTheoryOptions(command: Command, which: { weightVariance?: boolean } = {}): Command {
  return withNetworkOptions(command, which).option(
    '--mean-field <NAME>',
    'mean-field model (default: the first that describes the initializer)',
  );
}

/** The options that choose the plugins of a network. Throws UNKNOWN_PLUGIN, INVALID_ARGUMENT. */
export function networkOptions(session: Session, flags: NetworkFlags): JsonObject {
  const { name, values } = initializerOptions(session, flags);
  session.lab.definition('activation', flags.activation);
  return {
    activation: { name: flags.activation, options: { ...session.settings.activation } },
    initializer: { name, options: { ...values } },
  };
}

/**
 * The same with the mean-field model that `--mean-field` names, or that `--set mean-field.…` (or `given`) gives options
 * to. `owners` are further ones that the command has settings for.
 */
export function theoryOptions(
  session: Session,
  flags: NetworkFlags,
  given: JsonObject = {},
  owners: readonly Settable[] = [],
): JsonObject {
  requireOwners(session.settings, ['activation', 'initializer', 'mean-field', ...owners]);
  const network = networkOptions(session, flags);
  const values = { ...session.settings['mean-field'], ...given };
  if (Object.keys(values).length === 0 && flags.meanField === undefined) return network;
  const { name } = meanFieldModel(session, flags);
  return { ...network, meanField: { name, options: values } };
}
