/** Whether two modules give the same bits: the paired build is used only where it gives those of the relaxed one. */

import type { Examples, OptimizerSpec } from '@meanfield/core';
import type { WasmModule } from '@meanfield/numerics';

import { CODES, type ActivationKernel } from '../activation-kernel.js';
import type { BuildName } from '../build.js';
import { momentsOf, type Model } from '../thread/model.js';
import { ownArithmetic } from '../thread/own-arithmetic.js';
import { toMemory } from '../thread/layout.js';
import { Trainer } from '../thread/trainer.js';

/** Panels of both widths and tiles of all, with columns and turns of loops to spare */
const SIZES = [13, 8, 72, 52, 27, 10];
const ROWS = 7;
const STEPS = 2;
const OPTIMIZERS: readonly OptimizerSpec[] = [
  { name: 'adam', learningRate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  { name: 'sgd', learningRate: 0.1, momentum: 0 },
  { name: 'sgd', learningRate: 0.1, momentum: 0.9 },
];

/** Anything that has both signs and all digits */
const numbers = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => Math.sin(index * index));

const LABELS = Int32Array.from({ length: ROWS }, (_, row) => row % 10);

interface Problem {
  readonly model: Model;
  readonly examples: Examples;
  /** Added to biases: what leaves ReLUs is mostly zero below, and never above */
  readonly shift: number;
}

const RELU: ActivationKernel = { code: CODES.bent, parameter: 0 };

/** Every activation of the kernel, and ReLUs, whose products are others where there are many zeros or few */
const CASES: readonly (readonly [ActivationKernel, shift: number])[] = [
  [RELU, -1],
  [RELU, 4],
  ...Object.values(CODES).map((code) => [{ code, parameter: 0.25 }, 0] as const),
];

/** With losses and optimisers in turn */
const PROBLEMS = CASES.map(([activation, shift], index): Problem => ({
  model: {
    sizes: SIZES,
    activation,
    activateOutput: index % 2 === 1,
    loss: index % 2 === 0 ? 'softmax-cross-entropy' : 'mse',
    optimizer: OPTIMIZERS[index % OPTIMIZERS.length]!,
  },
  examples: {
    count: ROWS,
    inputs: numbers(ROWS * 13),
    targets:
      index % 2 === 0 ? { kind: 'labels', labels: LABELS } : { kind: 'values', values: numbers(ROWS * 10) },
  },
  shift,
}));

/** Losses, signals and parameters of a few steps. */
function outcome(module: WasmModule, build: BuildName, { model, examples, shift }: Problem): Float64Array {
  const arithmetic = ownArithmetic(build);
  const shape = arithmetic.shapeOf(SIZES);
  const state = new Float32Array(shape.length * (1 + momentsOf(model.optimizer)));
  const initial = SIZES.slice(1).map((fanOut, layer) => {
    const fanIn = SIZES[layer]!;
    return {
      fanIn,
      fanOut,
      weights: numbers(fanIn * fanOut).map((x) => x / 4),
      bias: numbers(fanOut).map((x) => x + shift),
    };
  });
  toMemory(shape, initial, state.subarray(0, shape.length));
  const trainer = new Trainer(model, [{ numbers: state, steps: 0 }], arithmetic, module);
  const losses = Array.from({ length: STEPS }, () => trainer.step([examples])[0]!);
  const score = trainer.evaluate(examples)[0]!;
  const signals = trainer.forward(0, examples.inputs, ROWS).flatMap((signal) => [...signal]);
  const parameters = trainer.parameters(0).flatMap(({ weights, bias }) => [...weights, ...bias]);
  return Float64Array.from([...losses, score.loss, ...signals, ...parameters]);
}

function agreesOn(paired: WasmModule, relaxed: WasmModule, problem: Problem): boolean {
  const expected = outcome(relaxed, 'relaxed', problem);
  return outcome(paired, 'paired', problem).every((value, index) => Object.is(value, expected[index]));
}

/** Compares a paired with a relaxed module, on networks that use every function of the kernel. */
export function agrees(paired: WasmModule, relaxed: WasmModule): boolean {
  try {
    return PROBLEMS.every((problem) => agreesOn(paired, relaxed, problem));
  } catch {
    return false;
  }
}
