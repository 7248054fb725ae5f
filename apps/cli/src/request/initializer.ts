/** The flags that choose an initializer, and what they mean. */

import type { Command } from 'commander';

import { parseNumber } from '../input/numbers.js';
import { withFlag, type OptionValues } from '../input/settings.js';
import type { Session } from '../session.js';

export interface InitializerFlags {
  readonly initializer: string;
  readonly weightVariance?: string;
  readonly biasVariance?: string;
}

/** Name and options of a plugin, as experiments take them. */
export interface Choice {
  readonly name: string;
  readonly values: OptionValues;
}

/** @param weightVariance whether σ_w² is for the user to choose; otherwise the command finds it or goes through it */
export function withInitializerOptions(command: Command, { weightVariance = true } = {}): Command {
  command.option('-i, --initializer <NAME>', 'initializer', 'he');
  if (weightVariance) {
    command.option(
      '--weight-variance <V>',
      'σ_w², variance of a weight times fan-in (default: the initializer’s own)',
    );
  }
  return command.option('--bias-variance <V>', 'σ_b², variance of a bias (default: the initializer’s own)');
}

const optional = (flag: string, text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseNumber(flag, text);

/** Throws UNKNOWN_PLUGIN, INVALID_ARGUMENT. */
export function initializerOptions(session: Session, flags: InitializerFlags): Choice {
  const definition = session.lab.definition('initializer', flags.initializer);
  const set = session.settings.initializer;
  const weight = optional('--weight-variance', flags.weightVariance);
  const bias = optional('--bias-variance', flags.biasVariance);
  const withWeight = withFlag(definition, set, '--weight-variance', 'weightVariance', weight);
  const values = withFlag(definition, withWeight, '--bias-variance', 'biasVariance', bias);
  return { name: flags.initializer, values };
}
