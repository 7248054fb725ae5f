/**
 * The infinite-width law of rows with one replaced entry, followed by a population of samples: any activation, two
 * inputs at any distance, and the constant input of a finite width.
 *
 *   h = σ_w √q̃ z + u s',   q̃ = E s² − κ (E s)²,   z ~ N(0, 1), u ~ Beta(a, b), s' drawn from the layer below
 *
 * (this law is this project's own; the rows are those of `lu2020`, `singh2021` §3.3). A layer is P samples of s and of
 * what follows two signals; lengths, gaps and slopes are moments of the samples put through the row's exact second
 * moments (`transition.ts`), and the samples are standardised to them, so that sampling noise acts on the shape of the
 * law alone. All layers use the same numbers (`numbers.ts`): a step is a fixed map, the same for the same seed, and maps
 * at several weight variances share them.
 *
 * Domain: any φ. Errors fall as 1/√P. Relative standard deviations times √P, measured on 6 to 48 replicates for P from
 * 1024 to 65536, their means within 2.3 standard errors of the exact law: growth of lengths 0.15 (ReLU, RAI at 0.36) and
 * 0.2 to 0.5 (RAAI at 0.9), χ₁ 0.2 to 0.45; q* of tanh (RAI rows at 1.5) 0.4 to 0.8. The gap that distant inputs settle at
 * is the least certain, since layers return to it slowly: 7 to 9 for ReLU at σ_w² = 1 and 1.1, k = 100, where it is
 * 0.57 and 0.60 (± 0.01; 8 to 32 replicates, P from 2048 to 32768). As
 * σ_w² → 0 replaced entries outweigh the Gaussian part, the law's tails grow heavy and errors with them. `withError`
 * measures the error of any quantity.
 */

import {
  MeanfieldError,
  show,
  type Activation,
  type MeanFieldMap,
  type ReplacedEntryRows,
} from '@meanfield/core';
import { createStream, gaussianExpectations, kappaOf, requireVariance } from '@meanfield/numerics';

import { asymptoticSlopes, homogeneousLimit, settledLimits, type Limits } from './limits.js';
import { populationNumbers, type PopulationNumbers } from './numbers.js';
import { populationLayers, type PopulationState } from './population-layers.js';
import { rowForms, type RowForms } from './row-forms.js';

export interface PopulationRequest {
  readonly activation: Activation;
  readonly statistics: ReplacedEntryRows;
  /** P; with a width it is rounded up to a multiple of width + 1 */
  readonly samples: number;
  readonly seed: number;
  /** Which of many independent populations of this seed; default 0 */
  readonly replicate?: number;
  /** N, inputs of a neuron beside the constant one; default infinite, where that constant does not count */
  readonly width?: number;
}

const FEWEST_SAMPLES = 64;
const MOST_SAMPLES = 2 ** 22;

function requireInteger(what: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${what} to be an integer from ${least} to ${most}`,
    found: show(value),
    remedy: `choose such a number`,
  });
}

/** Relative standard error of lengths and slopes, times √P: see above */
const ERROR_COEFFICIENT = 0.5;
/** The same of gaps that distant inputs settle at */
const GAP_ERROR_COEFFICIENT = 8;

/** For questions at very many points */
const FEW_SAMPLES = 2048;

function drawNumbers({
  statistics,
  samples,
  seed,
  replicate = 0,
  width,
}: Omit<PopulationRequest, 'activation'>): PopulationNumbers {
  requireInteger('the number of samples', samples, FEWEST_SAMPLES, MOST_SAMPLES);
  if (width !== undefined) requireInteger('the width', width, 1, MOST_SAMPLES / 2);
  const block = width === undefined ? 1 : width + 1;
  return populationNumbers({
    replacement: statistics.replacement,
    samples: block * Math.ceil(samples / block),
    ...(width === undefined ? {} : { width }),
    stream: createStream(seed, `mean-field/population/${replicate}`),
  });
}

/** @throws MeanfieldError INVALID_ARGUMENT for numbers out of range */
export function populationMap(request: PopulationRequest): MeanFieldMap<PopulationState> {
  const { activation, statistics, width } = request;
  const numbers = drawNumbers(request);
  const expectations = gaussianExpectations(activation);
  const kappa = kappaOf(statistics.correlationStrength);
  const { secondMoment } = numbers;
  const formsAt = (weightVariance: number, constant?: number): RowForms =>
    rowForms({
      weightVariance,
      kappa,
      secondMoment,
      ...(width === undefined ? {} : { width }),
      ...(constant === undefined ? {} : { constant }),
    });
  let smaller: MeanFieldMap<PopulationState> | undefined;
  const withFewSamples = (variance: number): MeanFieldMap<PopulationState> =>
    (smaller ??= populationMap({ ...request, samples: FEW_SAMPLES })).withWeightVariance(variance);
  const at = (variance: number): MeanFieldMap<PopulationState> => {
    const weightVariance = requireVariance(variance, 'σ_w²');
    const layers = populationLayers({ activation, expectations, forms: formsAt(weightVariance), numbers });
    let limits: Limits | undefined;
    const relativeError = ERROR_COEFFICIENT / Math.sqrt(numbers.samples);
    return {
      ...layers,
      method: methodOf(numbers, relativeError, width),
      relativeError,
      gapError: GAP_ERROR_COEFFICIENT / Math.sqrt(numbers.samples),
      weightVariance,
      stateKind: 'law',
      asymptotics: () => (limits ??= limitsOf(activation, numbers, formsAt(weightVariance, 0))),
      ...(numbers.samples > 2 * FEW_SAMPLES && width === undefined
        ? { tabulated: () => withFewSamples(weightVariance) }
        : {}),
      withWeightVariance: at,
    };
  };
  return at(statistics.weightVariance);
}

function methodOf({ samples }: PopulationNumbers, relativeError: number, width: number | undefined): string {
  const where = width === undefined ? '' : ` at width ${width}`;
  return `population of ${samples} samples${where}: relative error about ${relativeError.toExponential(0)}`;
}

/** A length that no bounded φ leaves a slope at */
const LARGE_LENGTH = 1e100;

function limitsOf(activation: Activation, numbers: PopulationNumbers, forms: RowForms): Limits {
  const slopes = asymptoticSlopes(activation);
  if (slopes.right === Infinity || slopes.left === Infinity)
    return { lengthGrowth: Infinity, chi1: Infinity };
  if (slopes.right === 0 && slopes.left === 0) {
    const product = gaussianExpectations(activation).derivativeMeanSquare(LARGE_LENGTH);
    const moments = { product, first: 0, second: 0, constants: [0, 0] } as const;
    return { lengthGrowth: 0, chi1: forms.gaussian(moments) + forms.replaced(moments) };
  }
  const limit = activation.homogeneous ? activation : homogeneousLimit(slopes);
  const expectations = gaussianExpectations(limit);
  return settledLimits(populationLayers({ activation: limit, expectations, forms, numbers }));
}
