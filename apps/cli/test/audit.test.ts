import { initializers } from '@tensorflow/tfjs-layers';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { meanfield, meanfieldJson } from './run.js';
import { mixed, perceptron, saveTo } from './tfjs-models.js';

let folder = '';
const at = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-audit-'));
  await saveTo(at('he-normal'), perceptron(initializers.heNormal({ seed: 3 })));
  await saveTo(at('mixed'), mixed());
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Estimate {
  readonly value: number;
  readonly stderr: number;
}
interface Layer {
  readonly name: string;
  readonly activation: string | null;
  readonly activationUnknown?: string;
  readonly weightVariance: Estimate;
  readonly correlationStrength: Estimate;
  readonly asymmetry: Estimate & { readonly significant: boolean; readonly entriesThatStandOut: number };
  readonly law: string | null;
  readonly describes: string;
  readonly phase: string | null;
  readonly withinError?: boolean;
  readonly predicted: {
    readonly deadFraction: number | null;
    readonly gradientOfPreActivations: number;
  } | null;
}
interface Found {
  readonly layers: readonly Layer[];
  readonly network: Record<string, unknown> & {
    readonly weightVariance: Estimate;
    readonly chi1: { readonly value: number; readonly low: number; readonly high: number };
    readonly gradientRange: { readonly preActivations: { value: number; low: number; high: number } };
  };
  readonly notRead: readonly { readonly name: string }[];
  readonly advice: readonly string[];
}
const audit = async (...args: readonly string[]): Promise<Found> =>
  (await meanfieldJson('audit', ...args)) as unknown as Found;

async function sampled(initializer: string, sizes: string, ...args: readonly string[]): Promise<Found> {
  const path = at(`${initializer}-${sizes}`);
  const { code, stderr } = await meanfield(
    ...['sample', '--network', sizes, '-i', initializer],
    '--out',
    `${path}/`,
    ...args,
  );
  expect(code, stderr).toBe(0);
  return audit(path);
}

const SIZES = '80-160-160-160-160-10';

describe('audit', () => {
  it('finds He critical for relu within its error, every gradient alike', async () => {
    const { layers, network, advice } = await sampled('he', SIZES);
    for (const { weightVariance, law, phase } of layers.slice(0, -1)) {
      expect(Math.abs(weightVariance.value - 2)).toBeLessThan(4 * weightVariance.stderr);
      expect([law, phase]).toEqual(['gaussian-rows', 'critical']);
    }
    expect(network).toMatchObject({
      phase: 'critical',
      withinError: true,
      alike: true,
      criticalWeightVariance: 2,
    });
    const { value, low, high } = network.gradientRange.preActivations;
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
    // χ₁ of each step is half of σ_w² of the layer that follows, for relu.
    const product = layers
      .slice(1)
      .reduce((norm, layer) => norm * Math.sqrt(layer.weightVariance.value / 2), 1);
    expect(value).toBeCloseTo(product, 10);
    expect(layers[0]!.predicted!.deadFraction).toBe(0.5);
    expect(advice).toEqual([expect.stringMatching(/^Nothing need be changed/)]);
  });

  it('measures what heNormal of tfjs-layers really draws, in a model that it saved', async () => {
    const { layers, network } = await audit(at('he-normal', 'model.json'));
    expect(layers.map(({ activation }) => activation)).toEqual(['relu', 'relu', 'relu', null]);
    const { value, stderr } = network.weightVariance;
    // A normal cut at two deviations and not rescaled
    expect(Math.abs(value - 2 * 0.7737413)).toBeLessThan(4 * stderr);
    expect(network).toMatchObject({ phase: 'ordered', withinError: false });
    expect(layers.at(-1)!.activationUnknown).toContain('softmax');
  });

  it('says by what to multiply the kernels of a deep network that is ordered', async () => {
    const sizes = ['60', ...Array.from({ length: 24 }, () => '60')].join('-');
    const { network, advice } = await sampled('he', sizes, '--weight-variance', '1.55');
    expect(network.gradientRange.preActivations.high).toBeLessThan(0.1);
    const factor = Math.sqrt(2 / network.weightVariance.value);
    expect(advice[0]).toContain(`Multiply the hidden kernels by ${Number(factor.toPrecision(3))}`);
  });

  it('tells lengths and gradients that grow from those that vanish, where relu is ordered in either', async () => {
    const { network, advice } = await sampled(
      'he',
      '70-70-70-70-70-70-70-70-70-70-70-70-70-70-70',
      '--weight-variance',
      '3',
    );
    expect(network).toMatchObject({ phase: 'ordered' });
    expect(network.gradientRange.preActivations.low).toBeGreaterThan(10);
    expect(advice[0]).toMatch(/^Multiply the hidden kernels by 0\.8.*gradients explode/);
  });

  it('detects the asymmetry of RAAI, and its law beside the entries that are replaced', async () => {
    const { layers, network } = await sampled('raai', '160-160-160-10');
    for (const { asymmetry, law, describes, weightVariance } of layers.slice(0, -1)) {
      expect(asymmetry.significant).toBe(true);
      expect(Math.abs(asymmetry.value - 0.4)).toBeLessThan(4 * asymmetry.stderr);
      expect([law, describes]).toEqual(['replaced-entry-rows', 'law']);
      expect(Math.abs(weightVariance.value - 0.9)).toBeLessThan(4 * weightVariance.stderr);
    }
    expect(network['correlationStrength']).toBeGreaterThan(30);
    expect(network).toMatchObject({ law: 'replaced-entry-rows', activation: 'relu', xiC: null });
    expect(network['xiCReason']).toContain('ask meanfield theory -i raai');
    // μ at σ_w² = 0.9 is 1.009588, at the critical one 1.
    expect(network.chi1.low).toBeLessThan(1.0096);
    expect(network.chi1.high).toBeGreaterThan(1.0096);
    // P(h ≤ 0) of the second layer's law at exactly 0.9, k = 100
    expect(layers[1]!.predicted!.deadFraction).toBeCloseTo(0.3668, 2);
  });

  it('measures k of ACI', async () => {
    const { layers, network } = await sampled('aci', SIZES, '--set', 'initializer.k=3');
    for (const { correlationStrength: k, asymmetry } of layers.slice(0, -1)) {
      expect(Math.abs(k.value - 3)).toBeLessThan(4 * k.stderr);
      expect(asymmetry.significant).toBe(false);
    }
    expect(network).toMatchObject({ law: 'gaussian-rows', phase: 'critical' });
  });

  it('reads what train saves', async () => {
    const task = [
      '--set',
      'task.examples=60',
      '--set',
      'task.validationExamples=20',
      '--set',
      'task.inputSize=20',
    ];
    const options = [...task, '--batch-size', '20', '--networks', '1', '--hidden', '30x3', '--steps', '3'];
    const saved = await meanfield(
      'train',
      '--backend',
      'reference',
      ...options,
      '--save',
      `${at('trained')}/`,
    );
    expect(saved.code, saved.stderr).toBe(0);
    const { layers } = await audit(at('trained'));
    expect(layers.map(({ activation }) => activation)).toEqual(['relu', 'relu', 'relu', 'linear']);
    expect(layers[1]!.weightVariance.value).toBeGreaterThan(1.5);
  });

  it('says what it does not know: activations, layers between, layers of other kinds', async () => {
    const found = await audit(at('mixed'));
    expect(found.layers.map(({ name, activation, phase }) => [name, activation, phase !== null])).toEqual([
      ['first', null, false],
      ['second', 'tanh', true],
      ['third', 'linear', false],
    ]);
    expect(found.layers[0]!.activationUnknown).toContain('"softsign" is unknown here');
    expect(found.network).toMatchObject({ phase: null, gradientRange: null });
    expect(found.network['predictionReason']).toContain('first takes what "convolved" of class Conv2D makes');
    expect(found.notRead.map(({ name }) => name)).toEqual(['convolved', 'normal']);
    const { stdout } = await meanfield('audit', at('mixed'));
    expect(stdout).toMatch(/^normal: not audited, of class BatchNormalization$/m);
    expect(stdout).toMatch(/^signals and gradients +not predicted: /m);
  });
});

/** A copy of the tfjs model with something wrong. */
function broken(name: string, change: (json: never, folder: string) => unknown): string {
  const copy = at(name);
  mkdirSync(copy);
  const json = JSON.parse(readFileSync(at('he-normal', 'model.json'), 'utf8')) as {
    readonly weightsManifest: readonly { readonly paths: readonly string[] }[];
  };
  for (const path of json.weightsManifest[0]!.paths) {
    writeFileSync(join(copy, path), readFileSync(at('he-normal', path)));
  }
  const changed = change(json as never, copy) ?? json;
  writeFileSync(join(copy, 'model.json'), typeof changed === 'string' ? changed : JSON.stringify(changed));
  return copy;
}

interface Manifest {
  readonly weightsManifest: {
    paths: string[];
    weights: { name: string; shape: unknown[]; dtype: string }[];
  }[];
  modelTopology: { config: { layers: { config: { units: number } }[] } };
  format: string;
}
const manifest = (json: never): Manifest['weightsManifest'][0] => (json as Manifest).weightsManifest[0]!;

describe('a damaged model', () => {
  it.each<[string, (json: never, folder: string) => unknown, string]>([
    ['no-json', () => '{"modelTopology": ', 'JSON'],
    ['other-json', () => '[1, 2]', 'modelTopology'],
    ['no-topology', () => ({ weightsManifest: [] }), 'modelTopology'],
    ['graph', (json) => ({ ...(json as object), format: 'graph-model' }), 'graph model'],
    [
      'deep',
      () => `{"weightsManifest": [], "modelTopology": ${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
      'topology',
    ],
    ['missing', (json) => void (manifest(json).paths[0] = 'elsewhere.bin'), 'elsewhere.bin'],
    ['parent', (json) => void (manifest(json).paths[0] = '../he-normal/group1-shard1.bin'), '"../he-normal'],
    ['absolute', (json) => void (manifest(json).paths[0] = '/etc/passwd'), '/etc/passwd'],
    ['drive', (json) => void (manifest(json).paths[0] = 'C:weights.bin'), 'C:weights.bin'],
    ['url', (json) => void (manifest(json).paths[0] = 'https://example.org/w.bin'), 'https://example.org'],
    ['backslash', (json) => void (manifest(json).paths[0] = '..\\w.bin'), 'inside the folder'],
    [
      'link',
      (json, copy) => {
        symlinkSync('/etc/passwd', join(copy, 'link.bin'));
        manifest(json).paths[0] = 'link.bin';
      },
      'outside the folder',
    ],
    [
      'truncated',
      (_, copy) => {
        truncateSync(join(copy, 'group1-shard2.bin'), 100);
      },
      'bytes of weights',
    ],
    ['too-many', (json) => void manifest(json).weights.pop(), 'bytes of weights'],
    ['dtype', (json) => void (manifest(json).weights[0]!.dtype = 'float16'), 'float16'],
    ['text', (json) => void (manifest(json).weights[0]!.dtype = 'string'), '"string"'],
    ['huge', (json) => void (manifest(json).weights[0]!.shape = [2 ** 40, 2 ** 40]), 'shape'],
    ['large', (json) => void (manifest(json).weights[0]!.shape = [2 ** 30, 2]), 'bytes of weights'],
    ['negative', (json) => void (manifest(json).weights[0]!.shape = [-80, -160]), 'shape'],
    ['other-name', (json) => void (manifest(json).weights[0]!.name = 'x/kernel'), 'kernel of layer'],
    [
      'twice',
      (json) => void (manifest(json).weights[1]!.name = manifest(json).weights[0]!.name),
      'different names',
    ],
    ['integers', (json) => void (manifest(json).weights[0]!.dtype = 'int32'), 'float32'],
    ['flat', (json) => void (manifest(json).weights[0]!.shape = [12800]), 'shape [12800]'],
    ['units', (json) => void ((json as Manifest).modelTopology.config.layers[0]!.config.units = 7), '7'],
    [
      'not-finite',
      (_, copy) => writeFileSync(join(copy, 'group1-shard1.bin'), new Float32Array(10_000).fill(NaN)),
      'finite weights',
    ],
    ['no-dense', (json) => void ((json as Manifest).modelTopology.config.layers = []), 'dense layers'],
  ])('(%s) is refused in one sentence', async (name, change, words) => {
    const { code, stdout, stderr } = await meanfield('audit', broken(name, change));
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/should not have/);
  });

  it.each<[string, readonly string[], string]>([
    ['no argument', [], 'MODEL'],
    ['a file that is not there', ['nowhere.json'], 'nowhere.json'],
    ['a device', ['/dev/zero'], 'regular file'],
    ['a folder without a model', ['/'], 'model.json'],
    ['no mean square', ['model.json', '--q', '0'], '--q'],
    ['a setting', ['model.json', '--set', 'initializer.k=1'], '--set'],
  ])('refuses %s', async (_, args, words) => {
    const { code, stderr } = await meanfield('audit', ...args);
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain(words);
  });
});
