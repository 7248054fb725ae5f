import { readNpz, readSafetensors } from '@meanfield/tensor-files';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createProgram } from '../src/program.js';
import { meanfield, meanfieldJson } from './run.js';

const PLUGIN = fileURLToPath(new URL('./fixtures/constant-initializer.mjs', import.meta.url));
const TINY_TRAINING = [
  ...['--set', 'task.examples=60', '--set', 'task.validationExamples=20', '--set', 'backend.engine=cpu'],
  ...['--width', '6', '--depth', '2', '--steps', '4', '--networks', '2', '--batch-size', '20'],
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-commands-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('list', () => {
  it('names plugins of every kind with what they take and where they come from', async () => {
    const { plugins } = (await meanfieldJson('list')) as { plugins: Record<string, unknown>[] };
    const named = plugins.map(({ kind, name }) => `${String(kind)} ${String(name)}`);
    expect(named).toEqual(expect.arrayContaining(['activation relu', 'initializer raai', 'backend tfjs']));
    for (const plugin of plugins) {
      expect(Object.keys(plugin)).toEqual(
        expect.arrayContaining(['kind', 'name', 'package', 'version', 'summary', 'references']),
      );
    }
    const kinds = (await meanfieldJson('list', 'initializers')) as { plugins: Record<string, unknown>[] };
    expect(new Set(kinds.plugins.map(({ kind }) => kind))).toEqual(new Set(['initializer']));
  });

  it('prints BibTeX, each source once', async () => {
    const { stdout } = await meanfield('list', '--bibtex');
    const keys = [...stdout.matchAll(/^@\w+\{([^,]+),/gm)].map(([, key]) => key);
    expect(keys).toContain('singh2021');
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('shows a plugin that is named, which other commands can then use', async () => {
    const { plugins } = await meanfieldJson('list', 'initializer', '--plugin', PLUGIN);
    expect(plugins).toContainEqual({
      kind: 'initializer',
      name: 'constant',
      package: 'initializer-constant',
      version: '1.2.3',
      summary: 'every weight the same',
      options: { value: 'the weight, default 1' },
      references: [],
    });
    const file = join(folder, 'constant.npz');
    const sampled = await meanfieldJson(
      ...['sample', '-i', 'constant', '--plugin', PLUGIN, '--set', 'initializer.value=0.5'],
      ...['--fan-in', '3', '--fan-out', '2', '--out', file],
    );
    expect(sampled['measured']).toEqual({ weightMeanSquareTimesFanIn: 0.75, biasMeanSquare: 0 });
  });
});

describe('trajectory', () => {
  it('has depth + 1 entries, the first of which is the start', async () => {
    const { q, gap } = await meanfieldJson('trajectory', '--depth', '3', '--q', '2', '--gap', '1e-12');
    expect(q).toEqual([2, 2, 2, 2]);
    expect(gap).toHaveLength(4);
    expect((gap as number[])[0]).toBe(1e-12);
  });

  it('matches the arc-cosine kernel, layer by layer', async () => {
    const found = await meanfieldJson('trajectory', '--depth', '40', '--c', '0.2');
    let c = 0.2;
    for (const gap of (found['gap'] as number[]).slice(1)) {
      c = (Math.sqrt(1 - c * c) + c * (Math.PI - Math.acos(c))) / Math.PI;
      expect(Math.abs(1 - c - gap)).toBeLessThan(1e-13);
    }
  });

  it('goes on as it is once nothing moves, and says infinity where lengths overflow', async () => {
    const still = await meanfieldJson('trajectory', '-a', 'tanh', '--depth', '100000');
    expect(still['q']).toHaveLength(100_001);
    const moving = await meanfieldJson('trajectory', '-a', 'tanh', '--depth', '400');
    expect((still['q'] as number[]).slice(0, 401)).toEqual(moving['q']);
    const grown = await meanfieldJson('trajectory', '--weight-variance', '1e200', '--depth', '3');
    expect(grown['q']).toEqual([1, 5e199, 'Infinity', 'Infinity']);
  });

  it('adds gradients and activity by layer', async () => {
    const found = await meanfieldJson(
      ...['trajectory', '-a', 'relu', '--weight-variance', '1.5', '--depth', '3', '--q', '2'],
      ...['--gradients', '--activity'],
    );
    const { chi1, biases, weights, xiGradient } = found['gradients'] as Record<string, (number | null)[]>;
    const { meanSquare, mean, deadFraction } = found['activity'] as Record<string, number[]>;
    // χ₁ = σ_w²/2 at every length, E φ² = q/2, E φ = √(q/2π)
    expect(chi1).toEqual([0.75, 0.75, 0.75, 0.75]);
    expect(biases?.map((value) => Number(value?.toFixed(12)))).toEqual([0.421875, 0.5625, 0.75, 1]);
    expect(weights?.[0]).toBeNull();
    expect(xiGradient).toBeCloseTo(-1 / Math.log(0.75), 12);
    for (const [layer, q] of (found['q'] as number[]).entries()) {
      expect(meanSquare?.[layer]).toBeCloseTo(q / 2, 12);
      expect(mean?.[layer]).toBeCloseTo(Math.sqrt(q / (2 * Math.PI)), 12);
      expect(deadFraction?.[layer]).toBe(0.5);
      // Gradients of a weight: that of its layer's bias times the mean square of what enters.
      if (layer > 0) expect(weights?.[layer]).toBeCloseTo((biases?.[layer] ?? 0) * (q / 1.5), 12);
    }
    const { stdout } = await meanfield('trajectory', '--depth', '1', '--gradients', '--activity');
    expect(stdout.split('\n')[0]).toMatch(/^layer +q +1 − c +c +χ₁ .* P\(h ≤ 0\)$/);
  });

  it('draws a table of any length', async () => {
    const { stdout } = await meanfield('trajectory', '--depth', '200000');
    expect(stdout.trimEnd().split('\n')).toHaveLength(200_002);
  });
});

describe('simulate', () => {
  // Worker threads need the built packages.
  const ALONE = ['--threads', '1'];

  it('agrees with the theory of wide networks from layer 1 on', async () => {
    const sizes = ['--width', '300', '--depth', '4', '--inputs', '8', '--networks', '30', ...ALONE];
    const found = await meanfieldJson('simulate', ...sizes, '--c', '0.5');
    const layers = found['layers'] as Record<'q' | 'qStderr' | 'c' | 'cStderr' | 'deadFraction', number>[];
    expect(layers).toHaveLength(4);
    expect(typeof found['seconds']).toBe('number');
    expect(found['method']).toBe('gram');
    const theory = found['theory'] as { layers: { q: number; c: number }[] };
    const c = [0.5];
    for (const at of [0, 1, 2]) {
      const before = c[at] ?? Number.NaN;
      c.push((Math.sqrt(1 - before ** 2) + before * (Math.PI - Math.acos(before))) / Math.PI);
    }
    layers.forEach((layer, index) => {
      expect(Math.abs(layer.q - 2)).toBeLessThan(4 * layer.qStderr);
      expect(Math.abs(layer.c - (c[index] ?? Number.NaN))).toBeLessThan(4 * layer.cStderr + 4 / 300);
      expect(Math.abs(layer.deadFraction - 0.5)).toBeLessThan(0.05);
      expect(theory.layers[index]?.q).toBeCloseTo(2, 12);
      expect(theory.layers[index]?.c).toBeCloseTo(c[index] ?? Number.NaN, 12);
    });
  });

  const tiny = ['simulate', '--width', '24', '--depth', '2', '--networks', '3', ...ALONE];

  it('follows chosen pairs of inputs of their own size, by the method that is asked for', async () => {
    const flags = ['--pair-gaps', '1e-8,0.5', '--input-size', '300', '--method', 'weights'];
    const found = await meanfieldJson(...tiny, ...flags);
    expect(found['method']).toBe('weights');
    const layers = found['layers'] as { pairs: { gap: number; gapStderr: number; c: number }[] }[];
    expect(layers).toHaveLength(2);
    const [small, large] = layers[0]?.pairs ?? [];
    expect(Math.log10(small?.gap ?? 0)).toBeCloseTo(-8, 0);
    expect(large?.c).toBeCloseTo(0.5, 0);
  });

  it('shows theory beside simulation, and how networks were drawn', async () => {
    const shown = async (...flags: string[]): Promise<string> => (await meanfield(...tiny, ...flags)).stdout;
    expect(await shown()).toMatch(
      /^layer +q +theory +c +theory +dead fraction +theory +norm ratio\n[^]*Method gram/,
    );
    expect(await shown('--pair-gaps', '0.25')).toMatch(/1 − c from 0\.25 +theory/);
    expect(await shown('--method', 'weights')).toContain('Method weights, as asked for.');
    expect(await shown('--inputs', '24')).toContain('Method weights, which is cheaper here');
    expect(await shown('--plugin', PLUGIN, '-i', 'constant')).toMatch(
      /gram is not to be had with constant[^]*No theory/,
    );
  });

  it('measures Jacobians and gradients beside signals', async () => {
    const found = await meanfieldJson(...tiny, '--inputs', '2', '--jacobian', '2', '--gradients');
    expect(Object.keys(found)).toEqual(['method', 'layers', 'theory', 'jacobian', 'gradients', 'seconds']);
    const { jacobian, gradients } = found as Record<string, { layers: Record<string, unknown>[] }>;
    expect(jacobian?.layers.map(({ largest }) => (largest as unknown[]).length)).toEqual([2, 2]);
    expect(gradients?.layers.at(-1)).toMatchObject({ layer: 2, relative: 1 });
    const { stdout } = await meanfield(...tiny, '--inputs', '2', '--jacobian', '1', '--gradients');
    expect(stdout).toMatch(/‖J‖²\/N +theory +singular value 1\n[^]*mean δ² over the last’s +theory\n/);
  });

  it('simulates layer norm and residual networks, whose branches take settings of their own', async () => {
    const lengthsOf = async (...flags: string[]): Promise<number[]> =>
      ((await meanfieldJson(...tiny, ...flags))['layers'] as { q: number }[]).map(({ q }) => q);
    const normal = await lengthsOf('--architecture', 'layer-norm');
    expect(normal.map((q) => Math.round(q * 1e9))).toEqual([1e9, 1e9]);
    const residual = ['--architecture', 'resnet', '--branch', 'aci', '--json'];
    expect(await lengthsOf(...residual)).toHaveLength(3);
    const gapsOf = async (...flags: string[]): Promise<unknown> =>
      JSON.stringify((await meanfieldJson(...tiny, ...flags))['layers']);
    expect(await gapsOf(...residual, '--set', 'branch.k=1')).not.toBe(await gapsOf(...residual));
  });
});

describe('sample', () => {
  const sizes = ['--fan-in', '40', '--fan-out', '30', '-i', 'aci', '--seed', '5'];

  it.each(['float32', 'float64'])('writes %s that both formats give back alike', async (dtype) => {
    const paths = ['.safetensors', '.npz'].map((ending) => join(folder, dtype + ending));
    const results = [];
    for (const path of paths)
      results.push(await meanfieldJson('sample', ...sizes, '--dtype', dtype, '--out', path));
    const [safetensors, npz] = paths.map((path) => new Uint8Array(readFileSync(path)));
    const { tensors, metadata } = readSafetensors(safetensors ?? new Uint8Array());
    expect(metadata).toMatchObject({ initializer: 'aci', seed: '5', stream: 'network/0/layer/1' });
    expect(readNpz(npz ?? new Uint8Array())).toEqual(tensors);
    const [weights, bias] = [tensors.get('weights'), tensors.get('bias')];
    expect(weights?.shape).toEqual([40, 30]);
    expect(bias?.shape).toEqual([30]);
    expect(weights?.data).toBeInstanceOf(dtype === 'float32' ? Float32Array : Float64Array);
    const squares = Array.from(weights?.data ?? [], (value) => value ** 2);
    const meanSquare = 40 * (squares.reduce((sum, value) => sum + value, 0) / squares.length);
    const { measured, shapes, bytes } = results[0] as Record<'measured' | 'shapes', object> & {
      bytes: number;
    };
    expect(measured).toEqual({ weightMeanSquareTimesFanIn: meanSquare, biasMeanSquare: 0 });
    expect(shapes).toEqual({ weights: [40, 30], bias: [30] });
    expect(bytes).toBe(safetensors?.length);
  });
});

describe('phase-diagram', () => {
  const cheap = ['phase-diagram', '--points', '4'];

  it('writes SVG, PNG or JSON', async () => {
    for (const ending of ['svg', 'png', 'json']) {
      const file = join(folder, `diagram.${ending}`);
      const found = await meanfieldJson(...cheap, '-a', 'tanh', '--out', file);
      expect(found['file']).toBe(file);
      expect(found['weightVariance']).toHaveLength(4);
      expect(found['phase']).toHaveLength(4);
    }
    expect(readFileSync(join(folder, 'diagram.svg'), 'utf8')).toMatch(/^<svg [^]*<\/svg>\s*$/);
    expect(readFileSync(join(folder, 'diagram.png')).toString('latin1', 1, 4)).toBe('PNG');
    const document = JSON.parse(readFileSync(join(folder, 'diagram.json'), 'utf8')) as object;
    expect(document).toMatchObject({
      activation: 'tanh',
      initializer: 'he',
      vertical: { option: 'biasVariance' },
    });
  });

  it('colours by either depth scale, and by nothing else', async () => {
    const drawn = async (...heat: string[]): Promise<string> => {
      const file = join(folder, 'heat.svg');
      await meanfieldJson(...cheap, '-a', 'erf', ...heat, '--out', file);
      return readFileSync(file, 'utf8');
    };
    const [phases, xiC, xiQ] = [await drawn(), await drawn('--heat'), await drawn('--heat', 'xi-q')];
    expect(await drawn('--heat', 'xi-c')).toBe(xiC);
    expect(new Set([phases, xiC, xiQ]).size).toBe(3);
    const { code, stderr } = await meanfield(...cheap, '--heat', 'chi', '--out', join(folder, 'none.svg'));
    expect(code).toBe(2);
    expect(stderr).toContain('xi-c or xi-q');
    expect(existsSync(join(folder, 'none.svg'))).toBe(false);
  });

  it('varies k where there is no bias, and refuses what cannot vary', async () => {
    const found = await meanfieldJson(...cheap, '-i', 'raai', '--out', join(folder, 'k.json'));
    expect(found['vertical']).toMatchObject({ option: 'k', values: [0, 10 / 3, 20 / 3, 10] });
    for (const args of [
      ['-i', 'rai'],
      ['--vertical', 'weightVariance'],
      ['--bias-variance', '0.1'],
      ['--x', '2:1'],
    ]) {
      const { code, stdout } = await meanfield(...cheap, ...args, '--out', join(folder, 'refused.svg'));
      expect([code, stdout]).toEqual([2, '']);
    }
    expect(existsSync(join(folder, 'refused.svg'))).toBe(false);
  });
});

describe('train', () => {
  it('gives curves with their errors, and the last point as the final one', async () => {
    const found = await meanfieldJson('train', ...TINY_TRAINING, '--optimizer', 'adam', '--evaluations', '3');
    const { curves, final } = found as {
      curves: { step: number[]; epoch: number[]; validationLoss: Record<'mean' | 'stderr', number[]> };
      final: { step: number; validationLoss: { mean: number } };
    };
    expect(curves.step[0]).toBe(0);
    expect(curves.step.at(-1)).toBe(4);
    expect(curves.epoch.at(-1)).toBeCloseTo(4 / 3, 12);
    expect(curves.validationLoss.mean).toHaveLength(curves.step.length);
    expect(final.validationLoss.mean).toBe(curves.validationLoss.mean.at(-1));
    expect(found).toMatchObject({ backend: 'tfjs', steps: 4, networks: 2 });
    expect(found['stepsPerSecond']).toBeGreaterThan(0);
  });
});

describe('doctor', () => {
  it('says of every backend whether it starts', async () => {
    const found = await meanfieldJson('doctor');
    expect(found).toMatchObject({ node: process.version });
    const backends = found['backends'] as Record<string, unknown>[];
    expect(backends.length).toBeGreaterThan(0);
    for (const { available, versions, reason } of backends)
      expect(available === true ? versions : reason).toBeTruthy();
  });
});

describe('help', () => {
  const names = createProgram().commands.map((command) => command.name());

  it.each(names)('%s: has a description and examples', async (name) => {
    const { code, stdout, stderr } = await meanfield(name, '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain(`$ meanfield ${name}`);
  });

  const quick = ['theory', 'boundary', 'trajectory', 'sample'];
  it.each(quick)('%s: its examples run', async (name) => {
    const { stdout } = await meanfield(name, '--help');
    const examples = [...stdout.matchAll(/^ {2}\$ meanfield (.*)$/gm)].map(([, line]) => line ?? '');
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) {
      const args = example
        .split(' ')
        .map((word, at, words) => (words[at - 1] === '--out' ? join(folder, word) : word));
      expect((await meanfield(...args)).stderr).toBe('');
    }
  });
});

it('leaves nothing unfinished behind', () => {
  expect(readdirSync(folder).filter((name) => /partial|probe/.test(name))).toEqual([]);
});
