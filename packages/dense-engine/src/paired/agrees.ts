/** Whether two modules give the same bits: the paired build is used only where it gives those of the relaxed one. */

import type { Examples, OptimizerSpec } from '@meanfield/core';
import type { WasmModule } from '@meanfield/numerics';

import { CODES } from '../activation-kernel.js';
import { momentsOf, type Model } from '../thread/model.js';
import { panelsOf, type Lanes } from '../thread/panels.js';
import { toMemory } from '../thread/layout.js';
import { Trainer } from '../thread/trainer.js';

/** Panels of both widths, with columns and turns of loops to spare */
const SIZES = [13, 52, 27, 10];
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

/** Every activation of the kernel, with losses and optimisers in turn. */
const PROBLEMS = Object.values(CODES).map((code, index): readonly [Model, Examples] => [
  {
    sizes: SIZES,
    activation: { code, parameter: 0.25 },
    activateOutput: index % 2 === 1,
    loss: index % 2 === 0 ? 'softmax-cross-entropy' : 'mse',
    optimizer: OPTIMIZERS[index % OPTIMIZERS.length]!,
  },
  {
    count: ROWS,
    inputs: numbers(ROWS * 13),
    targets:
      index % 2 === 0 ? { kind: 'labels', labels: LABELS } : { kind: 'values', values: numbers(ROWS * 10) },
  },
]);

/** Losses, signals and parameters of a few steps. */
function outcome(module: WasmModule, lanes: Lanes, model: Model, examples: Examples): Float64Array {
  const arithmetic = panelsOf(lanes);
  const shape = arithmetic.shapeOf(SIZES);
  const state = new Float32Array(shape.length * (1 + momentsOf(model.optimizer)));
  const initial = SIZES.slice(1).map((fanOut, layer) => {
    const fanIn = SIZES[layer]!;
    return { fanIn, fanOut, weights: numbers(fanIn * fanOut).map((x) => x / 4), bias: numbers(fanOut) };
  });
  toMemory(shape, initial, state.subarray(0, shape.length));
  const trainer = new Trainer(model, [{ numbers: state, steps: 0 }], arithmetic, module);
  const losses = Array.from({ length: STEPS }, () => trainer.step([examples])[0]!);
  const score = trainer.evaluate(examples)[0]!;
  const signals = trainer.forward(0, examples.inputs, ROWS).flatMap((signal) => [...signal]);
  const parameters = trainer.parameters(0).flatMap(({ weights, bias }) => [...weights, ...bias]);
  return Float64Array.from([...losses, score.loss, ...signals, ...parameters]);
}

function agreesOn(paired: WasmModule, relaxed: WasmModule, model: Model, examples: Examples): boolean {
  const expected = outcome(relaxed, 4, model, examples);
  return outcome(paired, 8, model, examples).every((value, index) => Object.is(value, expected[index]));
}

/** Compares a paired with a relaxed module, on networks that use every function of the kernel. */
export function agrees(paired: WasmModule, relaxed: WasmModule): boolean {
  try {
    return PROBLEMS.every(([model, examples]) => agreesOn(paired, relaxed, model, examples));
  } catch {
    return false;
  }
}
