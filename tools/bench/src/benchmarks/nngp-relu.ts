/**
 * The NNGP kernel matrix of a ReLU network of 10 layers on 1000 inputs of dimension 784, float64, one core.
 *
 * Against the textbook's way in plain TypeScript on a quarter of the inputs (a sixteenth of the work), and against numpy, whose
 * matrix product uses every core that BLAS finds.
 */

import relu from '@meanfield/activation-relu';
import { nngp, perceptron } from '@meanfield/kernels';
import { createStream } from '@meanfield/numerics';

import type { Benchmark, Measure } from '../benchmark.js';
import { milliseconds } from '../benchmark.js';
import { nngpNaively } from '../naive/nngp.js';
import { pythonBaselines } from '../python.js';

const COUNT = 1000;
const DIMENSION = 784;
const DEPTH = 10;
const WEIGHT_VARIANCE = 2;
const NAIVE_COUNT = 250;

const NUMPY_SETUP = [
  'rng = numpy.random.default_rng(1)',
  `x = rng.standard_normal((${COUNT}, ${DIMENSION}))`,
  'def kernel():',
  `    k = ${WEIGHT_VARIANCE} / ${DIMENSION} * (x @ x.T)`,
  `    for layer in range(${DEPTH}):`,
  '        length = numpy.sqrt(numpy.diag(k))',
  '        length = length[:, None] * length[None, :]',
  '        c = numpy.clip(k / length, -1, 1)',
  '        t = numpy.arccos(c)',
  `        k = ${WEIGHT_VARIANCE} / (2 * numpy.pi) * length * (numpy.sin(t) + (numpy.pi - t) * c)`,
  '    return k',
].join('\n');

const seconds = (work: () => void): Measure => {
  const measure = milliseconds(work);
  return async () => (await measure()) / 1e3;
};

export const nngpRelu: Benchmark = {
  name: 'nngp-relu',
  summary: `NNGP kernel of ${DEPTH} ReLU layers on ${COUNT} × ${COUNT} inputs of dimension ${DIMENSION}, float64`,
  unit: 's',
  better: 'lower',
  runs: 9,
  prepare() {
    const values = new Float64Array(COUNT * DIMENSION);
    createStream(1, 'bench/nngp-relu').fillNormal(values, 1);
    const inputs = { values, count: COUNT, dimension: DIMENSION };
    const network = perceptron({ activation: relu.create(), depth: DEPTH, weightVariance: WEIGHT_VARIANCE });
    const few = values.subarray(0, NAIVE_COUNT * DIMENSION);
    return {
      subject: seconds(() => nngp(network, inputs)),
      baselines: [
        {
          name: `triple loop and textbook formula, ${NAIVE_COUNT} × ${NAIVE_COUNT} inputs (a sixteenth of the work)`,
          measure: seconds(() =>
            nngpNaively(few, { count: NAIVE_COUNT, depth: DEPTH, weightVariance: WEIGHT_VARIANCE }),
          ),
          runs: 3,
        },
        ...pythonBaselines([
          {
            name: 'numpy, BLAS and textbook formula',
            module: 'numpy',
            setup: NUMPY_SETUP,
            statement: 'kernel()',
            value: 'seconds',
            runs: 3,
          },
        ]),
      ],
    };
  },
};
