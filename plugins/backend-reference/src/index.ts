/**
 * Dense networks in plain float64 TypeScript: slow, obvious, and what the results of other backends are held to.
 *
 * φ and φ' are the activation's own numbers, so every activation works, with a tensor form or without. Gradients agree with
 * extrapolated central differences of the loss to 4e-11 of their norm, for every first-party activation and both losses
 * (test of this package). The computation itself is `ReferenceEnsemble` of @meanfield/networks, which contract
 * tests use too.
 */

import { cite, definePlugin, kingma2015, type Backend, type PluginDefinition } from '@meanfield/core';
import { LOSSES, OPTIMIZERS, ReferenceEnsemble } from '@meanfield/networks';
import { z } from 'zod';

const NAME = 'reference';

const backend: Backend = {
  name: NAME,
  capabilities: {
    activations: 'any',
    losses: LOSSES,
    optimizers: OPTIMIZERS,
    dtype: 'float64',
    threads: 1,
    device: 'cpu, JavaScript',
    // What pre-activations lose when they are handed out as float32; gradients and losses stay float64.
    tolerance: 1e-7,
  },
  availability: () =>
    Promise.resolve({ available: true, versions: { '@meanfield/backend-reference': '0.1.0' } }),
  // Asynchronous, so that what the constructor throws is a rejection.
  open: (spec) => Promise.resolve().then(() => new ReferenceEnsemble(NAME, spec)),
};

const reference: PluginDefinition<'backend', Record<string, never>> = definePlugin({
  kind: 'backend',
  name: NAME,
  package: '@meanfield/backend-reference',
  version: '0.1.0',
  summary: 'dense networks in plain float64 TypeScript: slow, the measure of the others',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(kingma2015, '§2')],
  create: () => backend,
});

export default reference;
