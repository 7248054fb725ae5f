import { createLab } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import { createStream } from '@meanfield/numerics';
import { io, tensor2d } from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, models, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';

import { registerTfjsInitializers, tfjsInitializers, toTfjsInitializer } from '../src/index.js';
import { saved, variablesOf } from './models.js';

const code = (code: string): { code: string } => expect.objectContaining({ code }) as { code: string };
const FAN_IN = 9;
const UNITS = 12;

/** Two hidden layers of one size, so that nothing but the layer can tell their weights apart */
function perceptron(seed: number): LayersModel {
  const initial = tfjsInitializers(raai, { seed, options: { k: 50 } });
  return sequential({
    layers: [
      layers.dense({ units: FAN_IN, inputShape: [FAN_IN], activation: 'relu', ...initial.next() }),
      layers.dense({ units: FAN_IN, activation: 'relu', ...initial.next() }),
      layers.dense({ units: 1, ...initial.layer('Read_out layer') }),
    ],
  });
}

describe('toTfjsInitializer', () => {
  it('gives the joint draw of weights and biases of the layer', () => {
    const initializer = toTfjsInitializer(raai, { seed: 3, layer: 'a' });
    const layer = layers.dense({
      units: UNITS,
      kernelInitializer: initializer,
      biasInitializer: initializer,
    });
    layer.build([null, FAN_IN]);
    const expected = {
      fanIn: FAN_IN,
      fanOut: UNITS,
      weights: new Float32Array(FAN_IN * UNITS),
      bias: new Float32Array(UNITS),
    };
    raai.create().sample(expected, createStream(3, 'layer/a'));
    expect(variablesOf(layer)).toEqual([[...expected.weights], [...expected.bias]]);
  });

  it('has a fan-in of kh·kw·in in convolutions', () => {
    const initializer = toTfjsInitializer(he.create({ weightVariance: 2 }), { seed: 0, layer: 'a' });
    const values = [...initializer.apply([3, 3, 8, 64]).dataSync()];
    const meanSquare = values.reduce((sum, w) => sum + w * w, 0) / values.length;
    // 4,608 values: a standard error of 2 %
    expect(meanSquare * 72).toBeGreaterThan(1.8);
    expect(meanSquare * 72).toBeLessThan(2.2);
  });

  it('refuses what would go wrong silently', () => {
    const initializer = toTfjsInitializer(raai, { seed: 3, layer: 'a' });
    expect(() => initializer.apply([UNITS])).toThrow(code('INVALID_ARGUMENT'));
    expect(() => initializer.apply([null, UNITS])).toThrow(code('INVALID_ARGUMENT'));
    expect(() => initializer.apply([FAN_IN, UNITS], 'int32')).toThrow(code('UNSUPPORTED'));
    initializer.apply([FAN_IN, UNITS]);
    expect(() => initializer.apply([FAN_IN, UNITS])).toThrow(code('INVALID_ARGUMENT'));
    const initial = tfjsInitializers(raai, { seed: 3 });
    initial.next();
    expect(() => initial.layer('0')).toThrow(code('INVALID_ARGUMENT'));
    expect(() => tfjsInitializers(raai, { seed: -1 })).toThrow(code('INVALID_ARGUMENT'));
    expect(() => toTfjsInitializer(raai, { seed: 1, layer: 'a', options: { k: -1 } })).toThrow(
      code('INVALID_OPTION'),
    );
    expect(() => toTfjsInitializer(raai.create(), { seed: 1, layer: 'a', options: {} })).toThrow(
      code('INVALID_ARGUMENT'),
    );
  });
});

describe('a model of two hidden layers', () => {
  it('has layers that differ, numbers fixed by the seed, 0 included, and finite predictions', () => {
    const [model, again, other] = [perceptron(0), perceptron(0), perceptron(1)];
    const [first, second] = model.layers.map(variablesOf);
    expect(first).not.toEqual(second);
    expect(variablesOf(again)).toEqual(variablesOf(model));
    expect(variablesOf(other)[0]).not.toEqual(variablesOf(model)[0]);
    const prediction = model.predict(tensor2d([Array.from({ length: FAN_IN }, (_, i) => i - 4)]));
    expect([...(prediction as { dataSync(): Float32Array }).dataSync()].every(Number.isFinite)).toBe(true);
  });

  it('has a positive entry of order 1 in one bias of N + 1', () => {
    const units = 4000;
    const initializer = toTfjsInitializer(raai, {
      seed: 5,
      layer: 'wide',
      options: { weightVariance: 1e-6 },
    });
    const layer = layers.dense({ units, kernelInitializer: initializer, biasInitializer: initializer });
    layer.build([null, FAN_IN]);
    const [, bias] = variablesOf(layer);
    const replaced = (bias ?? []).filter((b) => b > 0.02).length;
    const expected = units / (FAN_IN + 1); // 400 ± 19
    expect(Math.abs(replaced - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});

describe('registerTfjsInitializers', () => {
  it('loads a saved model, with weights as they were and initializers that give the same again', async () => {
    registerTfjsInitializers([raai]);
    const model = perceptron(7);
    const artifacts = await saved(model);
    const loaded = await loadLayersModel(io.fromMemory(artifacts));
    expect(variablesOf(loaded)).toEqual(variablesOf(model));
    const anew = await models.modelFromJSON(model.toJSON(null, false) as never);
    expect(variablesOf(anew)).toEqual(variablesOf(model));
    expect(await saved(loaded)).toMatchObject({ modelTopology: artifacts.modelTopology });
  });

  it('says which plugin is missing', async () => {
    registerTfjsInitializers(createLab([he]));
    const json: unknown = perceptron(7).toJSON(null, false);
    await expect(models.modelFromJSON(json as never)).rejects.toThrow(code('UNKNOWN_PLUGIN'));
  });

  it('loads weights of a model made with an instance, which it cannot initialise anew', async () => {
    registerTfjsInitializers([he]);
    const initial = tfjsInitializers(he.create(), { seed: 2 });
    const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3], ...initial.next() })] });
    const loaded = await loadLayersModel(io.fromMemory(await saved(model)));
    expect(variablesOf(loaded)).toEqual(variablesOf(model));
    const json: unknown = model.toJSON(null, false);
    await expect(models.modelFromJSON(json as never)).rejects.toThrow(code('UNSUPPORTED'));
  });

  it('refuses a config that is damaged', async () => {
    registerTfjsInitializers([raai]);
    const json = JSON.stringify(perceptron(7).toJSON(null, false)).replace('"seed":7', '"seed":"x"');
    await expect(models.modelFromJSON(JSON.parse(json) as never)).rejects.toThrow(code('INVALID_FILE'));
  });
});
