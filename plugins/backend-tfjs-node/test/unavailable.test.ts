/** What is said where tfjs-node or its binding is missing, which is the usual case, and what old functions it is given. */

import { isMeanfieldError, type EnsembleSpec } from '@meanfield/core';
import relu from '@meanfield/activation-relu';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';

import tfjsNode from '../src/index.js';
import { supplyRemovedFunctions } from '../src/removed-functions.js';

const folder = mkdtempSync(join(tmpdir(), 'meanfield-tfjs-node-'));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A module that fails as tfjs-node does when its binding was not built or does not load. */
function failing(name: string, message: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, `throw new Error(${JSON.stringify(message)});`);
  return path;
}

const spec: EnsembleSpec = {
  network: { sizes: [1, 1], activation: relu.create(), activateOutput: false },
  loss: 'mse',
  optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0 },
  initial: [[{ fanIn: 1, fanOut: 1, weights: Float32Array.of(2), bias: Float32Array.of(0) }]],
};

describe('a tfjs-node that is not there', () => {
  const missing = join(folder, 'nothing');
  const notBuilt =
    "The Node.js native addon module (tfjs_binding.node) can not be found at path: /x. \nPlease run command 'npm rebuild …";
  const cases = [
    ['without the package', missing, /found no such package; run npm install @tensorflow\/tfjs-node@4/],
    ['without its binding', failing('not-built', notBuilt), /can not be found at path: \/x; run npm rebuild/],
    [
      'with a broken library',
      failing('broken', 'libtensorflow.so.2: wrong ELF class'),
      /wrong ELF class; run/,
    ],
  ] as const;

  it.each(cases)('is said in one sentence with what to do: %s', async (_, module, sentence) => {
    const backend = tfjsNode.create({ module });
    const answer = await backend.availability();
    expect(answer.available).toBe(false);
    if (!answer.available) {
      expect(answer.reason).toMatch(sentence);
      expect(answer.reason).toMatch(/^Expected .* or choose the backend tfjs, which needs no binding\.$/);
      expect(answer.reason).not.toContain('\n');
    }
    const error: unknown = await backend.open(spec).catch((reason: unknown) => reason);
    expect(isMeanfieldError(error) && [error.code, error.exitCode]).toEqual(['BACKEND_UNAVAILABLE', 1]);
  });

  it('is said by the processes that would work with it', async () => {
    const two = { ...spec, initial: [spec.initial[0]!, spec.initial[0]!] };
    const opened = tfjsNode.create({ module: missing, processes: 2 }).open(two);
    await expect(opened).rejects.toThrow(/found no such package; run npm install @tensorflow/);
  });

  it('is said by a process of its own where the run limits threads, also for one network', async () => {
    vi.stubEnv('MEANFIELD_THREADS', '1');
    const backend = tfjsNode.create({ module: missing });
    expect(backend.capabilities.threads).toBe(1);
    await expect(backend.open(spec)).rejects.toThrow(/found no such package; run npm install @tensorflow/);
  });

  it('is not needed to see that a request makes no sense', async () => {
    const backend = tfjsNode.create({ module: missing });
    await expect(backend.open({ ...spec, initial: [] })).rejects.toThrow(/at least one network/);
    expect(() => tfjsNode.create({ module: '' })).toThrow(/module/);
  });
});

describe('a process that is idle', () => {
  it('is waited for where nothing else is left to do', () => {
    const module = new URL('../dist/process-channel.js', import.meta.url).href;
    const program = `
      import { openProcess } from ${JSON.stringify(module)};
      const channel = openProcess({ replied() {}, ended() {} });
      channel.hold(false);
      await channel.close();
      console.log('closed');`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, 'closed\n']);
  });
});

describe('functions that Node 23 removed', () => {
  it('are there, and those that exist stay', () => {
    const own = (): boolean => true;
    const util: Record<string, unknown> = { isArray: own };
    supplyRemovedFunctions(util);
    expect(util['isArray']).toBe(own);
    const supplied = util['isNullOrUndefined'] as (value: unknown) => boolean;
    expect([null, undefined, 0, ''].map(supplied)).toEqual([true, true, false, false]);
    const bare: Record<string, unknown> = {};
    supplyRemovedFunctions(bare);
    const isArray = bare['isArray'] as (value: unknown) => boolean;
    expect([[], {}].map(isArray)).toEqual([true, false]);
  });
});
