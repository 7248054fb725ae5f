/** Networks multiplied together, as a native engine does it, on the engine that runs anywhere. */

import tanh from '@meanfield/activation-tanh';
import {
  cite,
  definePlugin,
  smilkov2019,
  type Backend,
  type Examples,
  type PluginDefinition,
} from '@meanfield/core';
import { checkSpec, LOSSES, OPTIMIZERS } from '@meanfield/networks';
import { describeBackend } from '@meanfield/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { runOn, TfjsEnsemble, type Engine } from '../src/index.js';

await tf.setBackend('cpu');
const engineOf = (networksTogether: number, transposesInProducts: boolean): Engine => ({
  name: 'together',
  tf,
  versions: { '@tensorflow/tfjs-core': tf.version_core },
  dialect: {
    networksTogether,
    transposesInProducts,
    replaced: {},
    step: (x) => tf.sign(x),
  },
  run: (work) => runOn(tf, 'cpu', work),
});

const backendOf = (engine: Engine): Backend => ({
  name: 'together',
  capabilities: {
    activations: 'any',
    losses: LOSSES,
    optimizers: OPTIMIZERS,
    dtype: 'float32',
    threads: 1,
    device: 'cpu',
    tolerance: 1e-5,
  },
  availability: async () => ({ available: true, versions: engine.versions }),
  async open(spec) {
    checkSpec(spec);
    return new TfjsEnsemble(engine, spec);
  },
});

const plugin: PluginDefinition<'backend', Record<string, never>> = definePlugin({
  kind: 'backend',
  name: 'together',
  package: '@meanfield/tfjs-networks',
  version: '0.1.0',
  summary: 'two networks a product',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(smilkov2019)],
  create: () => backendOf(engineOf(2, true)),
});
// Three networks: one product for two of them, one for the third.
describeBackend(plugin, {
  packageFile: new URL('../package.json', import.meta.url),
  activations: [tanh.create()],
});

it.each([true, false])(
  'takes batches of different sizes apart (transposes in products: %s)',
  async (inside) => {
    const layer = (weight: number) => ({
      fanIn: 1,
      fanOut: 1,
      weights: Float32Array.of(weight),
      bias: Float32Array.of(0),
    });
    const batch = (...inputs: readonly number[]): Examples => ({
      count: inputs.length,
      inputs: Float32Array.from(inputs),
      targets: { kind: 'values', values: new Float32Array(inputs.length) },
    });
    const ensemble = await backendOf(engineOf(3, inside)).open({
      network: { sizes: [1, 1], activation: tanh.create(), activateOutput: false },
      loss: 'mse',
      optimizer: { name: 'sgd', learningRate: 0.5, momentum: 0 },
      initial: [1, 2, 3, 4, 5].map((weight) => [layer(weight)]),
    });
    const batches = [batch(1), batch(1), batch(1, 2), batch(1, 3), batch(2)];
    // Mean of (w x)²; its slope by w is twice the mean of w x².
    expect([...(await ensemble.step(batches))]).toEqual([1, 4, 22.5, 80, 100]);
    const weights: number[] = [];
    for (let network = 0; network < 5; network++) {
      weights.push((await ensemble.parameters(network))[0]!.weights[0]!);
    }
    expect(weights).toEqual([0, 0, 3 - 7.5, 4 - 20, 5 - 20]);
    await ensemble.close();
  },
);
