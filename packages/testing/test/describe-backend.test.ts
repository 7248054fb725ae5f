/** The contract of backends, run on a float64 backend that is right, and on ones with a known defect. */

import {
  cite,
  definePlugin,
  kingma2015,
  MeanfieldError,
  type Activation,
  type Backend,
  type Ensemble,
  type EnsembleSpec,
  type OptimizerSpec,
  type PluginDefinition,
} from '@meanfield/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  backendChecks,
  failingChecks,
  referenceEvaluate,
  referenceForward,
  referenceGradients,
  ReferenceTrainer,
  registerChecks,
} from '../src/index.js';

const relu: Activation = {
  name: 'relu',
  phi: (x) => Math.max(x, 0),
  derivative: (x) => (x > 0 ? 1 : 0),
  kinks: [0],
  homogeneous: true,
  closedForms: {},
  tensorForm: (x, ops) => ops.relu(x),
};

/** What may be wrong with the backend. */
interface Defects {
  readonly changeOptimizer?: (spec: OptimizerSpec) => OptimizerSpec;
  readonly lossFactor?: number;
  readonly shareFirstBatch?: boolean;
  readonly leak?: boolean;
  readonly staysOpen?: boolean;
}

const refuse = (code: 'INVALID_ARGUMENT' | 'UNSUPPORTED'): never => {
  throw new MeanfieldError({ code, expected: 'something else', found: 'this', remedy: 'change it' });
};

function openReference(spec: EnsembleSpec, defects: Defects): Ensemble {
  if (!['mse', 'softmax-cross-entropy'].includes(spec.loss)) refuse('UNSUPPORTED');
  if (!['sgd', 'adam'].includes(spec.optimizer.name)) refuse('UNSUPPORTED');
  const layers = spec.network.sizes.length - 1;
  if (spec.initial.length === 0 || spec.initial.some((each) => each.length !== layers))
    refuse('INVALID_ARGUMENT');
  const trainers = spec.initial.map((initial) => {
    const copies = initial.map((layer) => ({
      ...layer,
      weights: Float64Array.from(layer.weights),
      bias: Float64Array.from(layer.bias),
    }));
    const { activation, activateOutput } = spec.network;
    const optimizer = defects.changeOptimizer?.(spec.optimizer) ?? spec.optimizer;
    return new ReferenceTrainer({ layers: copies, activation, activateOutput }, optimizer);
  });
  let open = true;
  let buffers = 0;
  const at = (network: number): ReferenceTrainer =>
    (open ? trainers[network] : undefined) ?? refuse('INVALID_ARGUMENT');
  return {
    networks: trainers.length,
    step: async (batches) => {
      if (!open || batches.length !== trainers.length) refuse('INVALID_ARGUMENT');
      if (defects.leak === true) buffers++;
      return Float64Array.from(trainers, (trainer, network) =>
        trainer.step(batches[defects.shareFirstBatch === true ? 0 : network]!),
      );
    },
    evaluate: async (examples) =>
      trainers.map((_, network) => {
        const { loss, ...rest } = referenceEvaluate(at(network).network, examples);
        return { loss: loss * (defects.lossFactor ?? 1), ...rest };
      }),
    forward: async (network, inputs, count) => {
      if (inputs.length !== count * spec.network.sizes[0]!) refuse('INVALID_ARGUMENT');
      const { preActivations } = referenceForward(at(network).network, inputs, count);
      return preActivations.map((h) => Float32Array.from(h));
    },
    gradients: async (network, batch) => referenceGradients(at(network).network, batch).gradients,
    parameters: async (network) =>
      at(network).network.layers.map((layer) => ({
        ...layer,
        weights: Float32Array.from(layer.weights),
        bias: Float32Array.from(layer.bias),
      })),
    liveBuffers: () => buffers,
    close: async () => {
      open = defects.staysOpen === true;
    },
  };
}

const definitionOf = (defects: Defects): PluginDefinition<'backend', Record<string, never>> =>
  definePlugin({
    kind: 'backend',
    name: 'reference',
    package: '@meanfield/testing',
    version: '0.1.0',
    summary: 'float64 in plain TypeScript',
    options: z.strictObject({}),
    optionDocs: {},
    references: [cite(kingma2015)],
    create: (): Backend => ({
      name: 'reference',
      capabilities: {
        activations: 'any',
        losses: ['mse', 'softmax-cross-entropy'],
        optimizers: ['sgd', 'adam'],
        dtype: 'float64',
        threads: 1,
        device: 'cpu',
        tolerance: 1e-6,
      },
      availability: async () => ({ available: true, versions: { node: process.version } }),
      open: async (spec) => openReference(spec, defects),
    }),
  });

const checksOf = (defects: Defects) =>
  backendChecks(definitionOf(defects), {
    packageFile: new URL('../package.json', import.meta.url),
    activations: [relu],
  });

registerChecks('a right backend', checksOf({}));

describe('the contract of backends', () => {
  const broken: readonly (readonly [string, Defects, RegExp])[] = [
    [
      'Adam whose ε is scaled by the bias correction',
      {
        changeOptimizer: (spec) =>
          spec.name === 'adam' ? { ...spec, epsilon: spec.epsilon * Math.sqrt(1 - spec.beta2) } : spec,
      },
      /Adam with a large epsilon/,
    ],
    [
      'no momentum',
      { changeOptimizer: (spec) => (spec.name === 'sgd' ? { ...spec, momentum: 0 } : spec) },
      /SGD with momentum/,
    ],
    ['a loss that is a little off', { lossFactor: 1.0001 }, /forward, loss, gradients/],
    ['one batch for all networks', { shareFirstBatch: true }, /side by side/],
    ['a leak', { leak: true }, /buffers/],
    ['a close that does not close', { staysOpen: true }, /once closed/],
  ];
  it.each(broken)('fails for %s', async (_name, defects, expected) => {
    const failed = await failingChecks(checksOf(defects));
    expect(failed.length).toBeGreaterThan(0);
    for (const name of failed) expect(name).toMatch(expected);
  });
});
