/**
 * Dense networks on TensorFlow.js with its native binding (libtensorflow), networks side by side as batched products.
 * `smilkov2019`.
 *
 * tfjs-node is an optional peer: importing this loads nothing of it, `availability()` and `open()` do, and where it or its
 * binding is missing they say so.
 */

import {
  cite,
  definePlugin,
  isMeanfieldError,
  kingma2015,
  smilkov2019,
  type Availability,
  type Backend,
  type PluginDefinition,
} from '@meanfield/core';
import { checkSpec, LOSSES, OPTIMIZERS } from '@meanfield/networks';
import { TfjsEnsemble } from '@meanfield/tfjs-networks';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

import { startEngine } from './engine.js';

const options = z.strictObject({ module: z.string().min(1).default('@tensorflow/tfjs-node') });

export interface TfjsNodeOptions {
  /** What tfjs-node is loaded as, such as '@tensorflow/tfjs-node-gpu' or the path of its folder */
  readonly module?: string;
}

function availability(module: string): Availability {
  try {
    return { available: true, versions: startEngine(module).versions };
  } catch (error) {
    return { available: false, reason: isMeanfieldError(error) ? error.message : String(error) };
  }
}

const tfjsNodeBackend = (module: string): Backend => ({
  name: 'tfjs-node',
  capabilities: {
    activations: 'any',
    losses: LOSSES,
    optimizers: OPTIMIZERS,
    dtype: 'float32',
    threads: availableParallelism(),
    device: 'cpu, libtensorflow',
    tolerance: 1e-5,
  },
  availability: () => Promise.resolve(availability(module)),
  // Asynchronous, so that what is thrown is a rejection.
  open: (spec) =>
    Promise.resolve().then(() => {
      checkSpec(spec);
      return new TfjsEnsemble(startEngine(module), spec);
    }),
});

const tfjsNode: PluginDefinition<'backend', TfjsNodeOptions> = definePlugin({
  kind: 'backend',
  name: 'tfjs-node',
  package: '@meanfield/backend-tfjs-node',
  version: '0.1.0',
  summary: 'dense networks on TensorFlow.js with its native binding, networks batched',
  options,
  optionDocs: {
    module:
      'what tfjs-node is loaded as: a package, or the path of its folder, default "@tensorflow/tfjs-node"',
  },
  references: [cite(smilkov2019), cite(kingma2015, '§2')],
  create: ({ module }) => tfjsNodeBackend(module),
});

export default tfjsNode;
