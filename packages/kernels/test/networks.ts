/** Activations, batches and architectures that several tests use. */

import erf from '@meanfield/activation-erf';
import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

import { perceptron, type InputBatch, type KernelLayer, type KernelNetwork } from '../src/index.js';

export const activations: Readonly<Record<'relu' | 'leaky-relu' | 'erf' | 'tanh', Activation>> = {
  relu: relu.create(),
  'leaky-relu': leakyRelu.create({ negativeSlope: 0.2 }),
  erf: erf.create(),
  tanh: tanh.create(),
};

export const activationOf = (name: string): Activation => activations[name as keyof typeof activations];

/** x for x ≥ 0, slope·x below, without closed forms of its own */
export const twoSlopes = (slope: number): Activation => ({
  name: `slope ${slope}`,
  phi: (x) => (x > 0 ? x : slope * x),
  derivative: (x) => (x > 0 ? 1 : slope),
  kinks: [0],
  homogeneous: true,
  closedForms: {},
  tensorForm: () => {
    throw new Error('not for tensors');
  },
});

export const batch = (rows: readonly (readonly (number | string)[])[]): InputBatch => ({
  values: Float64Array.from(rows.flat().map(Number)),
  count: rows.length,
  dimension: rows[0]?.length ?? 0,
});

export function normalBatch(name: string, count: number, dimension: number): InputBatch {
  const values = new Float64Array(count * dimension);
  createStream(1, `kernels/${name}`).fillNormal(values, 1);
  return { values, count, dimension };
}

export interface Variances {
  readonly weightVariance: number;
  readonly biasVariance: number;
}

/** The three architectures of the fixtures, by name */
export function architecture(
  name: string,
  activation: Activation,
  variances: Variances,
  { depth = 3, epsilon = 0 }: { depth?: number; epsilon?: number } = {},
): KernelNetwork {
  if (name === 'mlp') return perceptron({ activation, depth, ...variances });
  if (name === 'mlp_layernorm')
    return perceptron({ activation, depth, ...variances, layerNorm: { epsilon } });
  const dense: KernelLayer = { dense: variances };
  const block: KernelLayer = { residual: [{ activation }, dense] };
  return [dense, ...Array.from({ length: depth }, () => block), dense];
}

/** max |a − b|/max |b| */
export function largestError(found: ArrayLike<number>, expected: ArrayLike<number | string>): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < found.length; i++) {
    difference = Math.max(difference, Math.abs(found[i]! - Number(expected[i])));
    size = Math.max(size, Math.abs(Number(expected[i])));
  }
  return found.length === expected.length ? difference / size : Infinity;
}
