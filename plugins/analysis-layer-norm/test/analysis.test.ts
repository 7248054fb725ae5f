import erf from '@meanfield/activation-erf';
import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, DeepArchitecture } from '@meanfield/core';
import { describeAnalysis } from '@meanfield/testing';
import { describe, expect, it } from 'vitest';

import plugin from '../src/index.js';
import { leakySlope } from '../src/sentences.js';

const ERF_RATIO = 0.10485098033620167;
const perceptron = (activation: Activation, biasVariance: number, depth: number): DeepArchitecture => ({
  kind: 'mlp',
  layers: Array.from({ length: depth }, () => ({ activation, weightVariance: 1, biasVariance })),
});
const step: Activation = {
  ...relu.create(),
  name: 'step',
  phi: (x) => (x > 0 ? 1 : 0),
  derivative: () => 0,
  homogeneous: false,
  closedForms: {},
};

describeAnalysis(plugin, {
  packageFile: new URL('../package.json', import.meta.url),
  accepts: {
    'critical ReLU': perceptron(relu.create(), 0, 50),
    'critical erf': perceptron(erf.create(), ERF_RATIO, 30),
    'chaotic tanh': perceptron(tanh.create(), 0, 40),
    'one ordered layer': perceptron(tanh.create(), 2, 1),
  },
  refuses: {
    'a residual network': { kind: 'resnet', blocks: [{ activation: relu.create(), branchVariance: 1 }] },
    'a step': perceptron(step, 0, 1),
  },
});

describe('advice on perceptrons', () => {
  const analysis = plugin.create();

  it('names the depth at which a target breaks, layer by layer', () => {
    const { breakingDepth } = analysis.advise(perceptron(erf.create(), ERF_RATIO, 1));
    const depth = breakingDepth.meanField!;
    const gapAt = (layers: number): number =>
      analysis.analyse(perceptron(erf.create(), ERF_RATIO, layers)).gapMax;
    expect(gapAt(depth)).toBeLessThan(0.1);
    expect(gapAt(depth - 1)).toBeGreaterThanOrEqual(0.1);
    const chaotic = analysis.advise(perceptron(erf.create(), 0, 1)).breakingDepth.meanField!;
    const normAt = (layers: number): number => analysis.analyse(perceptron(erf.create(), 0, layers)).jacobian;
    expect(normAt(chaotic)).toBeGreaterThan(10);
    expect(normAt(chaotic - 1)).toBeLessThanOrEqual(10);
  });

  it('names the depth that the theorem forbids', () => {
    const targets = { jacobianNorm: 1, gap: 1 };
    const { breakingDepth, admissibleSum } = analysis.advise(perceptron(relu.create(), 0, 7), { targets });
    const sumAt = (depth: number): number => analysis.analyse(perceptron(relu.create(), 0, depth)).termSum;
    expect(admissibleSum).toBe(8);
    expect(sumAt(breakingDepth.theorem)).toBeGreaterThan(8);
    expect(sumAt(breakingDepth.theorem - 1)).toBeLessThanOrEqual(8);
    const straight = analysis.advise(perceptron(leakyRelu.create({ negativeSlope: 1 }), 0, 5));
    expect(straight.breakingDepth).toEqual({ theorem: Infinity, meanField: null });
  });

  it('gives biases that make it critical, and says when nothing is wrong', () => {
    const { criticalBiasRatios, sentences } = analysis.advise(perceptron(erf.create(), 0, 200));
    expect(criticalBiasRatios?.['erf']).toBeCloseTo(ERF_RATIO, 14);
    expect(sentences.join(' ')).toContain('0.105');
    expect(analysis.advise(perceptron(erf.create(), ERF_RATIO, 5)).sentences).toEqual([
      'Nothing need be changed: both targets are met, and 31 layers would break a target.',
    ]);
  });

  it('knows the leaky ReLU of a given term', () => {
    for (const a of [0, 0.2, 0.7, 0.99]) {
      const { term } = analysis.analyse(perceptron(leakyRelu.create({ negativeSlope: a }), 0, 1)).terms[0]!;
      expect(leakySlope(term)).toBeCloseTo(a, 8);
    }
    expect(leakySlope(0.5)).toBe(null);
    const targets = { jacobianNorm: 1, gap: 0.9 };
    const { sentences } = analysis.advise(perceptron(relu.create(), 0, 100), { targets });
    expect(sentences.join(' ')).toMatch(/leaky ReLU has with a negative slope of 0\.\d+/);
  });
});
