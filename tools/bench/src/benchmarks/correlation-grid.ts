/**
 * The correlation map of a layer iterated 100 layers on a plane of (σ_w², σ_b²), 200 × 200 points, lengths on their way
 * too, from q = 1 and c = 0.5, by one call for every activation. Tables are made anew in every run.
 *
 * Before it is timed, the same call is compared with single steps of the direct map at points of the plane.
 */

import erf from '@meanfield/activation-erf';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { MeanfieldError, type Activation, type SignalPair, type SignalPairs } from '@meanfield/core';
import gaussian from '@meanfield/mean-field-gaussian';
import { propagateMany } from '@meanfield/theory';

import type { Baseline, Benchmark, Measure } from '../benchmark.js';
import { pythonBaselines } from '../python.js';
import { plane } from './plane.js';

/** Points a side */
const SIZE = 200;
const NAIVE_SIZE = 20;
const DEPTH = 100;
const START: SignalPair = { q1: 1, q2: 1, gap: 0.5 };

/** Pairs at the start, one at each point of a plane: row after row */
function pairsOf(xs: readonly number[], ys: readonly number[]): SignalPairs {
  const points = xs.length * ys.length;
  return {
    weightVariances: Float64Array.from({ length: points }, (_, i) => xs[i % xs.length]!),
    biasVariances: Float64Array.from({ length: points }, (_, i) => ys[Math.floor(i / xs.length)]!),
    lengths: new Float64Array(points).fill(START.q1),
    gaps: new Float64Array(points).fill(START.gap),
  };
}

type Follow = (activation: Activation, pairs: SignalPairs) => Float64Array;

/** Gaps of the last layer; the model, and its tables, made anew */
const quick: Follow = (activation, pairs) => propagateMany(gaussian.create(), activation, pairs, DEPTH).gaps;

const stepByStep: Follow = (activation, { weightVariances, biasVariances, lengths, gaps }) => {
  const model = gaussian.create();
  return gaps.map((gap, i) => {
    const map = model.map(activation, {
      law: 'gaussian-rows',
      weightVariance: weightVariances[i]!,
      biasVariance: biasVariances[i]!,
      correlationStrength: 0,
    });
    let state = map.start({ q1: lengths[i]!, q2: lengths[i]!, gap });
    for (let layer = 0; layer < DEPTH; layer++) state = map.step(state);
    return map.observe(state).gap;
  });
};

/** Seconds for the plane */
function seconds(activation: Activation, size: number, follow: Follow): Measure {
  const { xs, ys } = plane(size);
  const pairs = pairsOf(xs, ys);
  return () => {
    const start = performance.now();
    follow(activation, pairs);
    return (performance.now() - start) / 1e3;
  };
}

/** @throws MeanfieldError INTERNAL where quick and single steps differ by more than `allowed` of the gap */
function check(activation: Activation, allowed: number): void {
  const { xs, ys } = plane(5);
  const pairs = pairsOf(xs, ys);
  const [found, expected] = [quick(activation, pairs), stepByStep(activation, pairs)];
  for (const [i, gap] of found.entries()) {
    const error = Math.abs(gap / expected[i]! - 1);
    if (error <= allowed) continue;
    throw new MeanfieldError({
      code: 'INTERNAL',
      expected: `gaps of ${activation.name} after ${DEPTH} layers within ${allowed}`,
      found: `${error} at σ_w² = ${pairs.weightVariances[i]}, σ_b² = ${pairs.biasVariances[i]}`,
      remedy: 'repair the map before timing it',
    });
  }
}

interface Grid {
  readonly activation: Activation;
  /** Relative error of the gap that is allowed after 100 layers */
  readonly allowed: number;
  readonly runs: number;
  readonly others: () => readonly Baseline[];
}

const correlationGrid = ({ activation, allowed, runs, others }: Grid): Benchmark => ({
  name: `correlation-grid-${activation.name}`,
  summary: `correlation map of ${activation.name}, ${SIZE} × ${SIZE} points of (σ_w², σ_b²), ${DEPTH} layers`,
  unit: 's',
  better: 'lower',
  runs,
  prepare() {
    check(activation, allowed);
    return {
      subject: seconds(activation, SIZE, quick),
      baselines: [
        {
          name: `step by step on the direct map, ${NAIVE_SIZE} × ${NAIVE_SIZE} points`,
          measure: seconds(activation, NAIVE_SIZE, stepByStep),
          runs: 3,
        },
        ...others(),
      ],
    };
  },
});

/** The plane as arrays of numpy: `w` and `b` */
const NUMPY_PLANE = [
  'import numpy',
  `def plane(n): return numpy.meshgrid(0.5 + 3.5 * (numpy.arange(n) + 0.5) / n, (numpy.arange(n) + 0.5) / n)`,
];

const numpyBaseline = (
  size: number,
  runs: number,
  layer: readonly string[],
  more = '',
): readonly Baseline[] =>
  pythonBaselines([
    {
      name: `numpy, ${size} × ${size} points${more}`,
      module: 'numpy',
      setup: [
        ...NUMPY_PLANE,
        `w, b = plane(${size})`,
        'def work():',
        `    q, c = numpy.ones_like(w), numpy.full_like(w, ${1 - START.gap})`,
        `    for _ in range(${DEPTH}):`,
        ...layer.map((line) => `        ${line}`),
      ].join('\n'),
      statement: 'work()',
      value: 'seconds',
      runs,
    },
  ]);

export const correlationGridRelu: Benchmark = correlationGrid({
  activation: relu.create(),
  allowed: 1e-12,
  runs: 7,
  others: () =>
    numpyBaseline(SIZE, 3, [
      'p = w * q / 2 + b',
      't = numpy.arccos(numpy.clip(c, -1, 1))',
      'c = (w * q * (numpy.sin(t) + (numpy.pi - t) * c) / (2 * numpy.pi) + b) / p',
      'q = p',
    ]),
});

export const correlationGridErf: Benchmark = correlationGrid({
  activation: erf.create(),
  allowed: 1e-11,
  runs: 7,
  others: () =>
    numpyBaseline(SIZE, 3, [
      'x = 2 * q / (1 + 2 * q)',
      'p = w * 2 / numpy.pi * numpy.arcsin(x) + b',
      'c = (w * 2 / numpy.pi * numpy.arcsin(c * x) + b) / p',
      'q = p',
    ]),
});

/** What is otherwise done without closed forms: Gauss–Hermite in both variables */
const HERMITE_NODES = 40;
const NUMPY_TANH_SIZE = 20;

export const correlationGridTanh: Benchmark = correlationGrid({
  activation: tanh.create(),
  allowed: 1e-9,
  runs: 7,
  others: () =>
    numpyBaseline(
      NUMPY_TANH_SIZE,
      1,
      [
        `x, g = numpy.polynomial.hermite_e.hermegauss(${HERMITE_NODES})`,
        'g = g / g.sum()',
        's = numpy.sqrt(q)[..., None]',
        'p = w * (numpy.tanh(s * x) ** 2 @ g) + b',
        'u = numpy.tanh(s * x)',
        'r = numpy.sqrt(1 - c * c)[..., None, None]',
        'v = numpy.tanh(s[..., None] * (c[..., None, None] * x[:, None] + r * x))',
        "c = (w * numpy.einsum('xyi,xyij,i,j->xy', u, v, g, g) + b) / p",
        'q = p',
      ],
      `, ${HERMITE_NODES}² Gauss–Hermite nodes`,
    ),
});
