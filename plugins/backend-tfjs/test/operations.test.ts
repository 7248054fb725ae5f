/** Every elementwise operation, and its slope, against float64 on a grid of both signs and many sizes. */

import type { TensorOps } from '@meanfield/core';
import { dualOperations, times, type Dual } from '@meanfield/tfjs-networks';
import { describe, expect, it } from 'vitest';

import { startEngine, type EngineName } from '../src/engine.js';

interface Case {
  readonly name: string;
  readonly form: <T>(x: T, ops: TensorOps<T>) => T;
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
  /** Where the grid is valid; all of it by default */
  readonly domain?: (x: number) => boolean;
  /** Relative to |value| + floor */
  readonly floor?: number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** Maclaurin series of erf: 1e-15 absolute for |x| ≤ 3. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 80; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const CASES: readonly Case[] = [
  { name: 'scale', form: (x, ops) => ops.scale(x, -3), value: (x) => -3 * x, slope: () => -3 },
  { name: 'shift', form: (x, ops) => ops.shift(x, 2), value: (x) => x + 2, slope: () => 1, floor: 1 },
  {
    name: 'relu',
    form: (x, ops) => ops.relu(x),
    value: (x) => Math.max(x, 0),
    slope: (x) => (x > 0 ? 1 : 0),
  },
  {
    name: 'tanh',
    form: (x, ops) => ops.tanh(x),
    value: Math.tanh,
    slope: (x) => 1 - Math.tanh(x) ** 2,
    floor: 1e-9,
  },
  {
    name: 'sigmoid',
    form: (x, ops) => ops.sigmoid(x),
    value: sigmoid,
    slope: (x) => sigmoid(x) * (1 - sigmoid(x)),
    floor: 0.1,
  },
  {
    name: 'exp',
    form: (x, ops) => ops.exp(x),
    value: Math.exp,
    slope: Math.exp,
    domain: (x) => Math.abs(x) < 20,
  },
  {
    name: 'log1p',
    form: (x, ops) => ops.log1p(x),
    value: Math.log1p,
    slope: (x) => 1 / (1 + x),
    domain: (x) => x > -0.9,
  },
  { name: 'abs', form: (x, ops) => ops.abs(x), value: Math.abs, slope: Math.sign },
  {
    name: 'sin',
    form: (x, ops) => ops.sin(x),
    value: Math.sin,
    slope: Math.cos,
    domain: (x) => Math.abs(x) < 10,
    floor: 1,
  },
  {
    name: 'erf',
    form: (x, ops) => ops.erf(x),
    value: erf,
    slope: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x),
    domain: (x) => Math.abs(x) < 3,
    floor: 1,
  },
  {
    name: 'clip',
    form: (x, ops) => ops.clip(x, -0.5, 2),
    value: (x) => Math.min(Math.max(x, -0.5), 2),
    slope: (x) => (x > -0.5 && x < 2 ? 1 : 0),
  },
  {
    name: 'add and multiply: x² + x',
    form: (x, ops) => ops.add(ops.multiply(x, x), x),
    value: (x) => x * x + x,
    slope: (x) => 2 * x + 1,
    floor: 1,
  },
  {
    name: 'a chain: x·tanh(2x)',
    form: (x, ops) => ops.multiply(x, ops.tanh(ops.scale(x, 2))),
    value: (x) => x * Math.tanh(2 * x),
    slope: (x) => Math.tanh(2 * x) + 2 * x * (1 - Math.tanh(2 * x) ** 2),
    // Beyond, x multiplies the rounding of 1 − tanh² by more than the tolerance allows for.
    domain: (x) => Math.abs(x) < 2,
    floor: 1e-3,
  },
  {
    name: 'a constant slope times one that is not: relu(x)·x + 3x',
    form: (x, ops) => ops.add(ops.multiply(ops.relu(x), x), ops.scale(x, 3)),
    value: (x) => Math.max(x, 0) * x + 3 * x,
    slope: (x) => 2 * Math.max(x, 0) + 3,
    floor: 1,
  },
];

/** ±10⁻⁶ … ±10², exact in float32. */
const GRID = Float32Array.from(
  Array.from({ length: 321 }, (_, index) => 10 ** (-6 + index / 40)).flatMap((x) => [x, -x]),
);
const TOLERANCE = 5e-7;

describe.each(['wasm', 'cpu'] as const)('operations on the %s engine', (name: EngineName) => {
  it.each(CASES)('$name', async ({ form, value, slope, domain = () => true, floor = 0 }) => {
    const engine = await startEngine(name);
    const { tf, run } = engine;
    const inputs = GRID.filter(domain);
    const found = run(() => {
      const x = tf.tensor1d(inputs);
      const dual = form<Dual>({ value: x, slope: 1 }, dualOperations(engine));
      return {
        value: dual.value.dataSync<'float32'>().slice(),
        slope: times(engine, tf.onesLike(x), dual.slope).dataSync<'float32'>().slice(),
      };
    });
    inputs.forEach((x, index) => {
      expect(Math.abs(found.value[index]! - value(x)), `value at ${x}`).toBeLessThanOrEqual(
        TOLERANCE * (Math.abs(value(x)) + floor),
      );
      // Slopes such as 1 − tanh² cancel: absolute where they are small.
      expect(Math.abs(found.slope[index]! - slope(x)), `slope at ${x}`).toBeLessThanOrEqual(
        TOLERANCE * (Math.abs(slope(x)) + 1),
      );
    });
    expect(tf.memory().numTensors).toBe(0);
  });

  it('passes on what is not a number, so that divergence shows', async () => {
    const engine = await startEngine(name);
    const { tf, run } = engine;
    const operations = dualOperations(engine);
    for (const form of ['relu', 'tanh', 'sigmoid', 'exp'] as const) {
      const [found] = run(() =>
        operations[form]({ value: tf.tensor1d([Number.NaN]), slope: 1 }).value.dataSync(),
      );
      expect(found, form).toBeNaN();
    }
  });
});
