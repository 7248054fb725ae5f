/** Training steps a second on engines of TensorFlow.js: this project's backends against its own training. */

import relu from '@meanfield/activation-relu';
import tfjs from '@meanfield/backend-tfjs';
import tfjsNode from '@meanfield/backend-tfjs-node';
import type { Backend, Examples, NetworkParameters } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { parseOptimizer, sampleNetworks } from '@meanfield/training';
import { availableParallelism } from 'node:os';

import type { Benchmark, Contest, Measure } from '../benchmark.js';
import { naiveTrainer } from '../naive/tfjs-autodiff.js';

const LAYERS = 10;
const WIDTH = 100;
const BATCH = 1000;

interface Engine {
  /** Name of the engine in TensorFlow.js */
  readonly engine: string;
  readonly backend: Backend;
  /** The same without further threads or processes */
  readonly alone: Backend;
  /** Networks stepped in one run of the subject */
  readonly networks: number;
}

function normals(path: string): Float32Array {
  const values = new Float32Array(BATCH * WIDTH);
  createStream(1, `bench/train-tfjs-adam/${path}`).fillNormal(values, 1);
  return values;
}

/** Networks stepped a second. */
const rateOf =
  (networks: number, work: () => unknown): Measure =>
  async () => {
    const start = performance.now();
    await work();
    return (networks * 1000) / (performance.now() - start);
  };

async function subjectOf(
  backend: Backend,
  initial: readonly NetworkParameters[],
  batch: Examples,
): Promise<Measure> {
  const ensemble = await backend.open({
    network: {
      sizes: Array.from({ length: LAYERS + 1 }, () => WIDTH),
      activation: relu.create(),
      activateOutput: false,
    },
    loss: 'mse',
    optimizer: parseOptimizer('adam'),
    initial,
  });
  const batches = initial.map(() => batch);
  return rateOf(initial.length, () => ensemble.step(batches));
}

async function contestOf({ engine, backend, alone, networks }: Engine): Promise<Contest> {
  const sizes = Array.from({ length: LAYERS + 1 }, () => WIDTH);
  const initial = sampleNetworks(he.create(), sizes, networks, createStream(1, 'bench/train-tfjs-adam'));
  const inputs = normals('inputs');
  const targets = normals('targets');
  const batch: Examples = { count: BATCH, inputs, targets: { kind: 'values', values: targets } };
  const subject = await subjectOf(backend, initial, batch);
  const within = await subjectOf(alone, initial, batch);
  const tf = await import('@tensorflow/tfjs-core');
  await tf.setBackend(engine);
  const weights = initial[0]?.map((layer) => Float32Array.from(layer.weights)) ?? [];
  const step = naiveTrainer(tf, WIDTH, weights, inputs, targets);
  return {
    subject,
    baselines: [
      { name: 'in the calling thread alone', measure: within },
      { name: 'TensorFlow.js, automatic gradient, same engine', measure: rateOf(1, step), runs: 3 },
    ],
  };
}

const WORK = `${LAYERS} layers of ${WIDTH}, mean squared error, batch ${BATCH}, Adam`;
const COMMON = { unit: 'network-steps/s', better: 'higher', runs: 7 } as const;

export const trainTfjsAdam: Benchmark = {
  ...COMMON,
  name: 'train-tfjs-adam',
  summary: `${WORK}, wasm engine, 4 networks on all cores`,
  prepare: () =>
    contestOf({
      engine: 'wasm',
      backend: tfjs.create({ threads: availableParallelism() }),
      alone: tfjs.create(),
      networks: 4,
    }),
};

/** Needs tfjs-node, installed or in the folder that MEANFIELD_TFJS_NODE names. */
export const trainTfjsNodeAdam: Benchmark = {
  ...COMMON,
  name: 'train-tfjs-node-adam',
  summary: `${WORK}, libtensorflow, 8 networks batched in a process for each core`,
  prepare() {
    const module = process.env['MEANFIELD_TFJS_NODE'];
    const options = module === undefined ? {} : { module };
    return contestOf({
      engine: 'tensorflow',
      backend: tfjsNode.create({ ...options, processes: availableParallelism() }),
      alone: tfjsNode.create(options),
      networks: 8,
    });
  },
};
