/**
 * Exact samplers of the laws in weight-laws.ts, up to rounding: uniform and Laplace weights by inversion of a uniform in an
 * open interval, generalised normal ones as ±s G^{1/β} with G ~ Gamma(1/β), multivariate t as normals over one
 * √(χ²_ν/ν) a neuron.
 */

import type { RandomStream } from '@meanfield/core';

import { logGammaVariate } from '../random/gamma.js';
import { openUniform } from '../random/open-uniform.js';
import { requireDeviation } from '../random/require-deviation.js';
import { requireWeightMatrix, type WeightMatrix } from './dense-layer.js';
import { tailFactors } from './tail-factors.js';
import { weightScale, type WeightLaw } from './weight-laws.js';

/**
 * Overwrites `layer.weights`, row-major [fanIn, fanOut]. Neurons are independent; a neuron's weights are too, but for
 * multivariate t, where they share a χ².
 *
 * @param entryVariance E w² of one weight: σ_w²/N
 * @throws MeanfieldError INVALID_ARGUMENT when a size, a length, the variance or the law's parameter is out of range
 */
export function sampleWeights(
  layer: WeightMatrix,
  law: WeightLaw,
  entryVariance: number,
  stream: RandomStream,
): void {
  requireWeightMatrix(layer);
  const { weights } = layer;
  requireDeviation(weights, Math.sqrt(entryVariance));
  const scale = weightScale(law, entryVariance);
  switch (law.family) {
    case 'normal':
      stream.fillNormal(weights, scale);
      return;
    case 'multivariate-t':
      sampleMultivariateT(layer, scale, law.degrees, stream);
      return;
    case 'uniform':
    case 'laplace':
    case 'generalised-normal': {
      const draw = independentDraw(law, stream);
      for (let index = 0; index < weights.length; index++) weights[index] = scale * draw();
    }
  }
}

type IndependentLaw = Exclude<WeightLaw, { readonly family: 'normal' | 'multivariate-t' }>;

/** One weight at s = 1 */
function independentDraw(law: IndependentLaw, stream: RandomStream): () => number {
  const uniform = (): number => 2 * openUniform(stream) - 1;
  if (law.family === 'uniform') return uniform;
  if (law.family === 'laplace') {
    return () => {
      const u = uniform();
      return -Math.sign(u) * Math.log(Math.abs(u));
    };
  }
  const { beta } = law;
  if (beta === Infinity) return uniform;
  return () => {
    const size = Math.exp(logGammaVariate(1 / beta, stream) / beta);
    return stream.uint32() % 2 === 0 ? size : -size;
  };
}

function sampleMultivariateT(
  { fanOut, weights }: WeightMatrix,
  scale: number,
  degrees: number,
  stream: RandomStream,
): void {
  stream.child('normals').fillNormal(weights, scale);
  const factors = tailFactors(fanOut, degrees, stream.child('tails'));
  for (let row = 0; row < weights.length; row += fanOut) {
    for (let neuron = 0; neuron < fanOut; neuron++) weights[row + neuron]! *= factors[neuron]!;
  }
}
