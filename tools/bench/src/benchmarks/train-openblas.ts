/** Training steps a second with products by the system's OpenBLAS, against the default backend. */

import openBlas from '@meanfield/backend-openblas';
import simd from '@meanfield/backend-simd';

import type { Benchmark } from '../benchmark.js';
import { pythonBaselines } from '../python.js';
import { deepAdam, deepSgd, mnistShape, NETWORKS, rateOf, torch, type Work } from './dense-training.js';

/** Throws BACKEND_UNAVAILABLE where there is no OpenBLAS. */
const benchmarkOf = (name: string, work: Work): Benchmark => ({
  name,
  summary: work.summary,
  unit: 'network-steps/s',
  better: 'higher',
  runs: 9,
  prepare: async () => ({
    subject: await rateOf(openBlas.create(), work, NETWORKS),
    baselines: [
      { name: 'openblas, one thread', measure: await rateOf(openBlas.create({ threads: 1 }), work, 1) },
      { name: 'simd', measure: await rateOf(simd.create(), work, NETWORKS) },
      { name: 'simd, one thread', measure: await rateOf(simd.create({ threads: 1 }), work, 1) },
      ...pythonBaselines([torch(work)]),
    ],
  }),
});

export const trainOpenBlasSgd: Benchmark = benchmarkOf('train-openblas-sgd', deepSgd);
export const trainOpenBlasAdam: Benchmark = benchmarkOf('train-openblas-adam', deepAdam);
export const trainOpenBlasMnistShape: Benchmark = benchmarkOf('train-openblas-mnist-shape', mnistShape);
