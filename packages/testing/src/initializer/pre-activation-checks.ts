/** `samplePreActivations` against the product of signals with sampled weights: both must have one law. */

import type { Initializer, LayerBatch, RandomStream } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { expect } from 'vitest';

import type { Check } from '../check.js';
import { estimateMean, STANDARD_ERRORS } from '../confidence.js';
import type { SamplingOptions } from './sampling-checks.js';

type Sampler = (batch: LayerBatch, stream: RandomStream) => void;
type Shape = Pick<LayerBatch, 'fanIn' | 'fanOut' | 'inputs'>;

interface Comparison extends Shape {
  readonly name: string;
  /** Layers drawn either way */
  readonly layers: number;
  /** Whether the last signal is a combination of the others */
  readonly dependent: boolean;
}

const INPUTS = 3;
/** Square for what makes units depend on each other; wide for many units: it sees 5 % in a variance. */
const COMPARISONS: readonly Comparison[] = [
  { name: 'in a square layer', fanIn: 24, fanOut: 24, inputs: INPUTS, layers: 250, dependent: false },
  { name: 'of dependent signals', fanIn: 24, fanOut: 10, inputs: INPUTS, layers: 250, dependent: true },
  { name: 'in a wide layer', fanIn: 7, fanOut: 150, inputs: INPUTS, layers: 250, dependent: false },
];
const EDGE_SHAPES: readonly Shape[] = [
  { fanIn: 1, fanOut: 1, inputs: 1 },
  { fanIn: 2, fanOut: 3, inputs: 5 },
  { fanIn: 60, fanOut: 1, inputs: 2 },
];

/** Signals [fanIn, inputs] of mean ½, as behind an activation with a mean. */
function signalsOf({ fanIn, inputs }: Shape, dependent: boolean, stream: RandomStream): Float64Array {
  const signals = Float64Array.from({ length: fanIn * inputs }, () => 0.5 + stream.normal());
  if (dependent) {
    for (let at = 0; at < signals.length; at += inputs) signals[at + 2] = signals[at]! - 2 * signals[at + 1]!;
  }
  return signals;
}

/** Pre-activations by `sampler`, which may use its copy of the signals up; they held NaN before. */
function drawnBy(sampler: Sampler, shape: Shape, signals: Float64Array, stream: RandomStream): Float64Array {
  const preActivations = new Float64Array(shape.fanOut * shape.inputs).fill(NaN);
  sampler({ ...shape, signals: signals.slice(), preActivations }, stream);
  return preActivations;
}

/** h = Wᵀ s + b with sampled W and b */
const byWeights =
  (initializer: Initializer): Sampler =>
  ({ fanIn, fanOut, inputs, signals, preActivations }, stream) => {
    const weights = new Float64Array(fanIn * fanOut);
    const bias = new Float64Array(fanOut);
    initializer.sample({ fanIn, fanOut, weights, bias }, stream);
    for (let unit = 0; unit < fanOut; unit++) {
      for (let input = 0; input < inputs; input++) {
        let sum = bias[unit]!;
        for (let i = 0; i < fanIn; i++) sum += weights[i * fanOut + unit]! * signals[i * inputs + input]!;
        preActivations[unit * inputs + input] = sum;
      }
    }
  };

/** What is compared: functions of the three pre-activations of a unit */
const STATISTICS: Readonly<Record<string, (a: number, b: number, c: number) => number>> = {
  'E h_0': (a) => a,
  'E h_1': (_, b) => b,
  'E h_2': (_a, _b, c) => c,
  'E h_0²': (a) => a * a,
  'E h_1²': (_, b) => b * b,
  'E h_2²': (_a, _b, c) => c * c,
  'E h_0 h_1': (a, b) => a * b,
  'E h_0 h_2': (a, _, c) => a * c,
  'E h_1 h_2': (_, b, c) => b * c,
  'E h_0⁴': (a) => a ** 4,
  'E h_2⁴': (_a, _b, c) => c ** 4,
  'E h_0² h_1²': (a, b) => (a * b) ** 2,
  'P(h_0 ≤ 0)': (a) => (a <= 0 ? 1 : 0),
  'P(h_2 ≤ 0)': (_a, _b, c) => (c <= 0 ? 1 : 0),
  'P(h_0 ≤ 0, h_1 ≤ 0)': (a, b) => (a <= 0 && b <= 0 ? 1 : 0),
};

/** The mean over the units of a layer */
function unitMean(h: Float64Array, statistic: (a: number, b: number, c: number) => number): number {
  let sum = 0;
  for (let at = 0; at < h.length; at += INPUTS) sum += statistic(h[at]!, h[at + 1]!, h[at + 2]!);
  return (sum * INPUTS) / h.length;
}

/** Fails unless two lists of independent values, of size 1, may have one mean. */
function expectSameMean(one: readonly number[], other: readonly number[], where: string): void {
  const [a, b] = [estimateMean(one), estimateMean(other)];
  const interval = STANDARD_ERRORS * Math.hypot(a.standardError, b.standardError);
  expect(
    Math.abs(a.mean - b.mean) <= interval + 1e-12,
    `${where}: ${a.mean} ± ${a.standardError} without weights, ${b.mean} ± ${b.standardError} with them`,
  ).toBe(true);
}

/** Layers as their pre-activations, in units of the root mean square of all */
type Sample = readonly Float64Array[];

function inCommonUnits(samples: readonly Sample[]): readonly Sample[] {
  let square = 0;
  let count = 0;
  for (const h of samples.flat()) {
    for (const value of h) square += value * value;
    count += h.length;
  }
  const unit = square > 0 ? Math.sqrt(square / count) : 1;
  return samples.map((sample) => sample.map((h) => h.map((value) => value / unit)));
}

function compare(initializer: Initializer, sampler: Sampler, comparison: Comparison, seed: number): void {
  const stream = createStream(seed, 'pre-activations');
  const signals = signalsOf(comparison, comparison.dependent, stream.child('signals'));
  const [without = [], withWeights = []] = inCommonUnits(
    [sampler, byWeights(initializer)].map((draw, way) =>
      Array.from({ length: comparison.layers }, (_, layer) =>
        drawnBy(draw, comparison, signals, stream.child(way).child(layer)),
      ),
    ),
  );
  for (const [name, statistic] of Object.entries(STATISTICS)) {
    const values = (sample: Sample): number[] => sample.map((h) => unitMean(h, statistic));
    expectSameMean(values(without), values(withWeights), name);
  }
  // How a layer's own mean square varies shows whether its units depend on each other.
  const squares = (sample: Sample): number[] => sample.map((h) => unitMean(h, (a) => a * a));
  const centre = estimateMean([...squares(without), ...squares(withWeights)]).mean;
  const deviations = (sample: Sample): number[] => squares(sample).map((square) => Math.abs(square - centre));
  expectSameMean(deviations(without), deviations(withWeights), 'E |Σ h_0²/N − E h_0²|');
}

/** No checks where the initializer has no `samplePreActivations`. */
export function preActivationChecks(
  initializer: Initializer,
  { seed, random }: SamplingOptions,
): readonly Check[] {
  if (initializer.samplePreActivations === undefined) return [];
  const sampler: Sampler = (batch, stream) => initializer.samplePreActivations?.(batch, stream);
  const shape = { fanIn: 24, fanOut: 18, inputs: INPUTS };
  const signals = signalsOf(shape, false, createStream(seed, 'pre-activations/fixed'));
  const draw = (path: string, from = seed): Float64Array =>
    drawnBy(sampler, shape, signals, createStream(from, path));
  const equalEntries = (one: Float64Array, other: Float64Array): number =>
    one.filter((value, index) => value === other[index]).length;

  return [
    {
      name: 'overwrites every pre-activation with a finite number, at every shape',
      run() {
        for (const edge of EDGE_SHAPES) {
          const some = signalsOf(edge, false, createStream(seed, 'pre-activations/edge'));
          for (const values of [some, new Float64Array(some.length)]) {
            const drawn = drawnBy(sampler, edge, values, createStream(seed, 'edge'));
            expect(drawn.every(Number.isFinite), JSON.stringify(edge)).toBe(true);
          }
        }
      },
    },
    {
      name: 'has pre-activations that are fixed by seed and path and differ from layer to layer',
      run() {
        expect(draw('layer/1')).toEqual(draw('layer/1'));
        if (!random) return;
        expect(equalEntries(draw('layer/1'), draw('layer/2')), 'of two layers').toBeLessThan(3);
        expect(equalEntries(draw('layer/1'), draw('layer/1', seed + 1)), 'of two seeds').toBeLessThan(3);
      },
    },
    ...COMPARISONS.map((comparison) => ({
      name: `has pre-activations of the law that sampled weights give, ${comparison.name}`,
      run: () => compare(initializer, sampler, comparison, seed),
    })),
  ];
}
