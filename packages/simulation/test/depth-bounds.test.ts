/**
 * Bounds on normalised networks (`shrinkage2021` thm. 1 and 2) against the Jacobians of six networks of width 1024. The mean of
 * |J v|²/|v|² over directions is below the squared operator norm, and above the bound all the same. It is the growth that theory has
 * for infinite width within four standard errors, of less than a tenth each: 1 % chance of a false alarm in each of three cases,
 * with five degrees of freedom; the seed is the first that was tried.
 *
 * Beside them random architectures, one network each: MEANFIELD_ARCHITECTURES says how many, such as 200, which take a minute.
 */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type {
  Activation,
  DeepArchitecture,
  PerceptronLayer,
  RandomStream,
  ResidualBlock,
} from '@meanfield/core';
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

const WIDTH = 1024;

/** |J v|²/|v|² over four directions, for one input */
const growthOf = (architecture: DeepArchitecture, networks: number, stream: RandomStream): Growth =>
  simulateJacobians({
    network: networkOf(architecture),
    width: WIDTH,
    inputs: { count: 1, values: Float64Array.from({ length: WIDTH }, (_, i) => (i % 2 === 0 ? 1 : -1)) },
    networks,
    stream,
    probes: 4,
  }).places[0]!;
type Growth = ReturnType<typeof simulateJacobians>['places'][number];

it.each(CASES)('%s are at least as steep as the bound', { timeout: SLOW }, (_, architecture) => {
  const { squaredJacobian, squaredJacobianLowerBound } = depthAnalysis(architecture);
  const { meanSquareNorm, meanSquareNormStderr } = growthOf(architecture, 6, createStream(1));
  expect(Math.abs(meanSquareNorm - squaredJacobian) / meanSquareNormStderr!).toBeLessThan(4);
  expect(meanSquareNormStderr! / squaredJacobian).toBeLessThan(0.1);
  expect(meanSquareNorm - 4 * meanSquareNormStderr!).toBeGreaterThan(squaredJacobianLowerBound);
});

const ACTIVATIONS = [relu.create(), tanh.create()];

/** 1 to 12 layers, each with an activation and variances of its own, or 1 to 6 blocks */
function randomArchitecture(stream: RandomStream): DeepArchitecture {
  const upTo = (most: number): number => most * stream.uniform();
  const count = (most: number): number => 1 + Math.floor(upTo(most));
  const activation = (): Activation => ACTIVATIONS[Math.floor(upTo(ACTIVATIONS.length))]!;
  if (stream.uniform() < 0.5) {
    const block = (): ResidualBlock => ({ activation: activation(), branchVariance: 0.01 + upTo(3) });
    return { kind: 'resnet', blocks: Array.from({ length: count(6) }, block) };
  }
  const layer = (): PerceptronLayer => ({
    activation: activation(),
    weightVariance: 0.5 + upTo(4),
    biasVariance: upTo(1),
  });
  return { kind: 'mlp', layers: Array.from({ length: count(12) }, layer) };
}

it('random architectures are at least as steep as their bounds', { timeout: 10 * SLOW }, () => {
  const root = createStream(2);
  const number = Number(process.env['MEANFIELD_ARCHITECTURES'] ?? 4);
  const ratios = Array.from({ length: number }, (_, index) => {
    const stream = root.child(index);
    const architecture = randomArchitecture(stream);
    const { squaredJacobianLowerBound } = depthAnalysis(architecture);
    return growthOf(architecture, 1, stream).meanSquareNorm / squaredJacobianLowerBound;
  });
  expect(ratios.length).toBeGreaterThan(0);
  expect(Math.min(...ratios)).toBeGreaterThan(1);
});
