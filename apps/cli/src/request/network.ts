/** The flags that choose a random network (activation and initializer), as experiments take them. */

import type { JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import type { Session } from '../session.js';
import { initializerOptions, withInitializerOptions, type InitializerFlags } from './initializer.js';

export interface NetworkFlags extends InitializerFlags {
  readonly activation: string;
  readonly model?: string;
}

export function withNetworkOptions(command: Command): Command {
  return withInitializerOptions(command.option('-a, --activation <NAME>', 'activation', 'relu'));
}

/** Throws UNKNOWN_PLUGIN, INVALID_ARGUMENT. */
export function networkOptions(session: Session, flags: NetworkFlags): JsonObject {
  const { name, values } = initializerOptions(session, flags);
  session.lab.definition('activation', flags.activation);
  return {
    activation: { name: flags.activation, options: { ...session.settings.activation } },
    initializer: { name, options: { ...values } },
  };
}
