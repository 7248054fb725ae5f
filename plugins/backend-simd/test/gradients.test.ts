/** Gradients against float64: every activation, both losses, every build, layers and batches of awkward sizes. */

import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import silu from '@meanfield/activation-silu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, EnsembleSpec, Loss } from '@meanfield/core';
import type { BuildName } from '@meanfield/dense-engine';
import { referenceGradients } from '@meanfield/networks';
import { expect, it } from 'vitest';

import simd from '../src/index.js';
import { BUILDS_HERE } from './builds.js';
import { drawExamples, specOf } from './problem.js';

const ACTIVATIONS: readonly (readonly [string, Activation])[] = [
  ['relu', relu.create()],
  ['linear', linear.create()],
  ['leaky relu', leakyRelu.create()],
  ['leaky relu of slope −0.5', leakyRelu.create({ negativeSlope: -0.5 })],
  ['leaky relu of slope 1.5', leakyRelu.create({ negativeSlope: 1.5 })],
  ['tanh', tanh.create()],
  ['erf', erf.create()],
  ['gelu', gelu.create()],
  ['gelu by tanh', gelu.create({ form: 'tanh' })],
  ['silu', silu.create()],
  ['swish of β = 3', silu.create({ beta: 3 })],
];
const TOLERANCE = 1e-5;

/** Largest ‖found − expected‖/‖expected‖ of any array of the gradient. */
async function deviation(spec: EnsembleSpec, count: number, build: BuildName): Promise<number> {
  const { network, loss, initial } = spec;
  const examples = drawExamples(network.sizes, loss, count);
  const layers = initial[0]!.map(({ fanIn, fanOut, weights, bias }) => ({
    fanIn,
    fanOut,
    weights: Float64Array.from(weights),
    bias: Float64Array.from(bias),
  }));
  const { gradients } = referenceGradients({ ...network, layers }, examples);
  const ensemble = await simd.create({ build, threads: 1 }).open(spec);
  const found = await ensemble.gradients(0, examples);
  await ensemble.close();
  const ratios = gradients.flatMap((expected, layer) =>
    (['weights', 'bias'] as const).map((name) => {
      const difference = expected[name].map((x, index) => x - found[layer]![name][index]!);
      return Math.hypot(...difference) / Math.hypot(...expected[name]);
    }),
  );
  return Math.max(...ratios);
}

for (const build of BUILDS_HERE) {
  for (const loss of ['mse', 'softmax-cross-entropy'] as const satisfies readonly Loss[]) {
    it.each(ACTIVATIONS)(`%s, ${loss}, build ${build}`, async (_, activation) => {
      const spec = specOf([13, 52, 17, 4], activation, loss);
      expect(await deviation(spec, 130, build)).toBeLessThan(TOLERANCE);
      const activated = { ...spec, network: { ...spec.network, activateOutput: true } };
      expect(await deviation(activated, 23, build)).toBeLessThan(TOLERANCE);
    });
  }
}

it.each([1, 2, 3, 4, 5, 8, 9, 12, 13, 16, 17, 20, 24, 25, 28, 128, 129])(
  'layers of %i units',
  async (units) => {
    const spec = specOf([units, units, units], tanh.create(), 'mse');
    for (const build of BUILDS_HERE) {
      for (const count of [1, 2, 3, 4, 5, 120]) {
        expect(await deviation(spec, count, build)).toBeLessThan(TOLERANCE);
      }
    }
  },
);

it('a network that is nearly right keeps the digits of its small gradient', async () => {
  const spec = specOf([13, 100, 4], relu.create(), 'softmax-cross-entropy');
  const sharp = spec.initial[0]!.map((layer, index) =>
    index === 0 ? layer : { ...layer, weights: layer.weights.map((weight) => 30 * weight) },
  );
  expect(await deviation({ ...spec, initial: [sharp] }, 3, 'simd')).toBeLessThan(TOLERANCE);
});
