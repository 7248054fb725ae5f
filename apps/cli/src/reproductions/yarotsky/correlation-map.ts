import { cite, yarotsky, type Claim, type Reproduction } from '@meanfield/core';

import { above, below, value } from '../readings.js';
import { farthest, fromMaps, layer, mapFigure, mapSteps, words, type Layer } from './maps.js';

const CORRELATIONS = [-1, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.999, 1];
/** The last correlation below 1, and 1 */
const [CLOSE, ONE] = [CORRELATIONS.length - 2, CORRELATIONS.length - 1];
const ORDERED = layer('tanh', 1, 0.2);
const CHAOTIC = layer('tanh', 2.5, 0.1);
const MORE_CHAOTIC = layer('tanh', 5, 0.1);
const RELU = layer('relu', 2, 0);
const ORDERED_RELU = layer('relu', 1, 0.5);
const LAYERS = [ORDERED, CHAOTIC, MORE_CHAOTIC, ORDERED_RELU, RELU];

const FARTHEST = 0.05;

const networkClaim = (which: Layer): Claim => ({
  id: `${which.id}-networks`,
  by: 'source',
  statement: `${words(which)}: the map of correlations at q* holds in wide networks; largest distance over c`,
  where: `evolution of covariances; networks of width 1000, read as at most ${FARTHEST}`,
  expected: below(FARTHEST),
  obtain: farthest(which, 'correlations', false),
});

const unitClaim = (which: Layer): Claim => ({
  id: `${which.id}-one`,
  by: 'source',
  statement: `${words(which)}: c* = 1 is a fixed point; 1 − C(1)`,
  where: 'evolution of correlations near a fixed point, first exercise; by theory, ± 10⁻¹²',
  expected: value(0, 1e-12),
  obtain: fromMaps(which, ({ correlations: { theory } }) => ({ value: 1 - theory[ONE]!, stderr: 0 })),
});

const GAP = 1 - CORRELATIONS[CLOSE]!;

/** A difference quotient differs from the slope by the second derivative. */
const slopeClaim = (which: Layer): Claim => ({
  id: `${which.id}-slope`,
  by: 'source',
  statement: `${words(which)}: χ₁ is the slope of the map at c = 1; (1 − C(c))/(1 − c) at c = 0.999`,
  where: 'evolution of correlations near a fixed point; by theory, ± 5 %',
  expected: (outcomes) => {
    const chi1 = fromMaps(which, ({ analysis }) => ({ value: analysis.chi1, stderr: 0 }))(outcomes).value;
    return chi1 === null ? null : { kind: 'value', value: chi1, precision: 0.05 * chi1 };
  },
  obtain: fromMaps(which, ({ correlations: { theory } }) => ({
    value: (1 - theory[CLOSE]!) / GAP,
    stderr: 0,
  })),
});

const chi1 = (which: Layer): Claim['obtain'] =>
  fromMaps(which, ({ analysis }) => ({ value: analysis.chi1, stderr: 0, remark: analysis.phase }));

const cStar = (which: Layer): Claim['obtain'] =>
  fromMaps(which, ({ analysis }) =>
    typeof analysis.cStar === 'number'
      ? { value: analysis.cStar, stderr: 0 }
      : { value: null, stderr: null, remark: analysis.cStar.status },
  );

/** The map of ReLU, the exercise: the normalised arc-cosine kernel where α_h = 0 */
const reluClaim: Claim = {
  id: `${RELU.id}-kernel`,
  by: 'theory',
  statement: `${words(RELU)}: the map is (√(1 − c²) + (π − arccos c) c)/π; largest distance over c`,
  where: 'second exercise on the map of correlations; by theory, read as at most 10⁻¹²',
  expected: below(1e-12),
  obtain: fromMaps(RELU, ({ correlations: { from, theory } }) => {
    const kernel = (c: number): number => (Math.sqrt(1 - c * c) + (Math.PI - Math.acos(c)) * c) / Math.PI;
    return { value: Math.max(...from.map((c, at) => Math.abs(theory[at]! - kernel(c)))), stderr: 0 };
  }),
};

const correlationMap: Reproduction = {
  id: 'yarotsky/correlation-map',
  title: 'The map of correlations of one layer, and its stability at 1',
  source: cite(yarotsky, 'evolution of correlations'),
  cost: { quick: '7 s of CPU time, 40 networks', full: '60 s of CPU time, 400 networks' },
  steps: (size) => mapSteps(LAYERS, size, { lengths: [1], correlations: CORRELATIONS }),
  claims: [
    ...[ORDERED, CHAOTIC].map(unitClaim),
    ...[ORDERED, CHAOTIC, MORE_CHAOTIC].map(slopeClaim),
    {
      id: 'ordered',
      by: 'source',
      statement: `${words(ORDERED)}: stable, inputs converge; χ₁`,
      where: 'stable and unstable phases; by theory, read as below 1',
      expected: below(1),
      obtain: chi1(ORDERED),
    },
    {
      id: 'chaotic',
      by: 'source',
      statement: `${words(CHAOTIC)}: unstable, close inputs decorrelate; χ₁`,
      where: 'stable and unstable phases; by theory, read as above 1',
      expected: above(1),
      obtain: chi1(CHAOTIC),
    },
    {
      id: 'chaotic-fixed-point',
      by: 'source',
      statement: `${words(CHAOTIC)}: there is a stable point other than 1 that inputs attain; c*`,
      where: 'stable and unstable phases; by theory, read as below 0.99',
      expected: below(0.99),
      obtain: cStar(CHAOTIC),
    },
    reluClaim,
    ...LAYERS.map(networkClaim),
  ],
  figures: (outcomes) =>
    mapFigure(outcomes, LAYERS, {
      map: 'correlations',
      name: 'correlation-map',
      x: '$c_{k−1}$',
      y: '$c_k$',
      caption:
        'Correlation of two pre-activations of a layer by that of the layer before, at the length q* where there is one (1 for ReLU without ' +
        'biases): infinite width (lines) and means over networks of width 1000 (markers, bars of two standard errors).',
    }),
};

export default correlationMap;
