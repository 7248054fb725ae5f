/** The experiments of `anti-correlated`: theory over the planes, and networks at some points of them. */

import type { Json, JsonObject, ReproductionStep, Size } from '@meanfield/core';

/** The strengths that are compared, and how they are called */
export const STRENGTHS = [-0.5, 0, 100] as const;
export type Strength = (typeof STRENGTHS)[number];
export const labelOf = (k: number): string => `$k$ = ${k < 0 ? `−${-k}` : k}`;
const LABELS = STRENGTHS.map(labelOf);

/** Anti-correlated, and its counterpart without correlations */
export const [ANTI, NONE] = [labelOf(100), labelOf(0)] as const;

const aci = (k: number, weightVariance: number, biasVariance: number): Json => {
  return { name: 'aci', options: { k, weightVariance, biasVariance } };
};

/** σ_b² of the networks: of odd activations, and of SELU */
export const ODD_BIAS = 0.1;
export const SELU_BIAS = 0.5;

/** At (σ_w², σ_b²) = (1, 0) SELU has q* = 1 and χ₁ = ∫Dz φ′(z)²: the lines χ₁ = 1 of all k touch at (1/χ₁, 1 − 1/χ₁). */
const NORMALISED_CHI1 = 1.0715749924557991;
export const TOUCHING = { weightVariance: 1 / NORMALISED_CHI1, biasVariance: 1 - 1 / NORMALISED_CHI1 };

/** Bounded beyond the boundary 1.374 of k = −0.5, if lengths begin short */
const BEYOND = 1.4;
export const [SHORT, LONG] = ['short', 'long'] as const;

export const WIDTH: Readonly<Record<Size, number>> = { quick: 1024, full: 4096 };
/** Of networks so narrow that the second order of 1/N shows */
export const NARROW = { width: 64, k: -0.9 } as const;
export const [NARROW_CORRELATED, NARROW_SCALED] = ['correlated', 'scaled'] as const;

const pairsOf = (size: Size): JsonObject => {
  return { width: WIDTH[size], networks: 40, depth: 32, inputs: { pairGaps: [1e-8] }, signals: false };
};

const network = (
  id: string,
  size: Size,
  activation: string,
  options: JsonObject,
  points: readonly (readonly [label: string, initializer: Json])[],
): ReproductionStep => ({
  id,
  title: id,
  experiment: 'propagation',
  options: {
    width: WIDTH[size],
    networks: size === 'quick' ? 100 : 400,
    inputs: { count: 2, correlation: 0.5 },
    ...options,
    activation,
  },
  over: { initializer: points.map(([, initializer]) => initializer) },
  labels: { initializer: points.map(([label]) => label) },
});

const closePairs = (
  id: string,
  size: Size,
  activation: string,
  [k, biasVariance]: readonly [number, number],
  weightVariance: readonly number[],
): ReproductionStep => ({
  id,
  title: id,
  experiment: 'propagation-scan',
  options: {
    ...pairsOf(size),
    activation,
    initializer: { name: 'aci', options: { k, biasVariance } },
    weightVariance: [...weightVariance],
  },
});

const BIASES = [0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.35, 0.5, 0.75, 1];

const oddSteps = (size: Size): ReproductionStep[] => [
  {
    id: 'odd-lines',
    title: 'Lines χ₁ = 1 of tanh and erf',
    experiment: 'boundary',
    options: { initializer: { name: 'aci', options: {} } },
    over: {
      activation: ['tanh', 'erf'],
      'initializer.options.k': STRENGTHS,
      'initializer.options.biasVariance': BIASES,
    },
  },
  closePairs('tanh-pairs', size, 'tanh', [100, ODD_BIAS], [1.5, 1.7, 1.9, 2.1, 2.3, 2.5]),
  closePairs('erf-pairs', size, 'erf', [100, ODD_BIAS], [1.1, 1.3, 1.5, 1.7, 1.9, 2.1]),
  ...['tanh', 'erf'].map((activation) =>
    network(
      activation,
      size,
      activation,
      { depth: 32 },
      [100, 0].map((k) => [labelOf(k), aci(k, 3, ODD_BIAS)]),
    ),
  ),
  network('narrow', size, 'tanh', { width: NARROW.width, networks: 1000, depth: 8 }, [
    [NARROW_CORRELATED, aci(NARROW.k, 1, ODD_BIAS)],
    [NARROW_SCALED, aci(0, 1 - NARROW.k / (1 + NARROW.k) / NARROW.width, ODD_BIAS)],
  ]),
];

const GRID = {
  quick: { horizontal: 117, vertical: 41 },
  full: { horizontal: 233, vertical: 81 },
};

/** σ_w² of the fixed points that are drawn */
const FIXED_POINTS = Array.from({ length: 89 }, (_, i) => Number((0.4 + 0.025 * i).toFixed(3)));
/** σ_w² of the networks that are drawn, below the boundary of lengths of each strength */
const DRAWN: Readonly<Record<Strength, readonly number[]>> = {
  [-0.5]: [0.6, 0.9, 1.1, 1.2, 1.3],
  0: [0.6, 0.9, 1.1, 1.3, 1.5, 1.65],
  100: [0.6, 0.9, 1.1, 1.3, 1.5, 1.75, 2, 2.25],
};

/** The step of the networks of a strength */
export const scanOfStrength = (k: number): string => `selu-${STRENGTHS.indexOf(k as Strength)}`;
export const pairsOfStrength = (k: number): string => `selu-pairs-${STRENGTHS.indexOf(k as Strength)}`;

const seluTheory = (size: Size): ReproductionStep[] => [
  {
    id: 'selu-plane',
    title: 'Phases of SELU',
    experiment: 'phase-diagram',
    options: {
      activation: 'selu',
      weightVariance: { from: 0.1, to: 3, count: GRID[size].horizontal },
      vertical: { option: 'biasVariance', from: 0, to: 1, count: GRID[size].vertical },
      correlations: false,
    },
    over: { initializer: STRENGTHS.map((k) => ({ name: 'aci', options: { k } })) },
    labels: { initializer: LABELS },
  },
  ...(
    [
      ['selu-length', 0],
      ['selu-touching', TOUCHING.biasVariance],
    ] as const
  ).map(([id, bias]): ReproductionStep => ({
    id,
    title: `Boundaries of SELU at σ_b² = ${bias.toFixed(4)}`,
    experiment: 'boundary',
    options: { activation: 'selu' },
    over: { initializer: STRENGTHS.map((k) => aci(k, 1, bias)) },
    labels: { initializer: LABELS },
  })),
  {
    id: 'selu-normalised',
    title: 'SELU at its normalising fixed point',
    experiment: 'theory',
    options: { activation: 'selu' },
    over: { initializer: STRENGTHS.map((k) => aci(k, 1, 0)) },
    labels: { initializer: LABELS },
  },
  {
    id: 'selu-fixed-points',
    title: 'Fixed points of SELU',
    experiment: 'theory',
    options: { activation: 'selu', initializer: { name: 'aci', options: { biasVariance: SELU_BIAS } } },
    over: { 'initializer.options.k': STRENGTHS, 'initializer.options.weightVariance': FIXED_POINTS },
  },
];

const seluNetworks = (size: Size): ReproductionStep[] => [
  closePairs(pairsOfStrength(-0.5), size, 'selu', [-0.5, SELU_BIAS], [1, 1.1, 1.2, 1.25, 1.3, 1.34]),
  closePairs(pairsOfStrength(0), size, 'selu', [0, SELU_BIAS], [1, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4]),
  closePairs(pairsOfStrength(100), size, 'selu', [100, SELU_BIAS], [1, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4]),
  ...STRENGTHS.map((k): ReproductionStep => {
    return {
      id: scanOfStrength(k),
      title: `SELU, k = ${k}`,
      experiment: 'propagation-scan',
      options: {
        width: WIDTH[size],
        networks: 40,
        depth: 64,
        inputs: { count: 2, correlation: 0.5 },
        activation: 'selu',
        initializer: { name: 'aci', options: { k, biasVariance: SELU_BIAS } },
        weightVariance: [...DRAWN[k]],
      },
    };
  }),
  network(
    'selu-own',
    size,
    'selu',
    { depth: 32 },
    [100, 0].map((k) => [labelOf(k), aci(k, 1, 0)]),
  ),
  network('selu-bounded', size, 'selu', { depth: 64 }, [[ANTI, aci(100, 2, SELU_BIAS)]]),
  {
    ...network('selu-beyond', size, 'selu', { depth: 64, networks: 300 }, [
      [labelOf(-0.5), aci(-0.5, BEYOND, SELU_BIAS)],
    ]),
    over: { initializer: [aci(-0.5, BEYOND, SELU_BIAS)], 'inputs.meanSquare': [1, 1e5] },
    labels: { 'inputs.meanSquare': [SHORT, LONG] },
  },
];

export const stepsOf = (size: Size): readonly ReproductionStep[] => [
  ...oddSteps(size),
  ...seluTheory(size),
  ...seluNetworks(size),
];
