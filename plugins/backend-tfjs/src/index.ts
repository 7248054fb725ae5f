/**
 * Dense networks on TensorFlow.js, with its wasm engine or its pure JavaScript one. `smilkov2019`.
 *
 * Importing this loads nothing of TensorFlow.js: `availability()` and `open()` do.
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
import { z } from 'zod';

import { startEngine, type EngineName } from './engine.js';
import { threadChannel } from './thread-channel.js';

const MOST_THREADS = 256;

const options = z.strictObject({
  engine: z.enum(['wasm', 'cpu']).default('wasm'),
  threads: z.number().int().min(1).max(MOST_THREADS).default(1),
});

export interface TfjsOptions {
  /** 'wasm' (default): WebAssembly with SIMD; 'cpu': JavaScript, about 20 times slower, starts anywhere */
  readonly engine?: EngineName;
  /** Threads that networks are dealt to, each with an engine of its own; 1 (default): as MEANFIELD_THREADS says, or the calling one */
  readonly threads?: number;
}

async function availability(engine: EngineName): Promise<Availability> {
  try {
    const { versions } = await startEngine(engine);
    return { available: true, versions };
  } catch (error) {
    return { available: false, reason: isMeanfieldError(error) ? error.message : String(error) };
  }
}

async function open(spec: EnsembleSpec, engine: EngineName, threads: number): Promise<Ensemble> {
  checkSpec(spec);
  const channel = threads === 1 || spec.initial.length === 1 ? undefined : threadChannel();
  if (channel === undefined) return new TfjsEnsemble(await startEngine(engine), spec);
  return openParallel(spec, { open: channel, count: threads, engine });
}

const tfjsBackend = (engine: EngineName, threads: number): Backend => ({
  name: 'tfjs',
  capabilities: {
    activations: 'any',
    losses: LOSSES,
    optimizers: OPTIMIZERS,
    dtype: 'float32',
    threads,
    device: engine === 'wasm' ? 'cpu, WebAssembly' : 'cpu, JavaScript',
    tolerance: 1e-5,
  },
  availability: () => availability(engine),
  open: (spec) => open(spec, engine, threads),
});

const tfjs: PluginDefinition<'backend', TfjsOptions> = definePlugin({
  kind: 'backend',
  name: 'tfjs',
  package: '@meanfield/backend-tfjs',
  version: '0.1.0',
  summary: 'dense networks on TensorFlow.js: WebAssembly, or plain JavaScript',
  options,
  optionDocs: {
    engine: '"wasm", or "cpu" (JavaScript, about 20 times slower), default "wasm"',
    threads:
      'threads that networks are dealt to, each with an engine of its own, default 1: as MEANFIELD_THREADS says, or one',
  },
  references: [cite(smilkov2019), cite(kingma2015, '§2')],
  variants: [{ engine: 'wasm' }, { engine: 'cpu' }],
  // Records hold the default as 1, so that it must stay what says nothing.
  create: ({ engine, threads }) => tfjsBackend(engine, threads === 1 ? (threadsAllowed() ?? 1) : threads),
});

export default tfjs;
