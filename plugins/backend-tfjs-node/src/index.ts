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
  type Ensemble,
  type EnsembleSpec,
  type PluginDefinition,
} from '@meanfield/core';
import { checkSpec, LOSSES, OPTIMIZERS, threadsAllowed } from '@meanfield/networks';
import { openParallel, TfjsEnsemble } from '@meanfield/tfjs-networks';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

import { startEngine } from './engine.js';
import { openProcess } from './process-channel.js';

const MOST_PROCESSES = 64;

const options = z.strictObject({
  module: z.string().min(1).default('@tensorflow/tfjs-node'),
  processes: z.number().int().min(1).max(MOST_PROCESSES).default(1),
});

export interface TfjsNodeOptions {
  /** What tfjs-node is loaded as, such as '@tensorflow/tfjs-node-gpu' or the path of its folder */
  readonly module?: string;
  /**
   * Processes of one thread that networks are dealt to; 1 (default): as many as MEANFIELD_THREADS says, or else this one, with a
   * thread a core
   */
  readonly processes?: number;
}

function availability(module: string): Availability {
  try {
    return { available: true, versions: startEngine(module).versions };
  } catch (error) {
    return { available: false, reason: isMeanfieldError(error) ? error.message : String(error) };
  }
}

/**
 * libtensorflow takes a thread a core of whatever process it works in, for good. So where threads are limited it works in
 * processes of one thread, be it a single one.
 */
interface Spread {
  /** Undefined: this one */
  readonly processes: number | undefined;
  readonly limited: boolean;
}

function spreadOf(processes: number): Spread {
  const allowed = threadsAllowed();
  return { processes: processes === 1 ? allowed : processes, limited: allowed !== undefined };
}

async function open(spec: EnsembleSpec, module: string, { processes, limited }: Spread): Promise<Ensemble> {
  checkSpec(spec);
  const here = processes === undefined || (spec.initial.length === 1 && !limited);
  if (here) return new TfjsEnsemble(startEngine(module), spec);
  return openParallel(spec, { open: openProcess, count: processes, engine: module });
}

const tfjsNodeBackend = (module: string, spread: Spread): Backend => ({
  name: 'tfjs-node',
  capabilities: {
    activations: 'any',
    losses: LOSSES,
    optimizers: OPTIMIZERS,
    dtype: 'float32',
    threads: spread.processes ?? availableParallelism(),
    device: 'cpu, libtensorflow',
    tolerance: 1e-5,
  },
  availability: () => Promise.resolve(availability(module)),
  open: (spec) => open(spec, module, spread),
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
    processes:
      'processes of one thread that networks are dealt to, default 1: as MEANFIELD_THREADS says, or this one, with a thread a core',
  },
  references: [cite(smilkov2019), cite(kingma2015, '§2')],
  create: ({ module, processes }) => tfjsNodeBackend(module, spreadOf(processes)),
});

export default tfjsNode;
