/** What is said where there is no OpenBLAS, which any machine may be. */

import relu from '@meanfield/activation-relu';
import { isMeanfieldError, type EnsembleSpec } from '@meanfield/core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';

import openBlas from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'meanfield-openblas-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const spec: EnsembleSpec = {
  network: { sizes: [1, 1], activation: relu.create(), activateOutput: false },
  loss: 'mse',
  optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0 },
  initial: [[{ fanIn: 1, fanOut: 1, weights: Float32Array.of(2), bias: Float32Array.of(0) }]],
};

const missing = join(folder, 'libnothing.so');
const text = join(folder, 'libtext.so');
writeFileSync(text, 'no library');

describe('an OpenBLAS that is not there', () => {
  it.each([
    ['no such file', missing],
    ['a file that is no library', text],
    ['a library that is another', process.execPath],
  ])('is said in one sentence with what to do: %s', async (_, library) => {
    const backend = openBlas.create({ library });
    const answer = await backend.availability();
    const reason = answer.available ? '' : answer.reason;
    expect(reason.startsWith(`Expected OpenBLAS as ${library}, found `)).toBe(true);
    expect(reason).toMatch(/; install it \(.*\), .* MEANFIELD_OPENBLAS, or choose the backend simd.*\.$/);
    expect(reason).not.toContain('\n');
    const error: unknown = await backend.open(spec).catch((cause: unknown) => cause);
    expect(isMeanfieldError(error) && [error.code, error.exitCode]).toEqual(['BACKEND_UNAVAILABLE', 1]);
  });

  it('is looked for where the environment says, unless an option says another place', async () => {
    vi.stubEnv('MEANFIELD_OPENBLAS', missing);
    const answer = await openBlas.create().availability();
    expect(answer.available ? '' : answer.reason).toContain(`as ${missing}, found`);
    const other = await openBlas.create({ library: text }).availability();
    expect(other.available ? '' : other.reason).toContain(`as ${text}, found`);
  });

  it('is not needed to see that a request makes no sense', async () => {
    const backend = openBlas.create({ library: missing });
    await expect(backend.open({ ...spec, initial: [] })).rejects.toThrow(/at least one network/);
    const sine = {
      ...relu.create(),
      name: 'sin',
      tensorForm: (x: never, ops: { sin(x: never): never }) => ops.sin(x),
    };
    const asked = { ...spec, network: { ...spec.network, activation: sine as never } };
    await expect(backend.open(asked)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    expect(() => openBlas.create({ library: '' })).toThrow(/library/);
  });
});
