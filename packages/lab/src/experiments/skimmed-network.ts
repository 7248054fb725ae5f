/**
 * The networks of `shrinkage2021` §4.2 as data: layers with norms whose activations take turns, each critical (σ_b²/σ_w² by
 * the activation that a layer follows, σ_w² such that pre-activations have mean square 1), with a linear layer of classes
 * behind; and the same with a block of layers replaced by one that is linear.
 */

import type { Activation, Initializer, PluginContext } from '@meanfield/core';
import { unitCovariance } from '@meanfield/numerics';
import type { Network } from '@meanfield/simulation';
import { criticalBiasRatio } from '@meanfield/theory';

export interface SkimmedShape {
  /** Layers with norms of the full network, L */
  readonly depth: number;
  /** Layers before the block */
  readonly before: number;
  /** Layers of the block */
  readonly block: number;
}

/** Weight and bias variance of a layer behind this activation */
export interface CriticalVariances {
  readonly weightVariance: number;
  readonly biasVariance: number;
}

/** An activation that is ordered even without biases gets none. */
export function criticalVariances(activation: Activation): CriticalVariances {
  const covariance = unitCovariance(activation);
  const ratio = criticalBiasRatio(covariance) ?? 0;
  const weightVariance = 1 / (covariance.normSquare + ratio);
  return { weightVariance, biasVariance: ratio * weightVariance };
}

interface Parts {
  readonly activations: readonly Activation[];
  /** Of layers behind an activation, in their order */
  readonly behind: readonly Initializer[];
  /** Of the embedding and of the classes: σ_w² = 1, σ_b = 0 */
  readonly linear: Initializer;
}

export function partsOf(activations: readonly Activation[], context: Pick<PluginContext, 'get'>): Parts {
  return {
    activations,
    behind: activations.map((activation) =>
      context.get('initializer', 'he', { ...criticalVariances(activation) }),
    ),
    linear: context.get('initializer', 'he', { weightVariance: 1, biasVariance: 0 }),
  };
}

/** Layers `from` to `to`, from 1, each its dense weights, its norm, its place and its activation. */
function layers({ activations, behind, linear }: Parts, from: number, to: number): Network {
  const turn = <T>(of: readonly T[], layer: number): T => of[(layer - 1) % of.length]!;
  return Array.from({ length: to - from + 1 }, (_, index): Network => {
    const layer = from + index;
    return [
      { dense: layer === 1 ? linear : turn(behind, layer - 1) },
      { layerNorm: {} },
      { observe: true },
      { activation: turn(activations, layer) },
    ];
  }).flat();
}

const readout = ({ linear }: Parts, classes: number): Network => [
  { dense: linear, width: classes },
  { observe: true },
];

export const fullNetwork = (parts: Parts, { depth }: SkimmedShape, classes: number): Network => [
  ...layers(parts, 1, depth),
  ...readout(parts, classes),
];

/** The block's one layer takes z of the layer before it, so the activation between them is left out. */
export const skimmedNetwork = (parts: Parts, shape: SkimmedShape, classes: number): Network => {
  const { depth, before, block } = shape;
  const last = before + block;
  const line: Network = [
    { dense: parts.linear },
    { layerNorm: {} },
    { observe: true },
    { activation: parts.activations[(last - 1) % parts.activations.length]! },
  ];
  return [
    ...layers(parts, 1, before).slice(0, -1),
    ...line,
    ...layers(parts, last + 1, depth),
    ...readout(parts, classes),
  ];
};
