import elu from '@meanfield/activation-elu';
import gelu from '@meanfield/activation-gelu';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import selu from '@meanfield/activation-selu';
import sigmoid from '@meanfield/activation-sigmoid';
import silu from '@meanfield/activation-silu';
import softplus from '@meanfield/activation-softplus';
import tanh from '@meanfield/activation-tanh';
import type { Activation } from '@meanfield/core';
import { io, setBackend, tensor2d } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';

import {
  networkTensors,
  readNpz,
  readSafetensors,
  tfjsActivationName,
  writeNetwork,
  writeTfjsModel,
  type DenseNetwork,
} from '../src/index.js';
import { refusalOf } from './files.js';
import { forward, inputsOf, randomNetwork } from './networks.js';

await setBackend('cpu');

/** Loads the files as a browser would, from memory. */
async function loadedByTfjs(network: DenseNetwork): Promise<LayersModel> {
  const files = writeTfjsModel(network);
  const model = JSON.parse(new TextDecoder().decode(files['model.json'])) as {
    modelTopology: object;
    weightsManifest: { weights: io.WeightsManifestEntry[] }[];
  };
  return loadLayersModel(
    io.fromMemory({
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest[0]!.weights,
      weightData: files['weights.bin'].slice().buffer,
    }),
  );
}

async function predictions(model: LayersModel, inputs: number[][]): Promise<number[][]> {
  const found = model.predict(tensor2d(inputs));
  if (Array.isArray(found)) throw new Error('one output expected');
  return (await found.array()) as number[][];
}

const KNOWN: readonly [name: string, activation: Activation][] = [
  ['relu', relu.create()],
  ['relu', leakyRelu.create({ negativeSlope: 0 })],
  ['linear', linear.create()],
  ['tanh', tanh.create()],
  ['sigmoid', sigmoid.create()],
  ['softplus', softplus.create()],
  ['elu', elu.create()],
  ['selu', selu.create()],
  ['swish', silu.create()],
  ['gelu', gelu.create()],
];

describe('a tfjs-layers model', () => {
  it.each(KNOWN)('with %s predicts what the network says', async (name, activation) => {
    expect(tfjsActivationName(activation)).toBe(name);
    const network = randomNetwork([5, 8, 7, 3], activation);
    const inputs = inputsOf(6, 5);
    const found = await predictions(await loadedByTfjs(network), inputs);
    inputs.forEach((input, row) =>
      forward(network, input).forEach((expected, unit) => {
        expect(Math.abs(found[row]![unit]! - expected)).toBeLessThan(1e-6 * (1 + Math.abs(expected)));
      }),
    );
  });

  it('activates its output where that is asked, and rounds float64', async () => {
    const network = { ...randomNetwork([4, 6, 2], tanh.create(), Float64Array), activateOutput: true };
    const [input] = inputsOf(1, 4) as [number[]];
    const [found] = await predictions(await loadedByTfjs(network), [input]);
    forward(network, input).forEach((expected, unit) =>
      expect(Math.abs(found![unit]! - expected)).toBeLessThan(1e-6),
    );
  });

  it('names its layers and says nothing of an optimiser, with the same bytes every time', async () => {
    const network = randomNetwork([4, 6, 2], relu.create());
    expect(writeTfjsModel(network)).toEqual(writeTfjsModel(network));
    const model = await loadedByTfjs(network);
    expect(model.layers.map(({ name }) => name)).toEqual(['layer_1', 'layer_2']);
    expect(model.countParams()).toBe(4 * 6 + 6 + 6 * 2 + 2);
    expect(model.optimizer).toBeUndefined();
  });

  it.each([
    ['leaky-relu', leakyRelu.create()],
    ['elu', elu.create({ alpha: 2 })],
    ['softplus', softplus.create({ beta: 3 })],
    ['gelu', gelu.create({ form: 'tanh' })],
  ])('refuses %s with other values than any function there, and offers safetensors', (name, activation) => {
    const error = refusalOf(() => writeTfjsModel(randomNetwork([2, 2], activation)));
    expect(error.code).toBe('UNSUPPORTED');
    expect(error.message).toMatch(/relu, linear, tanh/);
    expect(error.message).toContain(`found ${name}, which takes other values; `);
    expect(error.message).toMatch(/as safetensors or npz instead\.$/);
  });

  it('refuses numbers beyond float32', () => {
    const network = randomNetwork([2, 2], relu.create(), Float64Array);
    network.parameters[0]!.weights[3] = 1e300;
    expect(refusalOf(() => writeTfjsModel(network)).message).toMatch(
      /layer_1\/kernel that float32 holds, found 1e\+300 at index 3/,
    );
    expect(writeNetwork(network, 'npz').kind).toBe('file');
  });
});

describe('a network in one file', () => {
  const network = randomNetwork([4, 6, 2], tanh.create(), Float64Array);
  const bytesIn = (format: 'safetensors' | 'npz', metadata?: Record<string, string>): Uint8Array => {
    const files = writeNetwork(network, format, metadata);
    if (files.kind !== 'file') throw new Error('a file expected');
    return files.bytes;
  };

  it('is given back by both formats to the same bits', () => {
    const tensors = networkTensors(network);
    expect([...tensors.keys()]).toEqual([
      'layer/1/weights',
      'layer/1/bias',
      'layer/2/weights',
      'layer/2/bias',
    ]);
    expect(tensors.get('layer/1/weights')?.shape).toEqual([4, 6]);
    expect(readNpz(bytesIn('npz'))).toEqual(tensors);
    const { tensors: found, metadata } = readSafetensors(bytesIn('safetensors', { seed: '7', sizes: 'no' }));
    expect(new Map([...found].sort())).toEqual(new Map([...tensors].sort()));
    expect(metadata).toEqual({ seed: '7', sizes: '4-6-2', activation: 'tanh', activateOutput: 'false' });
  });

  const layer = (fanIn: number, fanOut: number, weights = fanIn * fanOut): DenseNetwork['parameters'][0] => ({
    fanIn,
    fanOut,
    weights: new Float32Array(weights),
    bias: new Float32Array(fanOut),
  });
  it.each([
    ['no layers', [], /at least one layer/],
    ['layers that do not fit', [layer(2, 3), layer(4, 1)], /layer 2 to have 3 inputs/],
    ['too few weights', [layer(2, 3, 5)], /layer 1 .* 5 weights/],
    ['NaN', [{ ...layer(1, 1), bias: Float32Array.of(NaN) }], /finite bias in layer 1, found NaN at index 0/],
  ])('refuses %s in every format', (_, parameters, sentence) => {
    for (const format of ['tfjs', 'safetensors', 'npz'] as const) {
      const error = refusalOf(() => writeNetwork({ parameters, activation: relu.create() }, format));
      expect(error.code).toBe('INVALID_ARGUMENT');
      expect(error.message).toMatch(sentence);
    }
  });
});
