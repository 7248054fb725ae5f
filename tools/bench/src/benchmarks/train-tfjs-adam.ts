/** Training steps a second on the wasm engine: this project's backend against TensorFlow.js' own training. */

import relu from '@meanfield/activation-relu';
import tfjs from '@meanfield/backend-tfjs';
import type { Examples, NetworkParameters } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { parseOptimizer, sampleNetworks } from '@meanfield/training';

import type { Benchmark, Measure } from '../benchmark.js';
import { naiveTrainer } from '../naive/tfjs-autodiff.js';

const LAYERS = 10;
const WIDTH = 100;
const BATCH = 1000;
/** Networks stepped in one run of the subject: R = 1 and R = 4 have the same speed a network. */
const NETWORKS = 4;

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

async function subjectOf(initial: readonly NetworkParameters[], batch: Examples): Promise<Measure> {
  const ensemble = await tfjs.create().open({
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

export const trainTfjsAdam: Benchmark = {
  name: 'train-tfjs-adam',
  summary: `${LAYERS} layers of ${WIDTH}, mean squared error, batch ${BATCH}, Adam, wasm engine, one thread`,
  unit: 'network-steps/s',
  better: 'higher',
  runs: 7,
  async prepare() {
    const sizes = Array.from({ length: LAYERS + 1 }, () => WIDTH);
    const initial = sampleNetworks(he.create(), sizes, NETWORKS, createStream(1, 'bench/train-tfjs-adam'));
    const inputs = normals('inputs');
    const targets = normals('targets');
    const subject = await subjectOf(initial, {
      count: BATCH,
      inputs,
      targets: { kind: 'values', values: targets },
    });
    const tf = await import('@tensorflow/tfjs-core');
    await tf.setBackend('wasm');
    const weights = initial[0]?.map((layer) => Float32Array.from(layer.weights)) ?? [];
    const step = naiveTrainer(tf, WIDTH, weights, inputs, targets);
    return {
      subject,
      baselines: [
        { name: 'TensorFlow.js, automatic gradient, same engine', measure: rateOf(1, step), runs: 3 },
      ],
    };
  },
};
