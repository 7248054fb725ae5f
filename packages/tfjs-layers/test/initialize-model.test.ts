import type { Initializer } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import { createStream } from '@meanfield/numerics';
import { memory } from '@tensorflow/tfjs-core';
import { constraints, input, layers, model, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';

import { initializeModel, tfjsInitializers } from '../src/index.js';
import { variablesOf, type DenseArgs } from './models.js';

const code = (code: string): { code: string } => expect.objectContaining({ code }) as { code: string };

/** What the initializer draws for a layer from a stream */
function drawn(initializer: Initializer, fanIn: number, fanOut: number, path: string): number[][] {
  const weights = new Float32Array(fanIn * fanOut);
  const bias = new Float32Array(fanOut);
  initializer.sample({ fanIn, fanOut, weights, bias }, createStream(4, path));
  return [[...weights], [...bias]];
}

/** Convolution, normalisation, a model and a wrapper inside, one dense layer in two places */
function mixed(): LayersModel {
  const shared = layers.dense({ units: 5, name: 'shared' });
  const block = sequential({
    name: 'block',
    layers: [layers.dense({ units: 5, inputShape: [5], name: 'inner' }), layers.batchNormalization({})],
  });
  const image = input({ shape: [6, 6, 2] });
  const steps = layers
    .reshape({ targetShape: [16, 3] })
    .apply(layers.conv2d({ filters: 3, kernelSize: 3, name: 'conv' }).apply(image));
  const read = layers.timeDistributed({ layer: layers.dense({ units: 5, name: 'step' }), name: 'every' });
  const last = layers
    .lstm({ units: 5, name: 'lstm', recurrentInitializer: 'glorotUniform' })
    .apply(read.apply(steps));
  const twice = shared.apply(block.apply(shared.apply(last)));
  return model({ inputs: image, outputs: layers.dense({ units: 1, name: 'out' }).apply(twice) as never });
}

describe('initializeModel', () => {
  it('draws kernel and bias of every dense and convolution layer jointly, and nothing else', () => {
    const network = mixed();
    const lstm = variablesOf(network.getLayer('lstm'));
    const report = initializeModel(network, raai.create(), 4);
    expect(report.initialized).toEqual([
      { layer: 'conv', className: 'Conv2D', stream: 'layer/0', fanIn: 18, fanOut: 3, bias: true },
      { layer: 'every/step', className: 'Dense', stream: 'layer/1', fanIn: 3, fanOut: 5, bias: true },
      { layer: 'shared', className: 'Dense', stream: 'layer/2', fanIn: 5, fanOut: 5, bias: true },
      { layer: 'block/inner', className: 'Dense', stream: 'layer/3', fanIn: 5, fanOut: 5, bias: true },
      { layer: 'out', className: 'Dense', stream: 'layer/4', fanIn: 5, fanOut: 1, bias: true },
    ]);
    expect(report.leftAlone.map(({ layer, reason }) => [layer, reason])).toEqual([
      ['lstm', 'recurrent weights are not those of one dense layer'],
      [expect.stringMatching(/^block\/batch_normalization/), 'normalisation has no random weights'],
    ]);
    expect(variablesOf(network.getLayer('conv'))).toEqual(drawn(raai.create(), 18, 3, 'layer/0'));
    expect(variablesOf(network.getLayer('every'))).toEqual(drawn(raai.create(), 3, 5, 'layer/1'));
    expect(variablesOf(network.getLayer('shared'))).toEqual(drawn(raai.create(), 5, 5, 'layer/2'));
    expect(variablesOf(network.getLayer('lstm'))).toEqual(lstm);
  });

  it('leaves no tensor behind, also where a constraint applies', () => {
    const network = sequential({
      layers: [layers.dense({ units: 4, inputShape: [3], kernelConstraint: constraints.nonNeg() })],
    });
    const before = memory().numTensors;
    initializeModel(network, he.create(), 1);
    expect(memory().numTensors).toBe(before);
    const [weights] = variablesOf(network);
    expect(weights?.every((w) => w >= 0) && weights.some((w) => w > 0)).toBe(true);
  });

  it('gives the numbers of tfjsInitializers in the same order, and takes a stream', () => {
    const build = (initial: () => Partial<DenseArgs>): LayersModel =>
      sequential({
        layers: [
          layers.dense({ units: 4, inputShape: [3], ...initial() }),
          layers.dense({ units: 4, ...initial() }),
        ],
      });
    const initializers = tfjsInitializers(raai, { seed: 4 });
    const made = build(() => initializers.next());
    const overwritten = build(() => ({}));
    initializeModel(overwritten, raai.create(), 4);
    expect(variablesOf(overwritten)).toEqual(variablesOf(made));
    const report = initializeModel(overwritten, raai.create(), createStream(4, 'network/2'));
    expect(report.initialized.map(({ stream }) => stream)).toEqual([
      'network/2/layer/0',
      'network/2/layer/1',
    ]);
    expect(variablesOf(overwritten)[0]).toEqual(drawn(raai.create(), 3, 4, 'network/2/layer/0')[0]);
  });

  it('needs a bias where the law draws one, and changes nothing where it fails', () => {
    const network = sequential({
      layers: [
        layers.dense({ units: 4, inputShape: [3] }),
        layers.dense({ units: 4, useBias: false, name: 'plain' }),
      ],
    });
    const before = variablesOf(network);
    expect(() => initializeModel(network, raai.create(), 1)).toThrow(/a bias in layer plain/);
    expect(() => initializeModel(network, he.create({ biasVariance: 0.1 }), 1)).toThrow(code('UNSUPPORTED'));
    expect(variablesOf(network)).toEqual(before);
    expect(initializeModel(network, he.create(), 1).initialized.map(({ bias }) => bias)).toEqual([
      true,
      false,
    ]);
  });

  it('says that a model is not built', () => {
    expect(() => initializeModel(sequential(), he.create(), 1)).toThrow(code('INVALID_ARGUMENT'));
  });
});
