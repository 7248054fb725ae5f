/** The contract of an initializer plugin, as a test of a few lines. */

import { isMeanfieldError, type PluginDefinition, type WeightStatistics } from '@meanfield/core';
import { expect } from 'vitest';

import { registerChecks, type Check } from './check.js';
import { definitionChecks } from './definition-checks.js';
import { momentChecks } from './initializer/moment-checks.js';
import { preActivationChecks } from './initializer/pre-activation-checks.js';
import { samplingChecks } from './initializer/sampling-checks.js';

export interface InitializerContract {
  /** `new URL('../package.json', import.meta.url)` */
  readonly packageFile: URL;
  /** Options of the instance under test; the defaults where left out */
  readonly options?: unknown;
  /** Set false where weights share the declared Gaussian statistics only as the fan-in grows; default true */
  readonly gaussian?: boolean;
  /** Variance of a weight, where it is not the declared σ_w²/fan-in at every shape */
  readonly weightVariance?: (fanIn: number, fanOut: number) => number;
  /** Set false where weights hold no chance; default true */
  readonly random?: boolean;
  /** Seed of everything drawn; default 1 */
  readonly seed?: number;
}

/** Values that the option of this name must refuse. */
function refusedValues(name: string): readonly unknown[] {
  if (name.endsWith('Variance')) return [NaN, Infinity, -1, '1', null];
  if (name === 'k') return [NaN, Infinity, -1, -2, '1', null];
  if (name === 'a' || name === 'b') return [NaN, Infinity, 0, -1, '1', null];
  return [NaN, Infinity];
}

function optionChecks(definition: PluginDefinition<'initializer'>): readonly Check[] {
  return Object.keys(definition.optionDocs).map((name) => ({
    name: `refuses values out of the range of ${name}`,
    run() {
      for (const value of refusedValues(name)) {
        let refusal: unknown;
        try {
          definition.create({ [name]: value });
        } catch (error) {
          refusal = error;
        }
        const code = isMeanfieldError(refusal) ? refusal.code : refusal;
        expect(code, `${name} = ${String(value)}`).toBe('INVALID_OPTION');
      }
    },
  }));
}

/** Whether the law leaves nothing to chance, as a variance of 0 does. */
const isDegenerate = (statistics: WeightStatistics): boolean =>
  statistics.law === 'gaussian-rows' && statistics.weightVariance === 0;

/** The checks of `describeInitializer` as values. */
export function initializerChecks(
  definition: PluginDefinition<'initializer'>,
  contract: InitializerContract,
): readonly Check[] {
  const { packageFile, options, gaussian = true, random = true, weightVariance, seed = 1 } = contract;
  const initializer = definition.create(options);
  const statistics = initializer.statistics();
  return [
    ...definitionChecks(definition, packageFile),
    ...optionChecks(definition),
    { name: 'is named as its definition', run: () => expect(initializer.name).toBe(definition.name) },
    ...samplingChecks(initializer, { seed, random: random && !isDegenerate(statistics) }),
    ...(statistics.law === 'empirical'
      ? []
      : momentChecks(initializer, statistics, { seed, gaussian, weightVariance })),
    ...preActivationChecks(initializer, { seed, random: random && !isDegenerate(statistics) }),
  ];
}

/**
 * Registers the contract tests of an initializer plugin with vitest: its definition and options; sampling
 * that is finite, fixed by seed and path, different from layer to layer and the same in both precisions;
 * measured moments and correlations within confidence intervals of the declared ones; and of `samplePreActivations`, where
 * the plugin has it, that its law is the one of pre-activations by sampled weights.
 */
export function describeInitializer(
  definition: PluginDefinition<'initializer'>,
  contract: InitializerContract,
): void {
  const options = contract.options === undefined ? '' : ` with ${JSON.stringify(contract.options)}`;
  registerChecks(`initializer ${definition.name}${options}`, initializerChecks(definition, contract));
}
