/** The contract of a backend plugin, as a test of a few lines. */

import type { Activation, PluginDefinition } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { expect } from 'vitest';

import { agreementChecks } from './backend/agreement-checks.js';
import { continuationChecks } from './backend/continuation-checks.js';
import { ensembleChecks } from './backend/ensemble-checks.js';
import { registerChecks, type Check } from './check.js';
import { definitionChecks } from './definition-checks.js';

export interface BackendContract {
  /** `new URL('../package.json', import.meta.url)` */
  readonly packageFile: URL;
  /** Activations to run networks with: all that it has kernels for, or all there are. Optimisers are followed with the first. */
  readonly activations: readonly [Activation, ...Activation[]];
  /** Options of the instance under test; the defaults where left out */
  readonly options?: unknown;
  /** Seed of the networks and examples; default 1 */
  readonly seed?: number;
}

/** The checks of `describeBackend` as values. */
export function backendChecks(
  definition: PluginDefinition<'backend', never>,
  { packageFile, activations, options, seed = 1 }: BackendContract,
): readonly Check[] {
  const general: PluginDefinition<'backend'> = definition;
  const backend = general.create(options);
  const stream = createStream(seed);
  return [
    ...definitionChecks(general, packageFile),
    { name: 'is named as its definition', run: () => expect(backend.name).toBe(definition.name) },
    {
      name: 'says that it starts here, and with which versions',
      async run() {
        const answer = await backend.availability();
        expect(answer.available, answer.available ? '' : answer.reason).toBe(true);
        if (answer.available) expect(Object.keys(answer.versions).length).toBeGreaterThan(0);
      },
    },
    ...agreementChecks(backend, activations, stream),
    ...ensembleChecks(backend, activations[0], stream.child('ensemble')),
    ...continuationChecks(backend, activations[0], stream.child('continuation')),
  ];
}

/**
 * Registers the contract tests of a backend with vitest, on a machine where it starts: its definition, its
 * forward pass, losses and gradients within its stated tolerance of a float64 reference, its optimisers over
 * 20 steps, networks independent of each other, training that goes on from snapshots to the same bits, a flat number of
 * buffers, and its refusals.
 */
export function describeBackend(
  definition: PluginDefinition<'backend', never>,
  contract: BackendContract,
): void {
  const options = contract.options === undefined ? '' : ` with ${JSON.stringify(contract.options)}`;
  registerChecks(`backend ${definition.name}${options}`, backendChecks(definition, contract));
}
