/** A backend's numbers against the float64 reference. */

import type {
  Activation,
  Backend,
  Ensemble,
  EnsembleSpec,
  Loss,
  OptimizerSpec,
  RandomStream,
} from '@meanfield/core';
import {
  referenceEvaluate,
  referenceForward,
  referenceGradients,
  ReferenceTrainer,
} from '@meanfield/networks';
import { expect } from 'vitest';

import { expectClose, type Check } from '../check.js';
import { drawExamples, drawParameters, ensembleSpec, referenceOf, ROWS } from './problem.js';

const STEPS = 20;
/** Float32 runs of Adam drift from float64 ones: compared over few steps, and more loosely than gradients. */
const TRAJECTORY_TOLERANCE = 1e-4;

const CURVE_STEPS = 1000;
const CURVE_ROWS = 4;
const SMOOTHED = 50;
/** Measured on the tfjs engines, float32: 2e-7 for mse, 3e-4 for softmax-cross-entropy */
const CURVE_TOLERANCE = 1e-3;

/** The second Adam has an ε and decay rates at which a wrong place of ε, or of the bias correction, shows. */
export const OPTIMIZER_CASES: readonly (readonly [string, OptimizerSpec])[] = [
  ['SGD', { name: 'sgd', learningRate: 0.05, momentum: 0 }],
  ['SGD with momentum', { name: 'sgd', learningRate: 0.02, momentum: 0.9 }],
  ['Adam', { name: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }],
  ['Adam with a large epsilon', { name: 'adam', learningRate: 0.01, beta1: 0.7, beta2: 0.9, epsilon: 0.01 }],
];

/** ‖actual − expected‖/‖expected‖ ≤ tolerance, in the Euclidean norm. */
function expectArrayClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  where: string,
): void {
  expect(actual.length, `${where}: length`).toBe(expected.length);
  let error = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    error += (actual[i]! - expected[i]!) ** 2;
    size += expected[i]! ** 2;
  }
  const deviation = Math.sqrt(error / size);
  expect(deviation <= tolerance, `${where}: relative deviation ${deviation} above ${tolerance}`).toBe(true);
}

export async function withEnsemble(
  backend: Backend,
  spec: EnsembleSpec,
  work: (ensemble: Ensemble) => Promise<void>,
): Promise<void> {
  const ensemble = await backend.open(spec);
  try {
    await work(ensemble);
  } finally {
    await ensemble.close();
  }
}

function passCheck(
  backend: Backend,
  activation: Activation,
  loss: Loss,
  activateOutput: boolean,
  stream: RandomStream,
): Check {
  const output = activateOutput ? 'activated' : 'linear';
  return {
    name: `agrees with float64: ${activation.name}, ${loss}, ${output} output: forward, loss, gradients`,
    async run() {
      const { tolerance } = backend.capabilities;
      const initial = drawParameters(stream.child('network'));
      const examples = drawExamples(loss, stream.child('examples'));
      const optimizer = OPTIMIZER_CASES[0]![1];
      const spec = ensembleSpec(activation, loss, optimizer, [initial], activateOutput);
      const reference = referenceOf(spec, initial);
      await withEnsemble(backend, spec, async (ensemble) => {
        const found = await ensemble.forward(0, examples.inputs, ROWS);
        const { preActivations } = referenceForward(reference, examples.inputs, ROWS);
        expect(found.length).toBe(preActivations.length);
        preActivations.forEach((h, layer) =>
          expectArrayClose(found[layer]!, h, tolerance, `pre-activations of layer ${layer}`),
        );
        const expected = referenceEvaluate(reference, examples);
        const [evaluation] = await ensemble.evaluate(examples);
        expectClose(evaluation!.loss, expected.loss, { relative: tolerance }, 'loss');
        expect(evaluation!.accuracy, 'accuracy').toBe(expected.accuracy);
        const { gradients } = referenceGradients(reference, examples);
        (await ensemble.gradients(0, examples)).forEach(({ weights, bias }, layer) => {
          expectArrayClose(
            weights,
            gradients[layer]!.weights,
            tolerance,
            `weights' gradient, layer ${layer}`,
          );
          expectArrayClose(bias, gradients[layer]!.bias, tolerance, `biases' gradient, layer ${layer}`);
        });
      });
    },
  };
}

function trajectoryCheck(
  backend: Backend,
  activation: Activation,
  loss: Loss,
  [name, optimizer]: readonly [string, OptimizerSpec],
  stream: RandomStream,
): Check {
  return {
    name: `follows float64 through ${STEPS} steps: ${activation.name}, ${loss}, ${name}`,
    async run() {
      const initial = drawParameters(stream.child('network'));
      const batches = [0, 1, 2].map((index) => drawExamples(loss, stream.child('batch').child(index)));
      const spec = ensembleSpec(activation, loss, optimizer, [initial]);
      const trainer = new ReferenceTrainer(referenceOf(spec, initial), optimizer);
      await withEnsemble(backend, spec, async (ensemble) => {
        for (let step = 0; step < STEPS; step++) {
          const batch = batches[step % batches.length]!;
          const [found] = await ensemble.step([batch]);
          expectClose(
            found!,
            trainer.step(batch),
            { relative: TRAJECTORY_TOLERANCE },
            `loss at step ${step}`,
          );
        }
      });
    },
  };
}

/**
 * Float32 runs drift away from float64 ones step by step, but their smoothed losses stay together, unless an optimiser goes
 * wrong late, as with a wrong count of steps.
 */
function curveCheck(
  backend: Backend,
  activation: Activation,
  loss: Loss,
  [name, optimizer]: readonly [string, OptimizerSpec],
  stream: RandomStream,
): Check {
  return {
    name: `keeps to the curve of float64 through ${CURVE_STEPS} steps: ${activation.name}, ${loss}, ${name}`,
    async run() {
      const initial = drawParameters(stream.child('network'));
      const batches = [0, 1, 2].map((index) =>
        drawExamples(loss, stream.child('batch').child(index), CURVE_ROWS),
      );
      const spec = ensembleSpec(activation, loss, optimizer, [initial]);
      const trainer = new ReferenceTrainer(referenceOf(spec, initial), optimizer);
      await withEnsemble(backend, spec, async (ensemble) => {
        for (let start = 0; start < CURVE_STEPS; start += SMOOTHED) {
          let found = 0;
          let expected = 0;
          for (let step = start; step < start + SMOOTHED; step++) {
            const batch = batches[step % batches.length]!;
            found += (await ensemble.step([batch]))[0]! / SMOOTHED;
            expected += trainer.step(batch) / SMOOTHED;
          }
          expectClose(found, expected, { relative: CURVE_TOLERANCE }, `mean loss from step ${start} on`);
        }
      });
    },
  };
}

/** Checks for every activation, loss and optimiser that the backend says it has; optimisers, which see gradients alone, with the first. */
export function agreementChecks(
  backend: Backend,
  activations: readonly Activation[],
  stream: RandomStream,
): readonly Check[] {
  const { losses, optimizers } = backend.capabilities;
  const available = OPTIMIZER_CASES.filter(([, { name }]) => optimizers.includes(name));
  const curve = available.find(([name]) => name === 'Adam') ?? available[0]!;
  const passes = activations.flatMap((activation, index) =>
    losses.flatMap((loss) => {
      const named = stream.child(activation.name).child(loss);
      const followed = index === 0 ? available : [];
      return [
        passCheck(backend, activation, loss, false, named),
        passCheck(backend, activation, loss, true, named),
        ...followed.map((optimizer) => trajectoryCheck(backend, activation, loss, optimizer, named)),
      ];
    }),
  );
  return [...passes, curveCheck(backend, activations[0]!, losses[0]!, curve, stream.child('curve'))];
}
