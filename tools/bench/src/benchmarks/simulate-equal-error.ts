/**
 * Time to a given standard error: ReLU networks with He weights, width 2048, 32 layers, as `singh2021` fig. 2.2 simulates them.
 *
 * The field forms weights and propagates M = 1024 inputs through 40 networks, and takes mean q and mean c of the last layer with
 * standard errors over networks. Networks differ far more than inputs of one network do, and a network costs in proportion to its
 * inputs without weights. Deviations over 600 networks of q, relative, and of c: 0.265 and 0.0056 with 2 inputs, 0.256 and 0.0046
 * with 4, 0.262 and 0.0043 with 8, 0.248 and 0.0043 with 16. So 4 inputs, of more networks, cost a third of what 16 do. Subject and
 * baseline are seconds until both standard errors are those of the 40 networks, which the baseline measures.
 */

import relu from '@meanfield/activation-relu';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { perceptron, simulateNetworks, summarise, type NetworkObservation } from '@meanfield/simulation';

import type { Benchmark } from '../benchmark.js';
import { pythonNumbers } from '../python.js';

const WIDTH = 2048;
const DEPTH = 32;
const MANY_INPUTS = 1024;
const INPUTS = 4;
const NETWORKS = 40;
/** Networks that are added at a time */
const STEP = 10;
const MOST_NETWORKS = 1000;

interface StandardErrors {
  /** Relative, of mean q */
  readonly q: number;
  /** Of mean c */
  readonly c: number;
}

const NUMPY = [
  'import time, numpy',
  'rng = numpy.random.default_rng(1)',
  `N, M, L = ${WIDTH}, ${MANY_INPUTS}, ${DEPTH}`,
  'f = numpy.float32',
  'def network():',
  '    s = rng.standard_normal((M, N), dtype=f)',
  '    for layer in range(L):',
  '        h = s @ (rng.standard_normal((N, N), dtype=f) * f((2 / N) ** 0.5))',
  '        s = numpy.maximum(h, 0)',
  '    total = (h / numpy.linalg.norm(h, axis=1, keepdims=True)).sum(0)',
  '    return (h * h).mean(), (total @ total - M) / (M * (M - 1))',
  'start = time.perf_counter()',
  `all = numpy.array([network() for _ in range(${NETWORKS})], dtype=float)`,
  'seconds = time.perf_counter() - start',
  `error = all.std(0, ddof=1) / ${NETWORKS} ** 0.5`,
  'print(seconds, error[0] / all[:, 0].mean(), error[1])',
].join('\n');

/** Seconds until both standard errors are reached */
function timeTo(target: StandardErrors): number {
  const network = perceptron({ activation: relu.create(), initializer: he.create(), depth: DEPTH });
  const inputs = { count: INPUTS };
  const stream = createStream(1, 'bench/equal-error');
  const request = { network, width: WIDTH, inputs, networks: MOST_NETWORKS, stream, method: 'gram' } as const;
  const start = performance.now();
  const observations: NetworkObservation[] = [];
  for (let done = 0; done < MOST_NETWORKS; done += STEP) {
    observations.push(...simulateNetworks(request, done, done + STEP));
    if (done + STEP < NETWORKS) continue;
    const { q = NaN, qStderr, cStderr } = summarise(observations).layers.at(-1) ?? {};
    if ((qStderr ?? NaN) / q <= target.q && (cStderr ?? NaN) <= target.c) break;
  }
  return (performance.now() - start) / 1e3;
}

export const simulateEqualError: Benchmark = {
  name: 'simulate-equal-error',
  summary: `mean q and c of ReLU networks, width ${WIDTH}, ${DEPTH} layers, to the standard errors of ${NETWORKS} networks with ${MANY_INPUTS} inputs, one core`,
  unit: 's',
  better: 'lower',
  runs: 3,
  prepare() {
    const [seconds, q, c] = pythonNumbers('numpy', NUMPY, 3);
    const target = { q: q ?? NaN, c: c ?? NaN };
    return {
      subject: () => timeTo(target),
      baselines: [
        {
          name: `numpy with BLAS on all cores, float32, ${NETWORKS} networks of ${MANY_INPUTS} inputs`,
          measure: () => seconds ?? NaN,
          runs: 1,
        },
      ],
    };
  },
};
