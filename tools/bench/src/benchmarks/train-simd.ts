/** Training steps a second of the default backend on all cores, against the backend on TensorFlow.js. */

import simd from '@meanfield/backend-simd';
import tfjs from '@meanfield/backend-tfjs';

import type { Benchmark } from '../benchmark.js';
import { pythonBaselines } from '../python.js';
import {
  deepAdam,
  deepSgd,
  digits,
  mnistShape,
  NETWORKS,
  rateOf,
  torch,
  type Work,
} from './dense-training.js';

const benchmarkOf = (name: string, work: Work): Benchmark => ({
  name,
  summary: work.summary,
  unit: 'network-steps/s',
  better: 'higher',
  runs: 9,
  prepare: async () => ({
    subject: await rateOf(simd.create(), work, NETWORKS),
    baselines: [
      { name: 'simd, one thread', measure: await rateOf(simd.create({ threads: 1 }), work, 1) },
      {
        name: 'simd, build relaxed',
        measure: await rateOf(simd.create({ build: 'relaxed' }), work, NETWORKS),
      },
      {
        name: 'simd without relaxed SIMD',
        measure: await rateOf(simd.create({ build: 'simd' }), work, NETWORKS),
      },
      { name: 'tfjs, wasm engine', measure: await rateOf(tfjs.create(), work, 1), runs: 3 },
      ...pythonBaselines([torch(work)]),
    ],
  }),
});

export const trainSimdSgd: Benchmark = benchmarkOf('train-simd-sgd', deepSgd);
export const trainSimdAdam: Benchmark = benchmarkOf('train-simd-adam', deepAdam);
export const trainSimdMnistShape: Benchmark = benchmarkOf('train-simd-mnist-shape', mnistShape);
export const trainSimdDigits: Benchmark = benchmarkOf('train-simd-digits', digits);
