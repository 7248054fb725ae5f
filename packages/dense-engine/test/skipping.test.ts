/** Products that leave out zeros give the bits of those that do not. */

import type { Examples, NetworkParameters } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { moduleOf, type BuildName } from '../src/build.js';
import type { Arithmetic } from '../src/thread/arithmetic.js';
import { relaid, toMemory } from '../src/thread/layout.js';
import type { Model } from '../src/thread/model.js';
import { ownArithmetic } from '../src/thread/own-arithmetic.js';
import { panelsOf } from '../src/thread/panels.js';
import { skippingOf } from '../src/thread/skipping.js';
import { Trainer } from '../src/thread/trainer.js';

const stream = (name: string) => createStream(1, `dense-engine/skipping/${name}`);

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
  const lanes = build === 'paired' ? 8 : 4;
  const same = (sizes: readonly number[], examples: Examples): void => {
    const expected = outcome(build, panelsOf(lanes), sizes, examples);
    expect(outcome(build, skippingOf(lanes), sizes, examples)).toEqual(expected);
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

  it('has them where units are dead', () => {
    const sizes = [8, 30, 4];
    const examples = examplesOf(sizes, 40, 0);
    same(sizes, { ...examples, inputs: examples.inputs.map((x) => -Math.abs(x)) });
  });

  it('does not take NaN for zero', () => {
    const sizes = [8, 30, 4];
    const examples = examplesOf(sizes, 40, 0.9);
    examples.inputs[17] = NaN;
    const { losses, signals } = outcome(build, skippingOf(lanes), sizes, examples);
    expect(losses[0]).toBeNaN();
    expect(signals[0]!.slice(2 * 30, 3 * 30).every(Number.isNaN)).toBe(true);
    expect(signals[0]!.slice(0, 2 * 30).some(Number.isNaN)).toBe(false);
  });

  it('saves parameters as other products do', () => {
    const sizes = [13, 21, 5];
    const from = skippingOf(lanes);
    const own = from.shapeOf(sizes);
    const saved = from.savedShapeOf!(sizes);
    const numbers = new Float32Array(own.length);
    const weights = normals('saved', 13 * 21);
    const layer = { fanIn: 13, fanOut: 21, weights, bias: normals('saved bias', 21) };
    const last = { fanIn: 21, fanOut: 5, weights: normals('saved last', 105), bias: new Float32Array(5) };
    toMemory(own, [layer, last], numbers);
    const expected = new Float32Array(saved.length);
    toMemory(panelsOf(4).shapeOf(sizes), [layer, last], expected);
    expect(relaid(own, saved, numbers)).toEqual(expected);
    expect(relaid(saved, own, expected)).toEqual(numbers);
  });
});

it('is for ReLUs alone', () => {
  const lengthOf = (arithmetic: Arithmetic): number => arithmetic.shapeOf([7, 9]).length;
  expect(lengthOf(skippingOf(4))).not.toBe(lengthOf(panelsOf(4)));
  expect(lengthOf(ownArithmetic('simd')(modelOf([7, 9])))).toBe(lengthOf(skippingOf(4)));
  expect(lengthOf(ownArithmetic('simd')(modelOf([7, 9], 0.1)))).toBe(lengthOf(panelsOf(4)));
});
