/**
 * Bounds on normalised networks (`shrinkage2021` thm. 1 and 2) against the Jacobians of six networks of width 1024. The mean of
 * |J v|²/|v|² over directions is below the squared operator norm, and above the bound all the same. It is the growth that theory has
 * for infinite width within four standard errors, of less than a tenth each: 1 % chance of a false alarm in each of three cases,
 * with five degrees of freedom; the seed is the first that was tried.
 */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { DeepArchitecture } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import { createStream } from '@meanfield/numerics';
import { depthAnalysis } from '@meanfield/theory';
import { expect, it } from 'vitest';

import { simulateJacobians, type NetworkLayer } from '../src/index.js';

const SLOW = 120_000;
const norm: NetworkLayer = { layerNorm: {} };
const dense = (weightVariance: number, biasVariance = 0): NetworkLayer => ({
  dense: aci.create({ weightVariance, biasVariance, k: 0 }),
});

/** Behind an embedding, which keeps correlations */
function networkOf(architecture: DeepArchitecture): NetworkLayer[] {
  const layers =
    architecture.kind === 'mlp'
      ? architecture.layers.flatMap(({ activation, weightVariance, biasVariance }): NetworkLayer[] => [
          { activation },
          dense(weightVariance, biasVariance),
          norm,
        ])
      : architecture.blocks.flatMap(({ activation, branchVariance }): NetworkLayer[] => [
          { residual: [dense(1), norm, { activation }, dense(branchVariance)] },
          norm,
        ]);
  return [dense(1), norm, ...layers, { observe: true }];
}

const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const CASES: readonly [string, DeepArchitecture][] = [
  [
    'critical ReLU layers',
    { kind: 'mlp', layers: repeat(4, { activation: relu.create(), weightVariance: 2, biasVariance: 0 }) },
  ],
  [
    'chaotic tanh layers',
    { kind: 'mlp', layers: repeat(5, { activation: tanh.create(), weightVariance: 3, biasVariance: 0.05 }) },
  ],
  [
    'residual blocks of ReLU',
    { kind: 'resnet', blocks: repeat(2, { activation: relu.create(), branchVariance: 0.5 }) },
  ],
];

it.each(CASES)('%s are at least as steep as the bound', { timeout: SLOW }, (_, architecture) => {
  const { squaredJacobian, squaredJacobianLowerBound } = depthAnalysis(architecture);
  const { places } = simulateJacobians({
    network: networkOf(architecture),
    width: 1024,
    inputs: { count: 1, values: Float64Array.from({ length: 1024 }, (_, i) => (i % 2 === 0 ? 1 : -1)) },
    networks: 6,
    stream: createStream(1),
    probes: 4,
  });
  const { meanSquareNorm, meanSquareNormStderr } = places[0]!;
  expect(Math.abs(meanSquareNorm - squaredJacobian) / meanSquareNormStderr!).toBeLessThan(4);
  expect(meanSquareNormStderr! / squaredJacobian).toBeLessThan(0.1);
  expect(meanSquareNorm - 4 * meanSquareNormStderr!).toBeGreaterThan(squaredJacobianLowerBound);
});
