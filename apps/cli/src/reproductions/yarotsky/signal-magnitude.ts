import { cite, yarotsky, type Claim, type Reproduction } from '@meanfield/core';

import { above, below, value } from '../readings.js';
import { farthest, fromMaps, layer, mapFigure, mapSteps, words, type Layer } from './maps.js';

const LENGTHS = [0.01, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3];
const LAYERS = [
  layer('tanh', 0.5, 0),
  layer('tanh', 1.5, 0),
  layer('tanh', 3, 0),
  layer('tanh', 1.5, 0.3),
  layer('relu', 1, 0.5),
  layer('relu', 2, 0),
  layer('relu', 2.5, 0),
] as const;
const SETTLING: readonly Layer[] = [LAYERS[1], LAYERS[2], LAYERS[3]];

/** What a finite number of networks leaves */
const FARTHEST = 0.05;

const networkClaim = (which: Layer): Claim => ({
  id: `${which.id}-networks`,
  by: 'source',
  statement: `${words(which)}: q_k = ν(q_{k−1}) holds in wide networks; largest relative distance over q`,
  where: `reduction to 1D dynamics; networks of width 1000, read as at most ${FARTHEST}`,
  expected: below(FARTHEST),
  obtain: farthest(which, 'lengths', true),
});

const fixedPointClaim = (which: Layer): Claim => ({
  id: `${which.id}-fixed-point`,
  by: 'source',
  statement: `${words(which)}: ν has a stable fixed point other than 0; q*`,
  where: 'fixed points; by theory, read as above 0.01',
  expected: above(0.01),
  obtain: fromMaps(which, ({ analysis: { qStar } }) =>
    typeof qStar === 'number'
      ? { value: qStar, stderr: 0 }
      : { value: 0, stderr: 0, remark: `there is none: ${qStar.status}` },
  ),
});

/** ν of ReLU, the exercise: α_w² q/2 + α_h² */
const reluClaim = (which: Layer): Claim => ({
  id: `${which.id}-line`,
  by: 'theory',
  statement: `${words(which)}: ν is the line α_w² q/2 + α_h²; largest distance over q`,
  where: 'fixed points, first exercise; by theory, read as at most 10⁻¹²',
  expected: below(1e-12),
  obtain: fromMaps(which, ({ lengths: { from, theory } }) => {
    const line = (q: number): number => (which.weightVariance * q) / 2 + which.biasVariance;
    const distances = from.map((q, point) => Math.abs(theory[point]! - line(q)));
    return { value: Math.max(...distances), stderr: 0 };
  }),
});

const vanishing: Claim = {
  id: `${LAYERS[0].id}-vanishes`,
  by: 'theory',
  statement: `${words(LAYERS[0])}: 0 is the only fixed point and stable where α_w² σ′(0)² < 1 and α_h = 0; ν(0.01)/0.01`,
  where: 'fixed points, second exercise: α_w² to first order in q; by theory, ± 0.02',
  expected: value(LAYERS[0].weightVariance, 0.02),
  obtain: fromMaps(LAYERS[0], ({ lengths: { from, theory } }) => ({
    value: theory[0]! / from[0]!,
    stderr: 0,
  })),
};

const signalMagnitude: Reproduction = {
  id: 'yarotsky/signal-magnitude',
  title: 'The map of signal magnitudes of one layer, and its fixed points',
  source: cite(yarotsky, 'fixed points'),
  cost: { quick: '7 s of CPU time, 40 networks', full: '60 s of CPU time, 400 networks' },
  steps: (size) => mapSteps(LAYERS, size, { lengths: LENGTHS, correlations: [1] }),
  claims: [
    ...SETTLING.map(fixedPointClaim),
    vanishing,
    ...LAYERS.filter(({ activation }) => activation === 'relu').map(reluClaim),
    ...LAYERS.map(networkClaim),
  ],
  figures: (outcomes) =>
    mapFigure(outcomes, LAYERS, {
      map: 'lengths',
      name: 'signal-magnitude',
      x: '$q_{k−1}$',
      y: '$q_k$',
      caption:
        'Mean square of pre-activations of a layer by that of the layer before: ν of infinite width (lines) and means over networks of ' +
        'width 1000 (markers, bars of two standard errors). Fixed points are where lines cross the diagonal.',
    }),
};

export default signalMagnitude;
