import relu from '@meanfield/activation-relu';
import { describe, expect, it } from 'vitest';

import { networkTensors, readTfjsModel, writeTfjsModel, type TfjsModel } from '../src/index.js';
import { randomNetwork } from './networks.js';

const code = (code: string): { code: string } => expect.objectContaining({ code }) as { code: string };
const none = (): Uint8Array => {
  throw new Error('no shard expected');
};
const read = (modelTopology: object): TfjsModel =>
  readTfjsModel(JSON.stringify({ modelTopology, weightsManifest: [] }), none);
const dense = (name: string): object => ({ class_name: 'Dense', config: { name } });
const placesOf = ({ layers }: TfjsModel): unknown[] => layers.map(({ name, inputs }) => [name, inputs]);

describe('readTfjsModel', () => {
  it('gives back what was written, from any number of shards', () => {
    const network = randomNetwork([5, 8, 3], relu.create());
    const { 'model.json': json, 'weights.bin': bytes } = writeTfjsModel(network);
    const text = new TextDecoder().decode(json).replace('"weights.bin"', '"a.bin","part/b.bin"');
    const cut = 77;
    const { layers, weights } = readTfjsModel(text, (path) =>
      path === 'a.bin' ? bytes.subarray(0, cut) : bytes.subarray(cut),
    );
    expect(layers.map(({ name, className, inputs }) => [name, className, inputs])).toEqual([
      ['layer_1', 'Dense', []],
      ['layer_2', 'Dense', ['layer_1']],
    ]);
    expect([...weights.values()]).toEqual([...networkTensors(network).values()]);
  });

  it('reads models within models, lists of layers, and what the converter of Keras wraps', () => {
    const inner = { class_name: 'Sequential', config: { name: 'inner', layers: [dense('b'), dense('c')] } };
    const outer = { class_name: 'Sequential', config: [dense('a'), inner, dense('d')] };
    const expected = [
      ['a', []],
      ['b', ['a']],
      ['c', ['b']],
      ['d', ['c']],
    ];
    expect(placesOf(read(outer))).toEqual(expected);
    expect(placesOf(read({ keras_version: '2', model_config: outer }))).toEqual(expected);
  });

  it('takes from functional models who feeds whom, where they say so plainly', () => {
    const node = (name: string, ...inputs: readonly string[]): object => ({
      ...dense(name),
      inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
    });
    const twice = { ...dense('twice'), inbound_nodes: [[['in', 0, 0, {}]], [['a', 0, 0, {}]]] };
    const layers = [
      node('in'),
      node('a', 'in'),
      node('sum', 'a', 'in'),
      twice,
      { ...dense('odd'), inbound_nodes: [{}] },
    ];
    const model = { class_name: 'Functional', config: { name: 'm', layers } };
    expect(placesOf(read(model))).toEqual([
      ['in', []],
      ['a', ['in']],
      ['sum', ['a', 'in']],
      ['twice', null],
      ['odd', null],
    ]);
    const after = { class_name: 'Sequential', config: { layers: [dense('first'), model, dense('last')] } };
    const places = new Map(read(after).layers.map(({ name, inputs }) => [name, inputs]));
    expect(places.get('in')).toEqual(['first']);
    expect(places.get('last')).toBeNull();
  });

  it('refuses other models, too many levels, quantised weights', () => {
    expect(() => read({ class_name: 'RNN', config: {} })).toThrow(code('UNSUPPORTED'));
    let deep: object = { class_name: 'Sequential', config: { layers: [] } };
    for (let level = 0; level < 30; level++) deep = { class_name: 'Sequential', config: { layers: [deep] } };
    expect(() => read(deep)).toThrow(/20 models within each other/);
    const weights = [
      { name: 'w', shape: [1], dtype: 'float32', quantization: { dtype: 'uint8', min: 0, scale: 1 } },
    ];
    const text = JSON.stringify({ modelTopology: null, weightsManifest: [{ paths: [], weights }] });
    expect(() => readTfjsModel(text, none)).toThrow(code('INVALID_FILE'));
    const model = {
      modelTopology: { class_name: 'Sequential', config: [] },
      weightsManifest: [{ paths: [], weights }],
    };
    expect(() => readTfjsModel(JSON.stringify(model), none)).toThrow(code('UNSUPPORTED'));
  });
});
