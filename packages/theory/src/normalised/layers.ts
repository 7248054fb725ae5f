/** Layers of an architecture with what bounds on depth need of each; layers equal to the one before with their activation are one object. */

import {
  MeanfieldError,
  type Activation,
  type DeepArchitecture,
  type PerceptronLayer,
  type ResidualBlock,
} from '@meanfield/core';
import {
  denseCorrelationMap,
  residualCorrelationMap,
  unitCovariance,
  type CorrelationMap,
  type UnitCovariance,
} from '@meanfield/numerics';

import { nonlinearity, type Nonlinearity } from './nonlinearity.js';

export interface NormalisedLayer extends Nonlinearity {
  readonly covariance: UnitCovariance;
  /** P */
  readonly map: CorrelationMap;
  /** Share of the sum of thm. 1, or of thm. 2 for a residual block */
  readonly term: number;
  /** Whether P grows on all of [−1, 1], so that the two inputs that differ most keep doing so */
  readonly rises: boolean;
}

interface Profile extends Nonlinearity {
  readonly covariance: UnitCovariance;
  readonly rises: boolean;
}

const PROBES = 33;

/** Sampled at Chebyshev points of [1, 2], gaps of negative correlations; for positive ones it is certain. */
function risesEverywhere(covariance: UnitCovariance): boolean {
  for (let i = 0; i < PROBES; i++) {
    const gap = 1.5 - 0.5 * Math.cos((Math.PI * i) / (PROBES - 1));
    if (covariance.slopeAt(Math.min(2, gap)) < 0) return false;
  }
  return true;
}

function profileOf(activation: Activation): Profile {
  const covariance = unitCovariance(activation);
  return { covariance, ...nonlinearity(covariance), rises: risesEverywhere(covariance) };
}

function denseLayer(profile: Profile, { weightVariance, biasVariance }: PerceptronLayer): NormalisedLayer {
  const { linearisationError, derivativeNorm, covariance, rises } = profile;
  return {
    covariance,
    linearisationError,
    derivativeNorm,
    rises,
    map: denseCorrelationMap(covariance, { weightVariance, biasVariance }),
    // A constant activation has 0 of both.
    term: linearisationError === 0 ? 0 : linearisationError / derivativeNorm,
  };
}

/** With ‖φ'‖ in the denominator, as the proof has it; the theorem's statement prints ‖φ‖. */
function residualLayer(profile: Profile, { branchVariance }: ResidualBlock): NormalisedLayer {
  const { linearisationError, derivativeNorm, covariance, rises } = profile;
  return {
    covariance,
    linearisationError,
    derivativeNorm,
    rises,
    map: residualCorrelationMap(covariance, branchVariance),
    term: (branchVariance * linearisationError) / (1 + branchVariance * derivativeNorm),
  };
}

/** What a sequence of layers has met of each activation. */
interface Met<Layer> {
  readonly profile: Profile;
  /** The latest layer with it, and what was made of that */
  latest?: { readonly layer: Layer; readonly made: NormalisedLayer };
}

/** Makes each layer once for every run of equal layers of one activation. */
function made<Layer extends { readonly activation: Activation }>(
  layers: readonly Layer[],
  equal: (a: Layer, b: Layer) => boolean,
  make: (profile: Profile, layer: Layer) => NormalisedLayer,
): readonly NormalisedLayer[] {
  const met = new Map<Activation, Met<Layer>>();
  return layers.map((layer) => {
    let of = met.get(layer.activation);
    if (of === undefined) met.set(layer.activation, (of = { profile: profileOf(layer.activation) }));
    if (of.latest === undefined || !equal(of.latest.layer, layer))
      of.latest = { layer, made: make(of.profile, layer) };
    return of.latest.made;
  });
}

const equalDense = (a: PerceptronLayer, b: PerceptronLayer): boolean =>
  a.weightVariance === b.weightVariance && a.biasVariance === b.biasVariance;
const equalBlocks = (a: ResidualBlock, b: ResidualBlock): boolean => a.branchVariance === b.branchVariance;

/**
 * @throws MeanfieldError INVALID_ARGUMENT for no layers, a variance that is none, or a layer whose pre-activations are all 0
 */
export function normalisedLayers(architecture: DeepArchitecture): readonly NormalisedLayer[] {
  const found =
    architecture.kind === 'mlp'
      ? made(architecture.layers, equalDense, denseLayer)
      : made(architecture.blocks, equalBlocks, residualLayer);
  if (found.length > 0) return found;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'an architecture with at least one layer',
    found: 'none',
    remedy: 'add a layer',
  });
}
