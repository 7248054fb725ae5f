/**
 * Networks as data: a sequence of layers, each an object with one key, as kernels of infinitely wide networks have them.
 *
 * A signal enters with `inputSize` entries. `observe` marks the places whose signals are measured: pre-activations, by
 * convention.
 */

import type { Activation, Initializer } from '@meanfield/core';

import { requireCount } from './checks.js';

export type NetworkLayer =
  /** h = Wᵀ s + b with `width` outputs, the request's width where left out. Dense layer number l, counted in the order of the data, in front and in branches, from 1, draws from `network/<r>/layer/<l>`. */
  | { readonly dense: Initializer; readonly width?: number }
  | { readonly activation: Activation }
  /** h ↦ h/√(q + ε), q the mean square over units, without centring; `shrinkage2021` §2 at ε = 0. A signal that is 0 stays 0. */
  | { readonly layerNorm: { readonly epsilon?: number } }
  /** h ↦ h + branch(h); the branch ends with as many units as it begins with */
  | { readonly residual: readonly NetworkLayer[] }
  /** Measure the signals here, under the next index */
  | { readonly observe: true };

export type Network = readonly NetworkLayer[];

export interface PerceptronParts {
  readonly activation: Activation;
  readonly initializer: Initializer;
  /** Layers with a nonlinearity, at least 1 */
  readonly depth: number;
  /** Layer normalisation of pre-activations, before they are observed; default none */
  readonly layerNorm?: { readonly epsilon?: number };
}

/** Layers of a network as data; each takes some ten bytes. */
const MOST_LAYERS = 2 ** 20;

function repeat(block: Network, depth: number): Network {
  requireCount('depth', depth, 1, MOST_LAYERS);
  return Array.from({ length: depth }, () => block).flat();
}

/**
 * depth × [dense, (layer norm,) observe, activation].
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a depth that is none
 */
export function perceptron({ activation, initializer, depth, layerNorm }: PerceptronParts): Network {
  const block: Network = [
    { dense: initializer },
    ...(layerNorm === undefined ? [] : [{ layerNorm }]),
    { observe: true },
    { activation },
  ];
  return repeat(block, depth);
}

export interface ResidualNetworkParts {
  readonly activation: Activation;
  /** Law of the embedding and of U */
  readonly initializer: Initializer;
  /** Law of V, which closes a branch: its σ_w² is the branch's σ_l² */
  readonly branchInitializer: Initializer;
  /** Blocks, at least 1 */
  readonly depth: number;
}

/**
 * Blocks z ↦ norm(z + V φ(norm(U z))) behind an embedding layer with a norm: `shrinkage2021` app. A.10, with every
 * block's output observed (index 0: the embedding's).
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a depth that is none
 */
export function residualNetwork(parts: ResidualNetworkParts): Network {
  const { activation, initializer, branchInitializer, depth } = parts;
  const norm: NetworkLayer = { layerNorm: {} };
  const branch: Network = [{ dense: initializer }, norm, { activation }, { dense: branchInitializer }];
  const block: Network = [{ residual: branch }, norm, { observe: true }];
  return [{ dense: initializer }, norm, { observe: true }, ...repeat(block, depth)];
}
