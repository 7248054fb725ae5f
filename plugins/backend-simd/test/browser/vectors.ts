/** What the engine computes from fixed seeds, in numbers and hashes that can be told from one runtime to another. */

import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import silu from '@meanfield/activation-silu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, Backend, EnsembleSpec, Loss, OptimizerSpec } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

import { ADAM, drawExamples, specOf } from '../problem.js';

const ACTIVATIONS: readonly (readonly [string, Activation])[] = [
  ['relu', relu.create()],
  ['linear', linear.create()],
  ['leaky relu of slope −0.5', leakyRelu.create({ negativeSlope: -0.5 })],
  ['tanh', tanh.create()],
  ['erf', erf.create()],
  ['gelu', gelu.create()],
  ['gelu by tanh', gelu.create({ form: 'tanh' })],
  ['silu', silu.create()],
];
const LOSSES: readonly Loss[] = ['mse', 'softmax-cross-entropy'];
const OPTIMIZERS: readonly OptimizerSpec[] = [ADAM, { name: 'sgd', learningRate: 0.01, momentum: 0.9 }];
const SIZES = [13, 52, 17, 4];
const NETWORKS = 3;
const BATCH = 130;
const STEPS = 6;

export interface Vector {
  readonly name: string;
  /** Of each network, step by step */
  readonly losses: readonly (readonly number[])[];
  /** Of the trained networks on all examples */
  readonly evaluations: readonly { readonly loss: number; readonly accuracy?: number }[];
  /** SHA-256 of each network's snapshot: parameters and moments, to the bit */
  readonly snapshots: readonly string[];
  /** Memories that are held: one a thread, and the training set that threads share */
  readonly buffers: number;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function vectorOf(backend: Backend, name: string, spec: EnsembleSpec): Promise<Vector> {
  const ensemble = await backend.open(spec);
  const examples = drawExamples(spec.network.sizes, spec.loss, 3 * BATCH);
  const rows = Array.from({ length: NETWORKS }, (_, network) => {
    const stream = createStream(1, `rows/${network}`);
    return Uint32Array.from({ length: BATCH * STEPS }, () => stream.integer(examples.count));
  });
  const losses = await ensemble.steps!({ examples, batchSize: BATCH, rows });
  const evaluations = await ensemble.evaluate(examples);
  const snapshots = [];
  for (let network = 0; network < NETWORKS; network++) {
    snapshots.push(await sha256(await ensemble.snapshot(network)));
  }
  const buffers = ensemble.liveBuffers();
  await ensemble.close();
  return { name, losses: losses.map((own) => [...own]), evaluations, snapshots, buffers };
}

/** Every activation with every loss, and the optimisers in turn. */
export async function vectorsOf(backend: Backend): Promise<Vector[]> {
  const found: Vector[] = [];
  for (const [index, [activation, kernel]] of ACTIVATIONS.entries()) {
    for (const [turn, loss] of LOSSES.entries()) {
      const optimizer = OPTIMIZERS[(index + turn) % OPTIMIZERS.length]!;
      const spec = { ...specOf(SIZES, kernel, loss, NETWORKS), optimizer };
      found.push(await vectorOf(backend, `${activation}, ${loss}, ${optimizer.name}`, spec));
    }
  }
  return found;
}
