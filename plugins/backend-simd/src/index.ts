/**
 * Dense networks on one fused WebAssembly engine of 128-bit SIMD, in the calling thread or in several.
 *
 * Importing this compiles nothing: `availability()` and `open()` do.
 */

import { cite, definePlugin, kingma2015, type Backend, type PluginDefinition } from '@meanfield/core';
import {
  chooseBuild,
  defaultThreads,
  denseBackend,
  panels,
  type BuildName,
  type DenseEngine,
} from '@meanfield/dense-engine';
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

function engine(wanted: BuildName | 'auto'): DenseEngine {
  const build = chooseBuild(wanted);
  return { name: `simd, build ${build}`, build, arithmetic: panels };
}

const simdBackend = (build: BuildName | 'auto', threads: number): Backend =>
  denseBackend({
    name: 'simd',
    device: 'cpu, WebAssembly',
    threads,
    versions: () => ({ '@meanfield/backend-simd': `${VERSION}, build ${chooseBuild(build)}` }),
    engine: () => engine(build),
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
