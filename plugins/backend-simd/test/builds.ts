/** Which builds run here. */

import type { BuildName } from '@meanfield/dense-engine';

import simd from '../src/index.js';

const runs = async (build: BuildName): Promise<boolean> =>
  (await simd.create({ build }).availability()).available;

/** The paired build runs in Node 24 and 26, on x64. */
export const BUILDS_HERE: readonly BuildName[] = (await runs('paired'))
  ? ['simd', 'relaxed', 'paired']
  : ['simd', 'relaxed'];
