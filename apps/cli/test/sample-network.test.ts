import {
  definePlugin,
  silent,
  type Availability,
  type NetworkParameters,
  type PluginDefinition,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { readNpz, readSafetensors, type Tensor } from '@meanfield/tensor-files';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { composeLab } from '../src/composition.js';
import { meanfield, meanfieldJson } from './run.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-networks-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const bytesAt = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
const sample = (out: string, ...flags: string[]): Promise<Record<string, unknown>> =>
  meanfieldJson('sample', '--network', '4-6-5-2', '--seed', '5', '-i', 'raai', ...flags, '--out', out);

/** A backend that keeps the parameters it should start from, and goes no further. */
function keepingBackend(kept: NetworkParameters[]): PluginDefinition<'backend'> {
  return definePlugin({
    kind: 'backend',
    name: 'keeping',
    package: 'keeping',
    version: '1.0.0',
    summary: 'keeps initial parameters',
    options: z.strictObject({}),
    optionDocs: {},
    references: [],
    create: () => ({
      name: 'keeping',
      capabilities: {
        activations: 'any',
        losses: ['mse'],
        optimizers: ['sgd'],
        dtype: 'float32',
        threads: 1,
        device: 'none',
        tolerance: 0,
      } as const,
      availability: (): Promise<Availability> => Promise.resolve({ available: true, versions: {} }),
      open({ initial }) {
        kept.push(...initial);
        return Promise.reject(new Error('kept'));
      },
    }),
  });
}

describe('sample --network', () => {
  it('writes the network that train starts from, the same in every format', async () => {
    const kept: NetworkParameters[] = [];
    const task = {
      name: 'teacher-student',
      options: { examples: 2, validationExamples: 1, inputSize: 4, outputSize: 2 },
    };
    const training = composeLab([keepingBackend(kept)]).get('experiment', 'training', {
      ...{ task, backend: 'keeping', initializer: 'raai', hiddenWidths: [6, 5], steps: 1, networks: 1 },
    });
    if (!('run' in training)) throw new Error('a whole experiment expected');
    await expect(training.run({ stream: createStream(5), report: silent })).rejects.toThrow('kept');
    const expected = new Map<string, Tensor>(
      kept[0]!.flatMap(({ fanIn, fanOut, weights, bias }, index): [string, Tensor][] => [
        [`layer/${index + 1}/weights`, { shape: [fanIn, fanOut], data: weights }],
        [`layer/${index + 1}/bias`, { shape: [fanOut], data: bias }],
      ]),
    );

    const npz = join(folder, 'net.npz');
    expect(await sample(npz)).toMatchObject({ sizes: [4, 6, 5, 2], format: 'npz', activation: 'relu' });
    expect(readNpz(bytesAt(npz))).toEqual(expected);

    const safetensors = join(folder, 'net.safetensors');
    await sample(safetensors, '-a', 'leaky-relu');
    const { tensors, metadata } = readSafetensors(bytesAt(safetensors));
    expect(new Map([...tensors].sort())).toEqual(new Map([...expected].sort()));
    expect(metadata).toEqual({
      ...{ initializer: 'raai', seed: '5', stream: 'training/network/0' },
      ...{ sizes: '4-6-5-2', activation: 'leaky-relu', activateOutput: 'false' },
    });

    const model = join(folder, 'model');
    const { bytes } = await sample(`${model}/`);
    expect(readdirSync(model).sort()).toEqual(['model.json', 'weights.bin']);
    const weights = bytesAt(join(model, 'weights.bin'));
    expect(bytes).toBe(weights.length + bytesAt(join(model, 'model.json')).length);
    const values = [...expected.values()].flatMap(({ data }) => [...data]);
    expect([...new Float32Array(weights.buffer)]).toEqual(values);
  });

  it('replaces a model, and touches no folder that has anything else in it', async () => {
    const model = join(folder, 'replaced');
    await sample(model);
    const before = bytesAt(join(model, 'weights.bin'));
    await sample(model, '-i', 'he');
    expect(bytesAt(join(model, 'weights.bin'))).not.toEqual(before);

    const mine = join(folder, 'mine');
    mkdirSync(mine);
    writeFileSync(join(mine, 'thesis.tex'), '');
    const { code, stderr } = await meanfield('sample', '--network', '2-2', '--out', mine);
    expect(code).toBe(2);
    expect(stderr).toMatch(/found it is a folder that has thesis\.tex in it;/);
    expect(readdirSync(mine)).toEqual(['thesis.tex']);
    expect(readdirSync(folder).filter((name) => /partial|probe|replaced-/.test(name))).toEqual([]);
  });

  it.each([
    [['--network', '784'], /2 to 1002 whole numbers above 0/],
    [['--network', '2-x'], /found "2-x"/],
    [['--network', '2-0-1'], /found "2-0-1"/],
    [['--network', '100000-100000'], /at most 134217728 weights and biases/],
    [['--network', '2-2', '--fan-in', '3'], /found --network and --fan-in;/],
    [['--network', '2-2', '--dtype', 'float64'], /found --network and --dtype;/],
    [['--fan-in', '3', '--fan-out', '3', '-a', 'tanh'], /found --activation and --fan-in and --fan-out;/],
    [['--fan-in', '3'], /found --fan-in;/],
    [[], /found neither;/],
    [['--network', '2-2', '--out', 'net.onnx'], /FILE\.safetensors, FILE\.npz or a FOLDER\//],
    [['--network', '2-2', '-a', 'sin', '--out', 'model/'], /found sin, which takes other values/],
  ])('refuses %j in one sentence', async (flags, sentence) => {
    const before = readdirSync('.');
    const { code, stdout, stderr } = await meanfield('sample', ...flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync('.')).toEqual(before);
  });
});
