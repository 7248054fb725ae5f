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
  type PluginDefinition,
} from '@meanfield/core';
import {
  ACTIVATIONS,
  chooseBuild,
  defaultThreads,
  openEnsemble,
  panels,
  type BuildName,
  type DenseEngine,
} from '@meanfield/dense-engine';
import { LOSSES, OPTIMIZERS } from '@meanfield/networks';
import { z } from 'zod';

const VERSION = '0.1.0';
const MOST_THREADS = 256;

const options = z.strictObject({
  build: z.enum(['auto', 'simd', 'relaxed']).default('auto'),
  threads: z.number().int().min(1).max(MOST_THREADS).optional(),
});

export interface SimdOptions {
  /** 'relaxed': fused products and sums; 'simd': without; 'auto' (default): the first where it runs */
  readonly build?: BuildName | 'auto';
  /** Threads that networks are dealt to; by default one a core, at most MEANFIELD_THREADS */
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

function engine(wanted: BuildName | 'auto'): DenseEngine {
  const build = chooseBuild(wanted);
  return { name: `simd, build ${build}`, build, arithmetic: panels };
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
  open: (spec) => openEnsemble(spec, () => engine(build), threads),
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
    threads: 'threads that networks are dealt to, default one a core, at most MEANFIELD_THREADS',
  },
  references: [cite(kingma2015, '§2')],
  variants: [{ build: 'auto' }, { build: 'simd', threads: 1 }],
  create: ({ build, threads }) => simdBackend(build, threads ?? defaultThreads()),
});

export default simd;
