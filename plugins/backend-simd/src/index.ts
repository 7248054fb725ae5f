/**
 * Dense networks on one fused WebAssembly engine of 128-bit SIMD, in the calling thread or in several.
 *
 * Importing this compiles nothing: `availability()` and `open()` do.
 */

import { cite, definePlugin, kingma2015, type Backend, type PluginDefinition } from '@meanfield/core';
import {
  BUILDS,
  chooseBuild,
  defaultThreads,
  denseBackend,
  ownArithmetic,
  roundingOf,
  type BuildName,
  type DenseEngine,
} from '@meanfield/dense-engine';
import { z } from 'zod';

const VERSION = '0.1.0';
const MOST_THREADS = 256;

const options = z.strictObject({
  build: z.enum(['auto', 'simd', 'relaxed', 'paired']).default('auto'),
  threads: z.number().int().min(1).max(MOST_THREADS).optional(),
});

export interface SimdOptions {
  /**
   * 'relaxed': fused products and sums; 'paired': the same bits, two operations joined to one; 'simd': neither; 'auto' (default):
   * the fastest that runs
   */
  readonly build?: BuildName | 'auto';
  /** Threads that networks are dealt to; by default one a core, at most MEANFIELD_THREADS */
  readonly threads?: number;
}

function engine(wanted: BuildName | 'auto'): DenseEngine {
  const build = chooseBuild(wanted, BUILDS);
  return { name: `simd, build ${roundingOf(build)}`, build, arithmetic: ownArithmetic(build) };
}

const simdBackend = (build: BuildName | 'auto', threads: number): Backend =>
  denseBackend({
    name: 'simd',
    device: 'cpu, WebAssembly',
    threads,
    versions() {
      const rounding = roundingOf(chooseBuild(build, BUILDS));
      return { '@meanfield/backend-simd': `${VERSION}, build ${rounding}` };
    },
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
    build:
      '"relaxed" (fused products and sums), "paired" (the same bits, faster, in Node 24 and 26), "simd" (neither), or "auto" (the fastest that runs), default "auto"',
    threads: 'threads that networks are dealt to, default one a core, at most MEANFIELD_THREADS',
  },
  references: [cite(kingma2015, '§2')],
  variants: [{ build: 'auto' }, { build: 'simd', threads: 1 }],
  create: ({ build, threads }) => simdBackend(build, threads ?? defaultThreads()),
});

export default simd;
