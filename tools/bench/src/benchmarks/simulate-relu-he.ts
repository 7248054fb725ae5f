/** One network of finite width: weights drawn, a batch propagated, every layer measured. */

import relu from '@meanfield/activation-relu';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { perceptron, simulate } from '@meanfield/simulation';

import { milliseconds, type Benchmark } from '../benchmark.js';
import { simulateNaively } from '../naive/simulation.js';
import { pythonBaselines } from '../python.js';

const WIDTH = 1024;
const DEPTH = 10;
const INPUTS = 32;

const NUMPY_SETUP = [
  'rng = numpy.random.default_rng(1)',
  'def network():',
  `    s = rng.standard_normal((${INPUTS}, ${WIDTH}))`,
  `    for layer in range(${DEPTH}):`,
  `        h = s @ (rng.standard_normal((${WIDTH}, ${WIDTH})) * (2 / ${WIDTH}) ** 0.5)`,
  '        u = h / numpy.linalg.norm(h, axis=1, keepdims=True)',
  '        measured = (h * h).mean(), (u @ u.T).mean()',
  '        s = numpy.maximum(h, 0)',
].join('\n');

export const simulateReluHe: Benchmark = {
  name: 'simulate-relu-he',
  summary: `one ReLU network with He weights, width ${WIDTH}, ${DEPTH} layers, ${INPUTS} inputs, float64`,
  unit: 'ms',
  better: 'lower',
  runs: 9,
  prepare() {
    const stream = createStream(1, 'bench/simulate-relu-he');
    const parts = { activation: relu.create(), initializer: he.create(), depth: DEPTH };
    const naive = { ...parts, width: WIDTH, count: INPUTS, stream: stream.child('network').child(0) };
    const request = {
      network: perceptron(parts),
      width: WIDTH,
      inputs: { count: INPUTS, meanSquare: 1 },
      networks: 1,
      stream,
      method: 'weights',
    } as const;
    return {
      subject: milliseconds(() => simulate(request)),
      baselines: [
        {
          name: 'triple loop over the same weights',
          measure: milliseconds(() => simulateNaively(naive)),
          runs: 3,
        },
        ...pythonBaselines([
          {
            name: 'numpy, its own normals and BLAS',
            module: 'numpy',
            setup: NUMPY_SETUP,
            statement: 'network()',
            value: '1e3 * seconds',
            runs: 3,
          },
        ]),
      ],
    };
  },
};
