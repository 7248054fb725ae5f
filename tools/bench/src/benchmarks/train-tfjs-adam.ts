/** Training steps a second on engines of TensorFlow.js: this project's backends against its own training. */

import tfjs from '@meanfield/backend-tfjs';
import tfjsNode from '@meanfield/backend-tfjs-node';
import type { Backend } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { sampleNetworks } from '@meanfield/training';
import { availableParallelism } from 'node:os';

import type { Benchmark, Contest, Measure } from '../benchmark.js';
import { naiveTrainer } from '../naive/tfjs-autodiff.js';
import { deepAdam, rateOf } from './dense-training.js';

const WIDTH = 100;

interface Engine {
  /** Name of the engine in TensorFlow.js */
  readonly engine: string;
  readonly backend: Backend;
  /** The same without further threads or processes */
  readonly alone: Backend;
  /** Trained in one run of the subject */
  readonly networks: number;
}

function normals(path: string): Float32Array {
  const values = new Float32Array(deepAdam.batchSize * WIDTH);
  createStream(1, `bench/train-tfjs-adam/${path}`).fillNormal(values, 1);
  return values;
}

/** Steps a second of training as TensorFlow.js does it by itself */
async function naiveRate(engine: string): Promise<Measure> {
  const tf = await import('@tensorflow/tfjs-core');
  await tf.setBackend(engine);
  const stream = createStream(1, 'bench/train-tfjs-adam');
  const [network] = sampleNetworks(he.create(), deepAdam.sizes, 1, stream);
  const weights = network?.map((layer) => Float32Array.from(layer.weights)) ?? [];
  const step = naiveTrainer(tf, WIDTH, weights, normals('inputs'), normals('targets'));
  return () => {
    const start = performance.now();
    step();
    return 1000 / (performance.now() - start);
  };
}

async function contestOf({ engine, backend, alone, networks }: Engine): Promise<Contest> {
  const subject = await rateOf(backend, deepAdam, networks);
  const within = await rateOf(alone, deepAdam, networks);
  return {
    subject,
    baselines: [
      { name: 'in the calling thread alone', measure: within, runs: 3 },
      {
        name: 'TensorFlow.js, automatic gradient, same engine',
        measure: await naiveRate(engine),
        runs: 3,
      },
    ],
  };
}

const WORK = '10 layers of 100, mean squared error, batch 1000, Adam';
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
