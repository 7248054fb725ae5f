/** Wide networks without their weights: a million units a layer, and as many inputs as half the width. */

import relu from '@meanfield/activation-relu';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import type { Initializer } from '@meanfield/core';
import { scalingFigure } from '@meanfield/figures';
import { createStream } from '@meanfield/numerics';
import { perceptron, simulate, type Method } from '@meanfield/simulation';

import { milliseconds, type Benchmark, type Measure } from '../benchmark.js';

interface Size {
  readonly width: number;
  readonly depth: number;
  readonly inputs: number;
}

const seconds =
  (initializer: Initializer, { width, depth, inputs }: Size, method: Method): Measure =>
  async () => {
    const request = {
      network: perceptron({ activation: relu.create(), initializer, depth }),
      width,
      inputs: { count: inputs },
      networks: 1,
      stream: createStream(1, 'bench/wide'),
      method,
    };
    return (await milliseconds(() => void simulate(request))()) / 1e3;
  };

const MILLION: Size = { width: 1_000_000, depth: 32, inputs: 16 };

export const simulateMillion: Benchmark = {
  name: 'simulate-million',
  summary:
    'one ReLU network of 1,000,000 units a layer, 32 layers, 16 inputs, float64, He weights never formed',
  unit: 's',
  better: 'lower',
  runs: 1,
  prepare: () => ({
    subject: seconds(he.create(), MILLION, 'gram'),
    baselines: [{ name: 'the same with RAAI', measure: seconds(raai.create(), MILLION, 'gram'), runs: 1 }],
  }),
};

export const simulateMillionMemory: Benchmark = {
  name: 'simulate-million-memory',
  summary: 'largest memory of a process that simulates that network (its weights would take 8 TB)',
  unit: 'MiB',
  better: 'lower',
  runs: 1,
  prepare() {
    const run = seconds(he.create(), { ...MILLION, depth: 2 }, 'gram');
    return {
      async subject() {
        await run();
        return process.resourceUsage().maxRSS / 1024;
      },
      baselines: [],
    };
  },
};

const WIDE_BATCH: Size = { width: 2048, depth: 2, inputs: 1024 };

export const simulateWideBatch: Benchmark = {
  name: 'simulate-wide-batch',
  summary: 'two layers of a ReLU network of 2048 units, 1024 inputs, He weights never formed',
  unit: 's',
  better: 'lower',
  runs: 3,
  prepare: () => ({
    subject: seconds(he.create(), WIDE_BATCH, 'gram'),
    baselines: [
      { name: 'weights formed', measure: seconds(he.create(), WIDE_BATCH, 'weights') },
      { name: 'RAAI, weights never formed', measure: seconds(raai.create(), WIDE_BATCH, 'gram') },
      { name: 'RAAI, weights formed', measure: seconds(raai.create(), WIDE_BATCH, 'weights') },
    ],
  }),
};

interface Growth {
  readonly widths: readonly number[];
  readonly seconds: readonly number[];
}

/** Times at powers of two */
async function growth(method: Method, from: number, to: number): Promise<Growth> {
  const widths = Array.from({ length: to - from + 1 }, (_, step) => 2 ** (from + step));
  const times: number[] = [];
  for (const width of widths) {
    const measure = seconds(he.create(), { width, depth: 2, inputs: 16 }, method);
    // The quickest of three: a busy moment only ever adds time.
    let best = Infinity;
    for (let round = 0; round < 3; round++) best = Math.min(best, await measure());
    times.push(best);
  }
  return { widths, seconds: times };
}

/** Of the time's growth with the width, by least squares on the logarithms */
function exponentOf({ widths, seconds: times }: Growth): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [x, y] = [widths.map(Math.log2), times.map(Math.log2)];
  const [middle, height] = [mean(x), mean(y)];
  const slope = mean(x.map((each, at) => (each - middle) * ((y[at] ?? 0) - height)));
  return slope / mean(x.map((each) => (each - middle) ** 2));
}

export const simulateSlope: Benchmark = {
  name: 'simulate-slope',
  summary: 'd log(time)/d log(width) of a ReLU network, 16 inputs: widths 2^10 to 2^20 without weights',
  unit: 'exponent',
  better: 'lower',
  runs: 3,
  prepare() {
    const latest = new Map<Method, Growth>();
    const exponent = (method: Method, from: number, to: number) => async (): Promise<number> => {
      const measured = await growth(method, from, to);
      latest.set(method, measured);
      return exponentOf(measured);
    };
    return {
      subject: exponent('gram', 10, 20),
      baselines: [{ name: 'weights formed, 2^9 to 2^13', measure: exponent('weights', 9, 13), runs: 3 }],
      figure: () =>
        scalingFigure({
          title: 'Two layers, 16 inputs, one core',
          xLabel: 'width $N$',
          yLabel: 'seconds',
          series: Array.from(latest, ([method, measured]) => ({
            label: `${method === 'gram' ? 'without weights' : 'weights formed'}, $N$ to the ${exponentOf(measured).toFixed(2)}`,
            x: measured.widths,
            y: measured.seconds,
          })),
        }),
    };
  },
};
