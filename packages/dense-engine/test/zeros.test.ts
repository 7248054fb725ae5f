/** Products that leave out zeros give the bits of those that do not. */

import type { Examples, NetworkParameters } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { moduleOf, type BuildName } from '../src/build.js';
import type { Arithmetic } from '../src/thread/arithmetic.js';
import { toMemory } from '../src/thread/layout.js';
import type { Model } from '../src/thread/model.js';
import { ownArithmetic } from '../src/thread/own-arithmetic.js';
import { Trainer } from '../src/thread/trainer.js';

const stream = (name: string) => createStream(1, `dense-engine/zeros/${name}`);

/** Words of an entry of the table, and where it tells that inputs and gradients may be zero: assembly/shared/layer-table.ts */
const ENTRY = 16;
const VANISH = [12, 13];

/** Products of all terms */
function dense(build: BuildName): Arithmetic {
  const own = ownArithmetic(build);
  return {
    ...own,
    products(kernels, map, memory) {
      const table = new Int32Array(map.table);
      for (let entry = 0; entry < table.length; entry += ENTRY)
        for (const word of VANISH) table[entry + word] = 0;
      return own.products(kernels, map, memory);
    },
  };
}

function normals(name: string, count: number): Float32Array {
  const values = new Float32Array(count);
  stream(name).fillNormal(values, 1);
  return values;
}

/** Of which a share is 0 */
function withZeros(name: string, count: number, zeros: number): Float32Array {
  const where = stream(`${name}/zeros`);
  return normals(name, count).map((x) => (where.uniform() < zeros ? 0 : x));
}

const modelOf = (sizes: readonly number[], slope = 0): Model => ({
  sizes,
  activation: { code: 0, parameter: slope },
  activateOutput: false,
  loss: 'mse',
  optimizer: { name: 'sgd', learningRate: 0.05, momentum: 0.9 },
});

/** Pre-activations, losses of three steps, gradients and parameters. */
function outcome(build: BuildName, arithmetic: Arithmetic, sizes: readonly number[], examples: Examples) {
  const shape = arithmetic.shapeOf(sizes);
  const numbers = new Float32Array(2 * shape.length);
  const initial = sizes.slice(1).map((fanOut, layer) => {
    const fanIn = sizes[layer]!;
    const weights = normals(`weights/${layer}`, fanIn * fanOut).map((w) => w * Math.sqrt(2 / fanIn));
    return { fanIn, fanOut, weights, bias: normals(`bias/${layer}`, fanOut).map((b) => b / 4) };
  });
  toMemory(shape, initial, numbers.subarray(0, shape.length));
  const trainer = new Trainer(modelOf(sizes), [{ numbers, steps: 0 }], arithmetic, moduleOf(build)!);
  const flat = (parts: NetworkParameters): number[] =>
    parts.flatMap(({ weights, bias }) => [...weights, ...bias]);
  return {
    signals: trainer.forward(0, examples.inputs, examples.count).map((signal) => [...signal]),
    losses: [0, 1, 2].map(() => trainer.step([examples])[0]),
    gradients: flat(trainer.gradients(0, examples)),
    parameters: flat(trainer.parameters(0)),
  };
}

function examplesOf(sizes: readonly number[], count: number, zeros: number): Examples {
  const inputs = withZeros('inputs', count * sizes[0]!, zeros);
  return { count, inputs, targets: { kind: 'values', values: normals('targets', count * sizes.at(-1)!) } };
}

const BUILDS = (['simd', 'relaxed', 'paired'] as const).filter((build) => moduleOf(build) !== null);

describe.each(BUILDS)('the build %s', (build) => {
  const same = (sizes: readonly number[], examples: Examples): void => {
    const expected = outcome(build, dense(build), sizes, examples);
    expect(outcome(build, ownArithmetic(build), sizes, examples)).toEqual(expected);
  };

  it.each([
    [[100, 100, 100, 100], 250],
    [[1, 1, 1], 1],
    [[3, 5, 9, 2], 7],
    [[13, 21, 36, 44, 6], 121],
    [[241, 128, 17], 119],
  ])('has the bits of all terms: sizes %j, %i rows', (sizes, count) => {
    same(sizes, examplesOf(sizes, count, 0));
  });

  it.each([0.2, 0.5, 0.8, 1])('has them where a share %d of the inputs is zero', (zeros) => {
    same([130, 40, 12], examplesOf([130, 40, 12], 60, zeros));
  });

  it('has them where some columns of inputs are always zero, and others never', () => {
    const sizes = [131, 40, 12];
    const examples = examplesOf(sizes, 117, 0.3);
    const inputs = examples.inputs.map((x, index) => (index % 131 < 50 ? 0 : index % 131 < 70 ? 1 : x));
    same(sizes, { ...examples, inputs });
  });

  it('has them where units are dead', () => {
    const sizes = [8, 30, 4];
    const examples = examplesOf(sizes, 40, 0);
    same(sizes, { ...examples, inputs: examples.inputs.map((x) => -Math.abs(x)) });
  });

  it('does not take NaN for zero', () => {
    const sizes = [8, 30, 4];
    const examples = examplesOf(sizes, 40, 0.9);
    examples.inputs[17] = NaN;
    const { losses, signals } = outcome(build, ownArithmetic(build), sizes, examples);
    expect(losses[0]).toBeNaN();
    expect(signals[0]!.slice(2 * 30, 3 * 30).every(Number.isNaN)).toBe(true);
    expect(signals[0]!.slice(0, 2 * 30).some(Number.isNaN)).toBe(false);
  });
});
