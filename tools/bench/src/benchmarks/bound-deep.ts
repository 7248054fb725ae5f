/**
 * Composed correlations, Jacobian and bound of a perceptron of 10,000 normalised layers, ReLU and erf in turn as in `shrinkage2021`
 * fig. 4, every layer with variances of its own.
 *
 * Against sums over grids, layer by layer, on 200 of the layers (a fiftieth).
 */

import erf from '@meanfield/activation-erf';
import relu from '@meanfield/activation-relu';
import layerNorm from '@meanfield/analysis-layer-norm';
import type { PerceptronLayer } from '@meanfield/core';

import type { Benchmark } from '../benchmark.js';
import { milliseconds } from '../benchmark.js';
import { composedNaively } from '../naive/composed-layers.js';

const DEPTH = 10_000;
const NAIVE_DEPTH = 200;
/** (σ_b/σ_w)² that makes erf critical */
const CRITICAL_ERF = (2 / Math.PI) * (2 / Math.sqrt(5) - Math.atan(2 / Math.sqrt(5)));

function network(): readonly PerceptronLayer[] {
  const [first, second] = [relu.create(), erf.create()];
  return Array.from({ length: DEPTH }, (_, layer): PerceptronLayer => {
    const weightVariance = 1 + layer / DEPTH;
    return layer % 2 === 0
      ? { activation: first, weightVariance, biasVariance: 0 }
      : { activation: second, weightVariance, biasVariance: CRITICAL_ERF * weightVariance };
  });
}

export const boundDeep: Benchmark = {
  name: 'bound-deep',
  summary: `correlations, Jacobian and bound of ${DEPTH} different normalised layers, ReLU and erf in turn`,
  unit: 'ms',
  better: 'lower',
  runs: 31,
  prepare() {
    const layers = network();
    const few = layers.slice(0, NAIVE_DEPTH);
    const analysis = layerNorm.create();
    return {
      subject: milliseconds(() => analysis.analyse({ kind: 'mlp', layers })),
      baselines: [
        {
          name: `sums over grids, ${NAIVE_DEPTH} layers (a fiftieth of the work)`,
          measure: milliseconds(() => composedNaively(few)),
          runs: 5,
        },
      ],
    };
  },
};
