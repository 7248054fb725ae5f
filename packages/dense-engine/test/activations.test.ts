/** φ and φ' of the kernel against float64, on numbers of both signs and many sizes. */

import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import silu from '@meanfield/activation-silu';
import tanh from '@meanfield/activation-tanh';
import type { Activation } from '@meanfield/core';
import { startWasm } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { activationKernel } from '../src/activation-kernel.js';
import { moduleOf } from '../src/build.js';
import { mapMemory } from '../src/thread/memory-map.js';
import type { Model } from '../src/thread/model.js';
import { ownArithmetic } from '../src/thread/own-arithmetic.js';
import { Passes } from '../src/thread/passes.js';

/** Field of the first entry of the table of layers */
const SLOPES = 8;

/** φ and φ' of float32 numbers, from a layer that multiplies by 1. */
function evaluate(activation: Activation, build: 'simd' | 'relaxed', xs: Float32Array): Float32Array[] {
  const model: Model = {
    sizes: [1, 1, 1],
    activation: activationKernel(activation),
    activateOutput: false,
    loss: 'mse',
    optimizer: { name: 'sgd', learningRate: 1, momentum: 0 },
  };
  const arithmetic = ownArithmetic(build);
  const map = mapMemory(model, 1, arithmetic);
  const { kernels, floats } = new Passes(startWasm(moduleOf(build)!), map, model, arithmetic);
  const { entry, inputs, outputs, inputStride, outputStride } = map.layers[0]!;
  const slopes = new Int32Array(map.table)[SLOPES]!;
  floats[map.networks[0]! / 4] = 1;
  const found = [new Float32Array(xs.length), new Float32Array(xs.length)];
  for (let first = 0; first < xs.length; first += map.blockRows) {
    const rows = Math.min(map.blockRows, xs.length - first);
    for (let row = 0; row < rows; row++) floats[inputs / 4 + row * inputStride] = xs[first + row]!;
    kernels.forward(entry, map.networks[0]!, rows);
    for (let row = 0; row < rows; row++) {
      found[0]![first + row] = floats[outputs / 4 + row * outputStride]!;
      found[1]![first + row] = floats[slopes / 4 + row * outputStride]!;
    }
  }
  return found;
}

/** ±10⁻⁶ … ±10², exact in float32. */
const GRID = Float32Array.from(
  Array.from({ length: 2001 }, (_, index) => 10 ** (-6 + index / 250)).flatMap((x) => [x, -x]),
);

interface Case {
  readonly name: string;
  readonly activation: Activation;
  /** What the error of φ(x) is relative to */
  readonly to: 'value' | 'x';
}

const CASES: readonly Case[] = [
  { name: 'tanh', activation: tanh.create(), to: 'value' },
  { name: 'erf', activation: erf.create(), to: 'value' },
  { name: 'gelu', activation: gelu.create(), to: 'x' },
  { name: 'gelu by tanh', activation: gelu.create({ form: 'tanh' }), to: 'x' },
  { name: 'silu', activation: silu.create(), to: 'x' },
  { name: 'swish', activation: silu.create({ beta: 3 }), to: 'x' },
  {
    name: 'leaky relu of slope −0.5',
    activation: leakyRelu.create({ negativeSlope: -0.5 }),
    to: 'value',
  },
];
const TOLERANCE = 2e-7;
/** φ' is at most about 1. */
const SLOPE_TOLERANCE = 3e-7;

describe.each(['simd', 'relaxed'] as const)('build %s', (build) => {
  it.each(CASES)('$name', ({ activation, to }) => {
    const [values, slopes] = evaluate(activation, build, GRID);
    let worst = 0;
    let worstSlope = 0;
    GRID.forEach((x, index) => {
      const exact = activation.phi(x);
      const size = Math.abs(to === 'value' ? exact : x);
      worst = Math.max(worst, Math.abs(values![index]! - exact) / size);
      worstSlope = Math.max(worstSlope, Math.abs(slopes![index]! - activation.derivative(x)));
    });
    expect(worst).toBeLessThanOrEqual(TOLERANCE);
    expect(worstSlope).toBeLessThanOrEqual(SLOPE_TOLERANCE);
  });

  it('passes on what is not a number, so that divergence shows', () => {
    for (const { activation } of CASES) {
      const [values] = evaluate(activation, build, Float32Array.of(Number.NaN));
      expect(values![0]).toBeNaN();
    }
  });
});

it('knows activations by what they are, whatever their names', () => {
  const kernelOf = (activation: Activation) => activationKernel({ ...activation, name: 'mine' });
  expect(kernelOf(relu.create())).toEqual({ code: 0, parameter: 0 });
  expect(kernelOf(linear.create())).toEqual({ code: 0, parameter: 1 });
  expect(kernelOf(leakyRelu.create({ negativeSlope: 0.2 }))).toEqual({ code: 0, parameter: 0.2 });
  expect(kernelOf(leakyRelu.create({ negativeSlope: -2 }))).toEqual({ code: 1, parameter: -2 });
  expect(kernelOf(silu.create({ beta: 2 }))).toEqual({ code: 6, parameter: 2 });
  expect(kernelOf(gelu.create())).not.toEqual(kernelOf(gelu.create({ form: 'tanh' })));
});

it('refuses others in a sentence that says what runs them', () => {
  const sine: Activation = { ...tanh.create(), name: 'sin', tensorForm: (x, ops) => ops.sin(x) };
  const steep: Activation = { ...tanh.create(), tensorForm: (x, ops) => ops.tanh(ops.scale(x, 2)) };
  expect(() => activationKernel(sine)).toThrow(/activation of relu.*found sin; .*tfjs, which runs any/);
  expect(() => activationKernel(steep)).toThrow(/found tanh/);
  expect(() => activationKernel(leakyRelu.create({ negativeSlope: 1e60 }))).toThrow(/found leaky-relu/);
});
