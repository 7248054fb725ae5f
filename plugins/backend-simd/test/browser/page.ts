/** The program of the page: computes vectors on the engine as it is published, and posts them to where it came from. */

import simd from '@meanfield/backend-simd';

import { vectorsOf, type Vector } from './vectors.js';

export interface PageResult {
  readonly isolated: boolean;
  readonly cores: number;
  /** By build */
  readonly simd: readonly Vector[];
  readonly relaxed: readonly Vector[];
}

async function compute(): Promise<PageResult> {
  const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
  return {
    isolated: crossOriginIsolated === true,
    cores: simd.create().capabilities.threads,
    simd: await vectorsOf(simd.create({ build: 'simd', threads: 2 })),
    relaxed: await vectorsOf(simd.create({ build: 'relaxed', threads: 2 })),
  };
}

const answer = await compute().catch((error: unknown) => ({ failure: String(error) }));
await fetch('/', { method: 'POST', body: JSON.stringify(answer) });
