/** Work of training on which backends are compared, and its speed on one of them. */

import relu from '@meanfield/activation-relu';
import type { Backend, EnsembleSpec, Examples, OptimizerSpec, StepPlan } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { parseOptimizer, sampleNetworks } from '@meanfield/training';

import type { Measure } from '../benchmark.js';
import type { PythonWork } from '../python.js';

/** Dealt evenly to two or four threads */
export const NETWORKS = 4;
/** Steps of each network in one run */
const STEPS = 12;
/** Batches in the training set */
const BATCHES = 4;

export interface Work {
  /** What it is, for summaries */
  readonly summary: string;
  readonly sizes: readonly number[];
  readonly loss: 'mse' | 'softmax-cross-entropy';
  readonly batchSize: number;
  readonly optimizer: OptimizerSpec;
  /** Share of the inputs that is 0; none by default */
  readonly zeros?: number;
}

const stream = (name: string) => createStream(1, `bench/train-simd/${name}`);

function normals(name: string, count: number): Float32Array {
  const values = new Float32Array(count);
  stream(name).fillNormal(values, 1);
  return values;
}

function examplesOf({ sizes, loss, batchSize, zeros = 0 }: Work): Examples {
  const count = BATCHES * batchSize;
  const outputs = sizes.at(-1) ?? 0;
  const where = stream('zeros');
  const inputs = normals('inputs', count * (sizes[0] ?? 0));
  for (let index = 0; zeros > 0 && index < inputs.length; index++) {
    if (where.uniform() < zeros) inputs[index] = 0;
  }
  if (loss === 'mse')
    return { count, inputs, targets: { kind: 'values', values: normals('targets', count * outputs) } };
  const labels = stream('labels');
  return {
    count,
    inputs,
    targets: { kind: 'labels', labels: Int32Array.from({ length: count }, () => labels.integer(outputs)) },
  };
}

/** `STEPS` steps of each of `networks` networks, in network-steps a second */
export async function rateOf(backend: Backend, work: Work, networks: number): Promise<Measure> {
  const spec: EnsembleSpec = {
    network: { sizes: work.sizes, activation: relu.create(), activateOutput: false },
    loss: work.loss,
    optimizer: work.optimizer,
    initial: sampleNetworks(he.create(), work.sizes, networks, stream('networks')),
  };
  const ensemble = await backend.open(spec);
  const examples = examplesOf(work);
  const plan: StepPlan = {
    examples,
    batchSize: work.batchSize,
    rows: spec.initial.map((_, network) => {
      const rows = stream(`rows/${network}`);
      return Uint32Array.from({ length: STEPS * work.batchSize }, () => rows.integer(examples.count));
    }),
  };
  const first = firstBatch(work, examples);
  return async () => {
    const start = performance.now();
    if (ensemble.steps !== undefined) await ensemble.steps(plan);
    else for (let step = 0; step < STEPS; step++) await ensemble.step(spec.initial.map(() => first));
    return (networks * STEPS * 1000) / (performance.now() - start);
  };
}

function firstBatch({ sizes, batchSize }: Work, { inputs, targets }: Examples): Examples {
  return {
    count: batchSize,
    inputs: inputs.subarray(0, batchSize * (sizes[0] ?? 0)),
    targets:
      targets.kind === 'labels'
        ? { kind: 'labels', labels: targets.labels.subarray(0, batchSize) }
        : { kind: 'values', values: targets.values.subarray(0, batchSize * (sizes.at(-1) ?? 0)) },
  };
}

/** One network on all cores, as its own Adam or SGD does it */
export function torch({ sizes, loss, batchSize, optimizer }: Work): PythonWork {
  const adam = optimizer.name === 'adam';
  return {
    name: 'torch, eager, one network',
    module: 'torch',
    setup: [
      'from torch import nn',
      `sizes = ${JSON.stringify(sizes)}`,
      'layers = [m for a, b in zip(sizes, sizes[1:]) for m in (nn.Linear(a, b), nn.ReLU())][:-1]',
      'model = nn.Sequential(*layers)',
      `x = torch.randn(${batchSize}, sizes[0])`,
      loss === 'mse'
        ? `y = torch.randn(${batchSize}, sizes[-1])`
        : `y = torch.randint(sizes[-1], (${batchSize},))`,
      `loss = nn.${loss === 'mse' ? 'MSELoss' : 'CrossEntropyLoss'}()`,
      `optimizer = torch.optim.${adam ? 'Adam' : 'SGD'}(model.parameters(), lr=${optimizer.learningRate})`,
      'def train(steps):',
      '    for _ in range(steps):',
      '        optimizer.zero_grad()',
      '        loss(model(x), y).backward()',
      '        optimizer.step()',
      'train(5)',
    ].join('\n'),
    statement: 'train(50)',
    value: '50 / seconds',
    runs: 3,
  };
}

const deep = (optimizer: OptimizerSpec): Work => ({
  summary: `10 layers of 100, mean squared error, batch 1000, ${optimizer.name}, ${NETWORKS} networks on all cores`,
  sizes: new Array<number>(11).fill(100),
  loss: 'mse',
  batchSize: 1000,
  optimizer,
});

export const deepSgd: Work = deep(parseOptimizer('sgd'));
export const deepAdam: Work = deep(parseOptimizer('adam'));
export const mnistShape: Work = {
  summary: `784-100×9-10, cross-entropy, batch 600, adam, ${NETWORKS} networks on all cores`,
  sizes: [784, ...new Array<number>(9).fill(100), 10],
  loss: 'softmax-cross-entropy',
  batchSize: 600,
  optimizer: parseOptimizer('adam'),
};
/** As many zeros as in images of handwritten digits */
export const digits: Work = {
  ...mnistShape,
  summary: mnistShape.summary.replace('784-', '81 % of inputs 0, 784-'),
  zeros: 0.81,
};
