/**
 * A long training of small networks, and what it does to the memory of the process.
 *
 * Everything takes part that a training of days has: shuffled batches in chunks on the default backend, its threads, points of a
 * curve, states written to a checkpoint.
 */

import relu from '@meanfield/activation-relu';
import simd from '@meanfield/backend-simd';
import type { CheckpointStore, Examples, StoredState, Task } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { parseOptimizer, train } from '@meanfield/training';

import { median } from './measure.js';

const INPUTS = 5;
const HIDDEN = [16, 16];
const OUTPUTS = 2;
const BATCH = 20;
const BATCHES = 10;
const NETWORKS = 2;
const POINTS = 1000;
/** Samples of memory, evenly over the steps */
const SAMPLES = 1000;
/** Of the samples: start-up, in which code is compiled and pools fill */
const WARM_UP = 0.1;

type Extremes = readonly [least: number, most: number];

export interface Soak {
  readonly steps: number;
  readonly networks: number;
  readonly seconds: number;
  /** Medians of resident memory, MiB, over each tenth of the steps */
  readonly residentMiB: readonly number[];
  /** Of the second tenth, the first after warm-up */
  readonly baselineMiB: number;
  /** Least and most of single samples, MiB: of all, and of those after warm-up */
  readonly extremesMiB: { readonly all: Extremes; readonly warm: Extremes };
  /** How far samples after warm-up are above and below the baseline at most: 0.01 is 1 % of it */
  readonly growth: number;
  readonly fall: number;
  /** Buffers alive in the backend before the first step and after the last */
  readonly liveBuffers: { readonly start: number; readonly end: number };
  readonly checkpoints: number;
}

function examplesOf(count: number, path: string): Examples {
  const stream = createStream(1, `soak/${path}`);
  const [inputs, values] = [new Float32Array(count * INPUTS), new Float32Array(count * OUTPUTS)];
  stream.fillNormal(inputs, 1);
  stream.fillNormal(values, 1);
  return { count, inputs, targets: { kind: 'values', values } };
}

const data = { train: examplesOf(BATCH * BATCHES, 'train'), validation: examplesOf(100, 'validation') };
const task: Task = {
  name: 'noise',
  inputSize: INPUTS,
  outputSize: OUTPUTS,
  loss: 'mse',
  metric: 'none',
  defaults: { batchSize: BATCH, hiddenWidths: HIDDEN },
  remarks: [],
  load: () => Promise.resolve(data),
};

/** In place of a file: what a training hands over is the same. */
class KeptState implements CheckpointStore {
  readonly everySeconds = 1;
  written = 0;
  read(): Promise<StoredState> {
    return Promise.resolve({ state: null });
  }
  write(chunks: readonly Uint8Array[]): Promise<void> {
    this.written += chunks.length > 0 ? 1 : 0;
    return Promise.resolve();
  }
}

/** Medians over each tenth of the samples. */
const tenthsOf = (samples: readonly number[]): number[] =>
  Array.from({ length: 10 }, (_, tenth) => {
    const [from, to] = [tenth, tenth + 1].map((end) => Math.floor((end * samples.length) / 10));
    return median(samples.slice(from, to));
  });

const extremesOf = (samples: readonly number[]): Extremes => [Math.min(...samples), Math.max(...samples)];

/** @param note told now and then how far it is */
export async function soak(steps: number, note: (line: string) => void): Promise<Soak> {
  const resident: number[] = [];
  const checkpoint = new KeptState();
  const start = performance.now();
  const { liveBuffers } = await train({
    task,
    data,
    activation: relu.create(),
    initializer: he.create(),
    backend: simd.create({ threads: NETWORKS }),
    optimizer: parseOptimizer('adam'),
    networks: NETWORKS,
    steps,
    evaluateEvery: Math.ceil(steps / POINTS),
    stream: createStream(1, 'soak'),
    checkpoint,
    report: ({ completed, total, detail }) => {
      const due = Math.floor((SAMPLES * completed) / total);
      while (resident.length < due) resident.push(process.memoryUsage.rss() / 2 ** 20);
      if (resident.length % (SAMPLES / 10) === 0)
        note(`${Math.round((100 * completed) / total)} %, ${detail ?? ''}`);
    },
  });
  const tenths = tenthsOf(resident);
  const baseline = tenths[1]!;
  const warm = extremesOf(resident.slice(WARM_UP * SAMPLES));
  return {
    steps,
    networks: NETWORKS,
    seconds: (performance.now() - start) / 1000,
    residentMiB: tenths,
    baselineMiB: baseline,
    extremesMiB: { all: extremesOf(resident), warm },
    growth: warm[1] / baseline - 1,
    fall: 1 - warm[0] / baseline,
    liveBuffers,
    checkpoints: checkpoint.written,
  };
}
