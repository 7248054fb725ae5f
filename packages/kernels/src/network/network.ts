/**
 * Networks as data: a sequence of layers, each an object with one key.
 *
 * Conventions (`lee2018`, `jacot2018`): an input's kernel is x·y/d; a dense layer has weights of variance
 * σ_w²/fan-in and biases of variance σ_b², all trained with one rate in the parametrisation in which the variances
 * stand outside the parameters, so that NTK and NNGP obey K' = σ_w² K + σ_b², Θ' = K' + σ_w² Θ.
 */

import { MeanfieldError, type Activation } from '@meanfield/core';
import { requireVariance } from '@meanfield/numerics';

export interface DenseVariances {
  /** σ_w², variance of a weight times fan-in */
  readonly weightVariance: number;
  /** σ_b², variance of a bias; default 0 */
  readonly biasVariance?: number;
}

export type KernelLayer =
  | { readonly dense: DenseVariances }
  | { readonly activation: Activation }
  /** h ↦ h/√(q + ε), without centring; `shrinkage2021` §2 at ε = 0 */
  | { readonly layerNorm: { readonly epsilon?: number } }
  /** h ↦ h + branch(h); the branch ends with a dense layer, whose fresh weights make both summands independent */
  | { readonly residual: readonly KernelLayer[] };

export type KernelNetwork = readonly KernelLayer[];

export interface PerceptronOptions {
  readonly activation: Activation;
  /** Layers with a nonlinearity */
  readonly depth: number;
  readonly weightVariance: number;
  /** Default 0 */
  readonly biasVariance?: number;
  /** Layer normalisation between each dense layer and its nonlinearity; default none */
  readonly layerNorm?: { readonly epsilon?: number };
}

const invalid = (expected: string, found: string, remedy: string): MeanfieldError =>
  new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });

/** depth × [dense, (layer norm,) activation], then a dense layer to read out. Throws INVALID_ARGUMENT. */
export function perceptron(options: PerceptronOptions): KernelNetwork {
  const { activation, depth, weightVariance, biasVariance = 0, layerNorm } = options;
  if (!Number.isSafeInteger(depth) || depth < 0)
    throw invalid(
      'a whole number of layers of at least 0',
      String(depth),
      'pass the number of nonlinearities',
    );
  const dense: KernelLayer = { dense: { weightVariance, biasVariance } };
  const block: KernelLayer[] = [dense, ...(layerNorm === undefined ? [] : [{ layerNorm }]), { activation }];
  const network = [...Array.from({ length: depth }, () => block).flat(), dense];
  checkNetwork(network);
  return network;
}

/**
 * Refuses variances that are none and layers that the theory of infinite width does not cover.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function checkNetwork(network: KernelNetwork): void {
  checkSequence(network, false, 'the network');
}

/** Whether signals behind `layers` are Gaussian, when they are in front. */
function checkSequence(layers: readonly KernelLayer[], gaussianBefore: boolean, where: string): boolean {
  let gaussian = gaussianBefore;
  for (const [index, layer] of layers.entries()) {
    const place = `layer ${index + 1} of ${where}`;
    if ('dense' in layer) {
      requireVariance(layer.dense.weightVariance, `weightVariance of ${place}`);
      requireVariance(layer.dense.biasVariance ?? 0, `biasVariance of ${place}`);
      gaussian = true;
    } else if ('layerNorm' in layer) {
      requireVariance(layer.layerNorm.epsilon ?? 0, `epsilon of ${place}`);
    } else if ('residual' in layer) {
      const last = layer.residual.at(-1);
      if (last === undefined || !('dense' in last))
        throw invalid(
          `a dense layer at the end of the branch at ${place}`,
          last === undefined ? 'no layer' : Object.keys(last).join(),
          'end it with one, so that branch and input are independent',
        );
      checkSequence(layer.residual, gaussian, `the branch at ${place}`);
    } else {
      if (!gaussian)
        throw invalid(
          `Gaussian signals in front of the activation at ${place}`,
          'signals that have not passed a dense layer',
          'put a dense layer in front of it',
        );
      gaussian = false;
    }
  }
  return gaussian;
}
