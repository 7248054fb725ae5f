import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, Initializer } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import gaussian from '@meanfield/mean-field-gaussian';
import { createStream } from '@meanfield/numerics';
import { activities, gradients, trajectory } from '@meanfield/theory';
import { describe, expect, it } from 'vitest';

import { auditNetwork, type Audit, type AuditLayer } from '../src/index.js';

const UNITS = 40;

function layerOf(initializer: Initializer, activation: Activation, seed: number, units = UNITS): AuditLayer {
  const [weights, bias] = [new Float32Array(UNITS * units), new Float32Array(units)];
  const sizes = { fanIn: UNITS, fanOut: units };
  initializer.sample({ ...sizes, weights, bias }, createStream(seed, 'layer'));
  return { ...sizes, name: `layer ${seed}`, weights, bias, activation, detached: null };
}

const modelOf = () => gaussian.create();
const audit = (layers: readonly AuditLayer[], inputMeanSquare = 1): Audit =>
  auditNetwork({ layers, modelOf, inputMeanSquare });

describe('the prediction for a network of layers that are all the same', () => {
  const activation = tanh.create();
  const layer = layerOf(he.create({ weightVariance: 1.8, biasVariance: 0.1 }), activation, 1);
  const depth = 7;
  const { prediction, layers, pooled } = audit(
    Array.from({ length: depth }, () => layer),
    0.6,
  );
  if (typeof prediction === 'string' || typeof pooled === 'string') throw new Error('a prediction expected');
  const statistics = layers[0]!.measured.statistics!;
  const map = modelOf().map(activation, statistics);
  const { value } = layers[0]!.measured.weightVariance;
  const bias = layers[0]!.measured.biasVariance.value;
  const q = 0.6 * value + bias;

  it('is that of theory for the moments that were measured', () => {
    const expected = trajectory(map, { q1: q, q2: q, gap: (0.6 * value) / q }, depth - 1);
    const back = gradients(map, q, depth - 1, {
      widths: Array.from({ length: depth + 1 }, () => UNITS),
      inputMeanSquare: 0.6,
    });
    const ahead = activities(map, q, depth - 1);
    const last = back.layers[depth - 1]!.weights!;
    prediction.layers.forEach((found, l) => {
      expect(found.q).toBeCloseTo(expected[l]!.q1, 11);
      expect(found.correlation).toBeCloseTo(1 - expected[l]!.gap, 10);
      expect(found.errors).toBeCloseTo(Math.sqrt(back.layers[l]!.biases), 10);
      expect(found.weightGradients).toBeCloseTo(Math.sqrt(back.layers[l]!.weights! / last), 10);
      expect(found.deadFraction).toBe(l < depth - 1 ? ahead[l]!.deadFraction : null);
    });
  });

  it('has the error of one σ_w² in each step, three times, and pools to the same law', () => {
    const { stderr } = layers[0]!.measured.weightVariance;
    const { low, value: norm } = prediction.errors;
    expect(Math.log(norm / low)).toBeCloseTo((3 * Math.sqrt(depth - 1) * stderr) / value / 2, 12);
    expect(pooled.weightVariance.value).toBeCloseTo(value, 12);
    expect(pooled.weightVariance.stderr).toBeCloseTo(stderr / Math.sqrt(depth - 2), 12);
    expect(pooled).toMatchObject({ alike: true, statistics: { law: 'gaussian-rows' } });
  });
});

describe('an audit', () => {
  it('says why it does not take layers together, or follow signals', () => {
    const [first, second] = [layerOf(he.create(), relu.create(), 1), layerOf(he.create(), tanh.create(), 2)];
    expect(audit([first, second, first]).pooled).toMatch(/different activations \(layer 1, layer 2\)/);
    expect(audit([first]).pooled).toMatch(/no hidden layer/);
    const detached = { ...second, activation: first.activation, detached: 'takes what a pool makes' };
    expect(audit([first, detached, first]).prediction).toBe('layer 2 takes what a pool makes');
    const unknown = { ...first, activation: 'mish is unknown here' };
    const found = audit([unknown, first, first]);
    expect(found).toMatchObject({
      pooled: 'mish is unknown here',
      prediction: 'layer 1: mish is unknown here',
    });
    expect(found.layers[0]!.phase).toBe('mish is unknown here');
  });

  it('sees that layers differ in σ_w², and that deep layers let inputs grow alike', () => {
    const activation = relu.create();
    const deep = Array.from({ length: 70 }, (_, seed) => layerOf(he.create(), activation, seed));
    const { pooled, advice } = audit(deep);
    expect(pooled).toMatchObject({ alike: true, phase: 'critical', withinError: true });
    expect(advice).toEqual([expect.stringMatching(/^Use fewer layers.*with correlation 0\.99/)]);
    const large = layerOf(he.create({ weightVariance: 4 }), activation, 50);
    const mixed = audit([...deep.slice(0, 5), large, ...deep.slice(5, 9)]);
    expect(mixed.pooled).toMatchObject({ alike: false });
    expect(mixed.advice.join()).toContain('differ by more than chance');
  });
});
