import erf from '@meanfield/activation-erf';
import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { nngp, ntk, perceptron, type InputBatch, type KernelNetwork } from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };

const ACTIVATIONS: Readonly<Record<string, Activation>> = { relu: relu.create(), erf: erf.create() };

const batch = (rows: readonly (readonly (number | string)[])[]): InputBatch => ({
  values: Float64Array.from(rows.flat().map(Number)),
  count: rows.length,
  dimension: rows[0]!.length,
});

function networkOf(architecture: string, depth: number, activation: Activation): KernelNetwork {
  const variances = { weightVariance: Number(golden.sigma_w2), biasVariance: Number(golden.sigma_b2) };
  if (architecture === 'mlp') return perceptron({ activation, depth, ...variances });
  const epsilon = Number(golden.layernorm_eps);
  if (architecture === 'mlp_layernorm')
    return perceptron({ activation, depth, ...variances, layerNorm: { epsilon } });
  const dense = { dense: variances };
  const blocks = Array.from({ length: depth }, () => ({ residual: [{ activation }, dense] }));
  return [dense, ...blocks, dense];
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index]!)));

describe('nngp', () => {
  it.each(golden.networks)('of $architecture with $activation, against reference values', (network) => {
    const inputs = batch(golden.inputs);
    const layers = networkOf(network.architecture, network.depth, ACTIVATIONS[network.activation]!);
    const { nngp: kernel } = nngp(layers, inputs);
    console.log(network.architecture, network.activation, largestDifference(kernel, network.nngp.flat().map(Number)));
    expect(largestDifference(kernel, network.nngp.flat().map(Number))).toBeLessThan(1e-12);
  });
});
