/**
 * ξ_q and ξ_c of mean-field theory against straight lines through ln of simulated deviations, by layer. The errors of
 * the fits come from leaving out one network after another. Seed 1 is the first that was tried.
 */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import gaussian from '@meanfield/mean-field-gaussian';
import { createStream } from '@meanfield/numerics';
import { analyse, decayFactor, depthScale, type Analysis } from '@meanfield/theory';
import { describe, expect, it } from 'vitest';

import { perceptron, simulateNetworks, type InputSpec, type LayerObservation } from '../src/index.js';

interface Place {
  readonly activation: Activation;
  readonly weightVariance: number;
  readonly biasVariance: number;
}

function theoryOf({ activation, weightVariance, biasVariance }: Place): Analysis & { readonly q: number } {
  const law = { law: 'gaussian-rows', weightVariance, biasVariance, correlationStrength: 0 } as const;
  const analysis = analyse(gaussian.create().map(activation, law));
  return { ...analysis, q: analysis.qStar.status === 'fixed' ? analysis.qStar.q : Number.NaN };
}

/** One quantity by layer, for each of 40 networks of width 256. */
function simulated(
  { activation, weightVariance, biasVariance }: Place,
  depth: number,
  inputs: InputSpec,
  quantity: (layer: LayerObservation) => number,
): readonly (readonly number[])[] {
  const request = {
    network: perceptron({ activation, initializer: he.create({ weightVariance, biasVariance }), depth }),
    width: 256,
    inputs,
    networks: 40,
    stream: createStream(1),
  };
  return simulateNetworks(request).map(({ layers }) => layers.map(quantity));
}

/** The depth scale of the mean deviation from `limit`, and its standard error by the jackknife. */
function fittedScale(
  networks: readonly (readonly number[])[],
  limit: number,
  layers: readonly [number, number],
): { readonly scale: number; readonly error: number } {
  const scaleOf = (some: readonly (readonly number[])[]): number => {
    const deviations = some[0]!.map((_, layer) => {
      const sum = some.reduce((total, values) => total + values[layer]!, 0);
      return sum / some.length - limit;
    });
    return depthScale(decayFactor(deviations.slice(...layers)));
  };
  const without = networks.map((_, left) => scaleOf(networks.filter((_values, network) => network !== left)));
  const mean = without.reduce((sum, x) => sum + x, 0) / without.length;
  const squares = without.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { scale: scaleOf(networks), error: Math.sqrt((squares * (without.length - 1)) / without.length) };
}

function expectScale(fit: ReturnType<typeof fittedScale>, expected: number): void {
  const where = `${fit.scale} ± ${fit.error}, theory ${expected}`;
  expect(Math.abs(fit.scale - expected), where).toBeLessThan(3 * fit.error);
  expect(fit.error, where).toBeLessThan(0.04 * expected);
}

describe('simulated deviations decay with the depth scales of theory', () => {
  it('ξ_c of tanh, ordered: the gap of two close inputs', () => {
    const place = { activation: tanh.create(), weightVariance: 1.2, biasVariance: 0.1 };
    const { q, xiC, cStar } = theoryOf(place);
    expect(cStar).toBe(1);
    const meanSquare = (q - place.biasVariance) / place.weightVariance;
    const inputs = { count: 2, meanSquare, correlation: 0.999 };
    const gaps = simulated(place, 9, inputs, ({ gap }) => gap ?? Number.NaN);
    expectScale(fittedScale(gaps, 0, [0, 9]), xiC);
  });

  it('ξ_q of ReLU: inputs that are too long', () => {
    const place = { activation: relu.create(), weightVariance: 1.4, biasVariance: 0.1 };
    const { q, xiQ } = theoryOf(place);
    const inputs = { count: 2, meanSquare: 1000 * q };
    const lengths = simulated(place, 9, inputs, (layer) => layer.q);
    expectScale(fittedScale(lengths, q, [0, 9]), xiQ);
  });
});
