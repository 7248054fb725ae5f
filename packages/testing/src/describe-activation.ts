/** The contract of an activation plugin, as a test of a few lines. */

import type { PluginDefinition } from '@meanfield/core';
import { expect } from 'vitest';

import { expectationChecks, type GoldenExpectation } from './activation/expectation-checks.js';
import { functionChecks } from './activation/function-checks.js';
import { pairChecks } from './activation/pair-checks.js';
import { registerChecks, type Check } from './check.js';
import { definitionChecks } from './definition-checks.js';

export interface ActivationContract {
  /** `new URL('../package.json', import.meta.url)` */
  readonly packageFile: URL;
  /** Options of the instance under test; the defaults where left out */
  readonly options?: unknown;
  /** Gaussian expectations known from elsewhere, to 1e-12 */
  readonly golden?: readonly GoldenExpectation[];
  /** Seed of the Monte Carlo check; default 1 */
  readonly seed?: number;
}

/** The checks of `describeActivation` as values. */
export function activationChecks(
  definition: PluginDefinition<'activation'>,
  { packageFile, options, golden = [], seed = 1 }: ActivationContract,
): readonly Check[] {
  const activation = definition.create(options);
  return [
    ...definitionChecks(definition, packageFile),
    { name: 'is named as its definition', run: () => expect(activation.name).toBe(definition.name) },
    ...functionChecks(activation),
    ...expectationChecks(activation, { golden, seed }),
    ...pairChecks(activation),
  ];
}

/**
 * Registers the contract tests of an activation plugin with vitest: its definition, φ and its derivatives,
 * kinks, homogeneity, tensor form, its Gaussian expectations against quadrature, Monte Carlo and golden
 * values, and its layers of many pairs against those.
 */
export function describeActivation(
  definition: PluginDefinition<'activation'>,
  contract: ActivationContract,
): void {
  const options = contract.options === undefined ? '' : ` with ${JSON.stringify(contract.options)}`;
  registerChecks(`activation ${definition.name}${options}`, activationChecks(definition, contract));
}
