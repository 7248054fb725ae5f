import { createStream } from '@meanfield/numerics';
import { expect, it } from 'vitest';

import glorot from '../src/index.js';

it('has uniform weights inside ±√(6σ_w²/(N_in + N_out)) and up to it', () => {
  const [fanIn, fanOut] = [300, 100];
  const layer = { fanIn, fanOut, weights: new Float32Array(fanIn * fanOut), bias: new Float32Array(fanOut) };
  glorot.create({ distribution: 'uniform', weightVariance: 2 }).sample(layer, createStream(1));
  const largest = layer.weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  const bound = Math.sqrt(12 / (fanIn + fanOut));
  expect(largest).toBeLessThanOrEqual(Math.fround(bound));
  expect(largest).toBeGreaterThan(0.999 * bound);
});

it('declares σ_w² of a layer of equal fan-in and fan-out', () => {
  expect(glorot.create({ weightVariance: 2 }).statistics()).toMatchObject({ weightVariance: 2 });
});

it('has pre-activations without weights where weights are normal', () => {
  expect('samplePreActivations' in glorot.create()).toBe(true);
  expect('samplePreActivations' in glorot.create({ distribution: 'uniform' })).toBe(false);
});
