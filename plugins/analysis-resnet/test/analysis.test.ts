import erf from '@meanfield/activation-erf';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, DeepArchitecture, DepthTargets } from '@meanfield/core';
import { describeAnalysis } from '@meanfield/testing';
import { describe, expect, it } from 'vitest';

import plugin from '../src/index.js';

const network = (activation: Activation, branchVariance: number, depth: number): DeepArchitecture => ({
  kind: 'resnet',
  blocks: Array.from({ length: depth }, () => ({ activation, branchVariance })),
});

describeAnalysis(plugin, {
  packageFile: new URL('../package.json', import.meta.url),
  accepts: {
    'large ReLU branches': network(relu.create(), 1, 60),
    'small ReLU branches': network(relu.create(), 1 / 60, 60),
    'erf branches': network(erf.create(), 2, 40),
    'no branches': network(tanh.create(), 0, 3),
    'one block': network(tanh.create(), 0.5, 1),
  },
  refuses: {
    'a perceptron': {
      kind: 'mlp',
      layers: [{ activation: relu.create(), weightVariance: 2, biasVariance: 0 }],
    },
  },
});

describe('branches', () => {
  const analysis = plugin.create();
  const limitsOf = (activation: Activation, depth: number, targets: DepthTargets) =>
    analysis.advise(network(activation, 0.1, depth), { targets }).branchVariance!;

  it('have the largest variance that thm. 2 admits: equality there', () => {
    const targets = { jacobianNorm: 1, gap: 1 };
    const depth = 200;
    const { constant, timesDepth } = limitsOf(relu.create(), depth, targets);
    const sumAt = (variance: number, blocks: number): number =>
      analysis.analyse(network(relu.create(), variance, blocks)).termSum;
    expect(sumAt(constant.theorem, depth)).toBeCloseTo(8, 12);
    // (B/L)/(‖φ − φ̄‖² − ‖φ'‖² B/L)
    const [error, norm] = [(Math.PI - 2) / (4 * Math.PI), 0.5];
    expect(constant.theorem).toBeCloseTo(0.04 / (error - 0.04 * norm), 12);
    expect(timesDepth.theorem).toBeCloseTo(8 / error, 12);
    for (const blocks of [10, 1000, 100_000])
      expect(sumAt(timesDepth.theorem / blocks, blocks)).toBeLessThan(8);
    expect(sumAt(timesDepth.theorem / 100_000, 100_000)).toBeGreaterThan(7.99);
  });

  it('have no limit where even a perceptron of these activations is admitted', () => {
    expect(limitsOf(relu.create(), 10, { jacobianNorm: 1, gap: 1 }).constant.theorem).toBe(Infinity);
  });

  it('have the largest variance with which an infinitely wide network meets both targets', () => {
    for (const [activation, targets] of [
      [relu.create(), { gap: 0.3 }],
      [erf.create(), { jacobianNorm: 3 }],
    ] as const) {
      const limit = limitsOf(activation, 80, targets).constant.meanField!;
      const meets = (variance: number): boolean => {
        const { modes } = analysis.analyse(network(activation, variance, 80), { targets });
        return !modes.includes('explosion') && !modes.includes('shrinkage');
      };
      expect(meets(limit)).toBe(true);
      expect(meets(limit * (1 + 1e-7))).toBe(false);
    }
  });

  it('are refused at any size where the targets cannot be met', () => {
    const advice = analysis.advise(network(relu.create(), 0.1, 5), { inputGap: 0.05 });
    expect(advice.branchVariance!.constant.meanField).toBe(0);
    expect(advice.sentences.join(' ')).toContain('No size of branches');
  });

  it('lead to advice of that size', () => {
    const { sentences } = analysis.advise(network(relu.create(), 1, 200));
    expect(sentences.join(' ')).toMatch(/σ² of at most 0\.\d+ in every one of 200 blocks/);
    expect(sentences.join(' ')).toMatch(/σ² = \d[\d.]*\/L/);
    expect(analysis.advise(network(relu.create(), 0.001, 20)).sentences[0]).toMatch(
      /^Nothing need be changed/,
    );
  });
});
