/**
 * Both boundaries of RAAI at one k, by the exact law, from nothing: kernels are made anew in every run.
 *
 * Against direct density evolution, layer after layer at every weight variance that the search asks for.
 */

import relu from '@meanfield/activation-relu';
import asymmetric from '@meanfield/mean-field-asymmetric';
import { brent } from '@meanfield/numerics';
import { boundaries } from '@meanfield/theory';

import type { Benchmark, Measure } from '../benchmark.js';
import { directGrowth, type Growth } from '../naive/density-evolution.js';

const STRENGTH = 100;
const NODES = 128;

const seconds =
  (work: () => void): Measure =>
  () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1e3;
  };

function byExactLaw(): void {
  boundaries(
    asymmetric.create().map(relu.create(), {
      law: 'replaced-entry-rows',
      weightVariance: 1,
      correlationStrength: STRENGTH,
      replacement: { law: 'beta', a: 2, b: 1 },
    }),
  );
}

function byDirectEvolution(): void {
  const boundary = (of: (growth: Growth) => number): unknown =>
    brent((variance) => of(directGrowth(variance, STRENGTH, NODES)) - 1, 0.7, 1.5, { tolerance: 1e-9 });
  boundary(({ lengths }) => lengths);
  boundary(({ differences }) => differences);
}

export const boundaryRaai: Benchmark = {
  name: 'boundary-raai',
  summary: `both boundaries of RAAI at k = ${STRENGTH}, errors below 1e-12`,
  unit: 's',
  better: 'lower',
  runs: 9,
  prepare: () => ({
    subject: seconds(byExactLaw),
    baselines: [
      {
        name: `direct density evolution on ${NODES} nodes, to about 1e-9`,
        measure: seconds(byDirectEvolution),
        runs: 1,
      },
    ],
  }),
};
