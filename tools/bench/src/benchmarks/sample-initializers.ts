/**
 * Sampling one 2048 × 2048 layer from ACI, RAI and RAAI.
 *
 * Against drawing its normals alone, the least that any sampler of these laws can do; against the way of
 * `singh2021` appendix D, a general multivariate normal sampler on the covariance of a row (numpy's, where
 * installed); and against that way in plain TypeScript at a size that it finishes at.
 */

import aci from '@meanfield/initializer-aci';
import raai from '@meanfield/initializer-raai';
import rai from '@meanfield/initializer-rai';
import type { DenseLayer, Initializer } from '@meanfield/core';
import { createStream, kappaOf } from '@meanfield/numerics';

import { milliseconds, type Baseline, type Benchmark } from '../benchmark.js';
import { sampleByCholesky } from '../naive/cholesky-sampler.js';
import { pythonBaselines } from '../python.js';

const SIZE = 2048;
/** One sixteenth of the entries, one 64th of the work. */
const NAIVE_SIZE = 512;
const STRENGTH = 100;

const layerOf = (size: number): DenseLayer => ({
  fanIn: size,
  fanOut: size,
  weights: new Float32Array(size * size),
  bias: new Float32Array(size),
});

/** The thesis' way, for rows that are correlated. */
function byCovariance(weightVariance: number): readonly Baseline[] {
  const small = layerOf(NAIVE_SIZE);
  const setup = (method: string): string =>
    [
      `n = ${SIZE}`,
      'rng = numpy.random.default_rng(1)',
      `covariance = ${weightVariance} / n * (numpy.eye(n) - ${kappaOf(STRENGTH)} / n)`,
      `sample = lambda: rng.multivariate_normal(numpy.zeros(n), covariance, size=n, method="${method}")`,
    ].join('\n');
  const numpy = (method: string) => ({
    name: `numpy multivariate_normal, ${method}`,
    module: 'numpy',
    setup: setup(method),
    statement: 'sample()',
    value: '1e3 * seconds',
    runs: 1,
  });
  return [
    {
      name: `Cholesky of the covariance in TypeScript at ${NAIVE_SIZE} × ${NAIVE_SIZE}`,
      runs: 3,
      measure: milliseconds(() =>
        sampleByCholesky(small, { weightVariance, kappa: kappaOf(STRENGTH) }, createStream(1, 'bench/naive')),
      ),
    },
    // The default of numpy, and its quickest.
    ...pythonBaselines([numpy('svd'), numpy('cholesky')]),
  ];
}

function samplingBenchmark(initializer: Initializer, correlated: boolean): Benchmark {
  return {
    name: `sample-${initializer.name}`,
    summary: `one ${SIZE} × ${SIZE} layer of ${initializer.name} in float32`,
    unit: 'ms',
    better: 'lower',
    runs: 11,
    prepare() {
      const layer = layerOf(SIZE);
      const statistics = initializer.statistics();
      const weightVariance = statistics.law === 'empirical' ? 1 : statistics.weightVariance;
      let drawn = 0;
      const stream = () => createStream(1, `bench/${drawn++}`);
      const draw = milliseconds(() => stream().fillNormal(layer.weights, 1));
      return {
        subject: milliseconds(() => initializer.sample(layer, stream())),
        baselines: [
          { name: 'its normals alone', measure: draw },
          ...(correlated ? byCovariance(weightVariance) : []),
        ],
      };
    },
  };
}

export const sampleAci: Benchmark = samplingBenchmark(aci.create({ k: STRENGTH }), true);
export const sampleRai: Benchmark = samplingBenchmark(rai.create(), false);
export const sampleRaai: Benchmark = samplingBenchmark(raai.create({ k: STRENGTH }), true);
