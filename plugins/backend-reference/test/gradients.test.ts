/**
 * Gradients against finite differences of the loss that the backend itself reports: every first-party activation, both losses.
 *
 * Central differences, extrapolated once (Richardson): (4 D(s/2) − D(s))/3 with D(s) = (E(w+s) − E(w−s))/2s. Near a kink of φ no
 * difference is right, so networks are drawn until every pre-activation keeps its distance.
 */

import custom from '@meanfield/activation-custom';
import elu from '@meanfield/activation-elu';
import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import hardTanh from '@meanfield/activation-hard-tanh';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import selu from '@meanfield/activation-selu';
import sigmoid from '@meanfield/activation-sigmoid';
import silu from '@meanfield/activation-silu';
import sin from '@meanfield/activation-sin';
import softplus from '@meanfield/activation-softplus';
import tanh from '@meanfield/activation-tanh';
import type { Activation, Ensemble, EnsembleSpec, Examples, NetworkParameters } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { expect, it } from 'vitest';

import reference from '../src/index.js';

const ACTIVATIONS: readonly Activation[] = [
  custom.create({ phi: (x) => x / Math.sqrt(1 + x * x), derivative: (x) => (1 + x * x) ** -1.5 }),
  ...[elu, erf, gelu, hardTanh, leakyRelu, linear, relu, selu, sigmoid, silu, sin, softplus, tanh].map(
    (definition) => definition.create(),
  ),
];
const TOLERANCE = 1e-7;
const STEP = 2e-3;
/** A step moves pre-activations by less; where one crossed a kink, the test would fail. */
const CLEARANCE = 10 * STEP;
const SIZES = [2, 4, 3, 2];
const ROWS = 3;
const backend = reference.create();

function normals(count: number, path: string, seed: number): Float64Array {
  const values = new Float64Array(count);
  createStream(seed, path).fillNormal(values, 1);
  return values;
}

const examplesOf = (loss: EnsembleSpec['loss'], seed: number): Examples => ({
  count: ROWS,
  inputs: Float32Array.from(normals(ROWS * SIZES[0]!, 'inputs', seed)),
  targets:
    loss === 'mse'
      ? { kind: 'values', values: Float32Array.from(normals(ROWS * SIZES.at(-1)!, 'targets', seed)) }
      : { kind: 'labels', labels: Int32Array.of(0, 1, 1) },
});

/** Plain SGD at rate 1, so that a step moves parameters by the gradient. */
const specOf = (
  activation: Activation,
  loss: EnsembleSpec['loss'],
  initial: NetworkParameters,
): EnsembleSpec => ({
  network: { sizes: SIZES, activation, activateOutput: true },
  loss,
  optimizer: { name: 'sgd', learningRate: 1, momentum: 0 },
  initial: [initial],
});

const drawNetwork = (seed: number): NetworkParameters =>
  SIZES.slice(1).map((fanOut, layer) => {
    const fanIn = SIZES[layer]!;
    return {
      fanIn,
      fanOut,
      weights: normals(fanIn * fanOut, `weights/${layer}`, seed),
      bias: normals(fanOut, `bias/${layer}`, seed),
    };
  });

async function distanceToKinks(ensemble: Ensemble, { inputs, count }: Examples, { kinks }: Activation) {
  const layers = await ensemble.forward(0, inputs, count);
  return Math.min(...layers.flatMap((h) => [...h].flatMap((x) => kinks.map((kink) => Math.abs(x - kink)))));
}

async function lossAt(spec: EnsembleSpec, examples: Examples): Promise<number> {
  const ensemble = await backend.open(spec);
  const [evaluation] = await ensemble.evaluate(examples);
  return evaluation!.loss;
}

/** dE/dw of one entry of one array, the array itself changed and put back. */
async function difference(array: Float64Array, index: number, loss: () => Promise<number>): Promise<number> {
  const value = array[index]!;
  const central = async (step: number): Promise<number> => {
    array[index] = value + step;
    const above = await loss();
    array[index] = value - step;
    const below = await loss();
    array[index] = value;
    return (above - below) / (2 * step);
  };
  return (4 * (await central(STEP / 2)) - (await central(STEP))) / 3;
}

const cases = ACTIVATIONS.flatMap((activation) =>
  (['mse', 'softmax-cross-entropy'] as const).map((loss) => ({ name: activation.name, activation, loss })),
);
it.each(cases)('are those of finite differences: $name, $loss', async ({ activation, loss }) => {
  for (let seed = 1; ; seed++) {
    const examples = examplesOf(loss, seed);
    const initial = drawNetwork(seed);
    const spec = specOf(activation, loss, initial);
    const ensemble = await backend.open(spec);
    if ((await distanceToKinks(ensemble, examples, activation)) < CLEARANCE) continue;
    const gradients = await ensemble.gradients(0, examples);
    const errors: number[] = [];
    const sizes: number[] = [];
    for (const [layer, parameters] of initial.entries()) {
      for (const name of ['weights', 'bias'] as const) {
        const array = parameters[name] as Float64Array;
        for (let index = 0; index < array.length; index++) {
          const slope = await difference(array, index, () => lossAt(spec, examples));
          errors.push(gradients[layer]![name][index]! - slope);
          sizes.push(slope);
        }
      }
    }
    expect(Math.hypot(...sizes)).toBeGreaterThan(1e-3);
    expect(Math.hypot(...errors) / Math.hypot(...sizes)).toBeLessThan(TOLERANCE);
    return;
  }
});

it('keeps parameters in float64, and moves them by the gradient', async () => {
  const initial = drawNetwork(1);
  const spec = specOf(tanh.create(), 'mse', initial);
  const ensemble = await backend.open(spec);
  expect(await ensemble.parameters(0)).toEqual(initial);
  const examples = examplesOf('mse', 1);
  const gradients = await ensemble.gradients(0, examples);
  await ensemble.step([examples]);
  const after = await ensemble.parameters(0);
  after.forEach(({ weights }, layer) =>
    weights.forEach((w, index) =>
      expect(w).toBe(initial[layer]!.weights[index]! - gradients[layer]!.weights[index]!),
    ),
  );
});
