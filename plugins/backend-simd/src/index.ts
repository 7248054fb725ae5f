/**
 * Dense networks on one fused WebAssembly engine of 128-bit SIMD, in the calling thread or in several.
 *
 * Importing this compiles nothing: `availability()` and `open()` do.
 */

import {
  cite,
  definePlugin,
  isMeanfieldError,
  kingma2015,
  type Availability,
  type Backend,
  type EnsembleSpec,
  type PluginDefinition,
} from '@meanfield/core';
import { checkSpec, LOSSES, OPTIMIZERS } from '@meanfield/networks';
import { z } from 'zod';

import { activationKernel, ACTIVATIONS } from './activation-kernel.js';
import { chooseBuild, type BuildName } from './build.js';
import { initialStates, SimdEnsemble } from './ensemble.js';
import type { Model } from './thread/model.js';
import { openHere } from './thread/port.js';
import { coreCount, threadsHere } from './thread/thread.js';
import { openThread } from './thread/worker-port.js';

const VERSION = '0.1.0';
const MOST_THREADS = 256;

const options = z.strictObject({
  build: z.enum(['auto', 'simd', 'relaxed']).default('auto'),
  threads: z.number().int().min(1).max(MOST_THREADS).optional(),
});

export interface SimdOptions {
  /** 'relaxed': fused products and sums; 'simd': without; 'auto' (default): the first where it runs */
  readonly build?: BuildName | 'auto';
  /** Threads that networks are dealt to; by default as many as the machine has cores */
  readonly threads?: number;
}

function availability(wanted: BuildName | 'auto'): Availability {
  try {
    return {
      available: true,
      versions: { '@meanfield/backend-simd': `${VERSION}, build ${chooseBuild(wanted)}` },
    };
  } catch (error) {
    return { available: false, reason: isMeanfieldError(error) ? error.message : String(error) };
  }
}

async function open(spec: EnsembleSpec, wanted: BuildName | 'auto', threads: number): Promise<SimdEnsemble> {
  checkSpec(spec);
  const { network, loss, optimizer } = spec;
  const model: Model = {
    sizes: network.sizes,
    activation: activationKernel(network.activation),
    activateOutput: network.activateOutput,
    loss,
    optimizer,
    build: chooseBuild(wanted),
  };
  const states = initialStates(spec, model);
  const used = threadsHere() !== undefined ? Math.min(threads, states.length) : 1;
  const openPort = used === 1 ? openHere : openThread;
  return new SimdEnsemble(spec, model, states, used, openPort).started();
}

const simdBackend = (build: BuildName | 'auto', threads: number): Backend => ({
  name: 'simd',
  capabilities: {
    activations: ACTIVATIONS,
    losses: LOSSES,
    optimizers: OPTIMIZERS,
    dtype: 'float32',
    threads,
    device: 'cpu, WebAssembly',
    tolerance: 1e-5,
  },
  availability: () => Promise.resolve(availability(build)),
  open: (spec) => open(spec, build, threads),
});

const simd: PluginDefinition<'backend', SimdOptions> = definePlugin({
  kind: 'backend',
  name: 'simd',
  package: '@meanfield/backend-simd',
  version: VERSION,
  summary: 'dense networks on a fused WebAssembly SIMD engine, in worker threads',
  options,
  optionDocs: {
    build: '"relaxed" (fused products and sums), "simd", or "auto" (relaxed where it runs), default "auto"',
    threads: 'threads that networks are dealt to, default the number of cores',
  },
  references: [cite(kingma2015, '§2')],
  variants: [{ build: 'auto' }, { build: 'simd', threads: 1 }],
  create: ({ build, threads }) => simdBackend(build, threads ?? coreCount()),
});

export default simd;
