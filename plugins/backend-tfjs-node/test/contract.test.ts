/**
 * The contract of backends, on a real tfjs-node: one that is installed here, or the folder that MEANFIELD_TFJS_NODE names
 * (test/native/build.mjs makes one where npm may not download its library). Skipped, with the reason, where there is none.
 */

import elu from '@meanfield/activation-elu';
import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import hardTanh from '@meanfield/activation-hard-tanh';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import selu from '@meanfield/activation-selu';
import sigmoid from '@meanfield/activation-sigmoid';
import silu from '@meanfield/activation-silu';
import sin from '@meanfield/activation-sin';
import softplus from '@meanfield/activation-softplus';
import tanh from '@meanfield/activation-tanh';
import { describeBackend } from '@meanfield/testing';
import type { TensorFlow } from '@meanfield/tfjs-networks';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

import tfjsNode from '../src/index.js';

const folder = process.env['MEANFIELD_TFJS_NODE'];
const options = folder === undefined ? {} : { module: folder };
const answer = await tfjsNode.create(options).availability();

if (answer.available) {
  const packageFile = new URL('../package.json', import.meta.url);
  const others = [elu, erf, gelu, hardTanh, leakyRelu, linear, selu, sigmoid, silu, sin, softplus];
  const activations = others.map((each) => each.create());
  describeBackend(tfjsNode, {
    packageFile,
    options,
    activations: [relu.create(), tanh.create(), ...activations],
  });

  it('leaves the engine of another user of TensorFlow.js as it was', async () => {
    const tf = createRequire(import.meta.url)(folder ?? '@tensorflow/tfjs-node') as TensorFlow;
    await tf.setBackend('cpu');
    const backend = tfjsNode.create(options);
    await backend.availability();
    const ensemble = await backend.open({
      network: { sizes: [1, 1], activation: relu.create(), activateOutput: false },
      loss: 'mse',
      optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0 },
      initial: [[{ fanIn: 1, fanOut: 1, weights: Float32Array.of(2), bias: Float32Array.of(0) }]],
    });
    expect(await ensemble.forward(0, Float32Array.of(3), 1)).toEqual([Float32Array.of(6)]);
    expect(tf.getBackend()).toBe('cpu');
    await ensemble.close();
  });

  it('has the bits of one process in several', async () => {
    const layer = { fanIn: 1, fanOut: 1, weights: Float32Array.of(2), bias: Float32Array.of(0.5) };
    const examples = {
      count: 2,
      inputs: Float32Array.of(3, -1),
      targets: { kind: 'values', values: Float32Array.of(1, 0) },
    } as const;
    const losses = async (processes: number): Promise<unknown> => {
      const ensemble = await tfjsNode.create({ ...options, processes }).open({
        network: { sizes: [1, 1], activation: tanh.create(), activateOutput: true },
        loss: 'mse',
        optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0 },
        initial: [[layer], [layer], [layer]],
      });
      const found = [await ensemble.step([examples, examples, examples]), await ensemble.evaluate(examples)];
      await ensemble.close();
      return found;
    };
    expect(await losses(2)).toEqual(await losses(1));
  });
} else {
  console.log(`skipped: the contract of backend tfjs-node on its binding. ${answer.reason}`);
  describe.skip('backend tfjs-node', () => {
    it(answer.reason, () => undefined);
  });
}
