/** Normalised layers against 50 digits (fixtures/normalised.py), and what `shrinkage2021` derives for leaky ReLU and erf. */

import elu from '@meanfield/activation-elu';
import erf from '@meanfield/activation-erf';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import sigmoid from '@meanfield/activation-sigmoid';
import softplus from '@meanfield/activation-softplus';
import tanh from '@meanfield/activation-tanh';
import type { Activation, DeepArchitecture, DepthAnalysis } from '@meanfield/core';
import { denseCorrelationMap, hermiteCoefficients, unitCovariance } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import {
  attractingGap,
  composedGaps,
  criticalBiasRatio,
  decayFactor,
  depthAnalysis,
  erfGapBound,
  erfJacobianBound,
  excessConvexity,
  leakyReluGapBound,
  nonlinearity,
  normalisedLayers,
  outputGap,
  regimeOf,
} from '../src/index.js';
import fixtures from './fixtures/normalised.json' with { type: 'json' };

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  relu: relu.create(),
  'leaky-relu': leakyRelu.create({ negativeSlope: 0.25 }),
  erf: erf.create(),
  tanh: tanh.create(),
};
const ERF_RATIO = (2 / Math.PI) * (2 / Math.sqrt(5) - Math.atan(2 / Math.sqrt(5)));

const perceptron = (
  activation: Activation,
  weightVariance: number,
  biasVariance: number,
  depth: number,
): DeepArchitecture => ({
  kind: 'mlp',
  layers: Array.from({ length: depth }, () => ({ activation, weightVariance, biasVariance })),
});

function relativeError(actual: number, expected: number): number {
  return expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1);
}

function expectGaps(
  architecture: DeepArchitecture,
  gaps: readonly (readonly number[])[],
  error: number,
): void {
  const layers = normalisedLayers(architecture);
  for (const [gap, expected] of gaps)
    expect(relativeError(outputGap(layers, gap!), expected!), `gap ${gap}`).toBeLessThan(error);
}

const denseOf = (layers: readonly (readonly string[])[]): DeepArchitecture => ({
  kind: 'mlp',
  layers: layers.map(([name, weight, bias]) => ({
    activation: ACTIVATIONS[name!]!,
    weightVariance: Number(weight),
    biasVariance: Number(bias),
  })),
});
const blocksOf = (blocks: readonly (readonly string[])[]): DeepArchitecture => ({
  kind: 'resnet',
  blocks: blocks.map(([name, variance]) => ({
    activation: ACTIVATIONS[name!]!,
    branchVariance: Number(variance),
  })),
});

describe('against 50 digits', () => {
  it('has the linearisation error, derivative norm and critical ratio of activations', () => {
    for (const [name, expected] of Object.entries(fixtures.activations)) {
      const found = nonlinearity(unitCovariance(ACTIVATIONS[name]!));
      expect(relativeError(found.linearisationError, expected.linearisationError), name).toBeLessThan(2e-15);
      expect(relativeError(found.derivativeNorm, expected.derivativeNorm), name).toBeLessThan(2e-15);
    }
    for (const [name, expected] of Object.entries(fixtures.criticalBiasRatios))
      expect(Math.abs(criticalBiasRatio(unitCovariance(ACTIVATIONS[name]!))! - expected)).toBeLessThan(1e-15);
  });

  it('has the gaps behind dense layers and blocks, alone and two dozen of them mixed', () => {
    for (const { layers, gaps } of fixtures.dense)
      expectGaps(denseOf(layers), gaps, layers.length === 1 ? 1e-15 : 1e-14);
    for (const { blocks, gaps } of fixtures.blocks)
      expectGaps(blocksOf(blocks), gaps, blocks.length === 1 ? 1e-15 : 1e-14);
  });

  it('has the excess convexity of compositions', () => {
    const excessOf = (architecture: DeepArchitecture): number => {
      const layers = normalisedLayers(architecture);
      const whole = outputGap(layers, 1);
      return excessConvexity((u) => outputGap(layers, u) / whole);
    };
    const { erf: one, mixed, blocks } = fixtures.excess;
    expect(relativeError(excessOf(denseOf([['erf', '1.25', '0.25']])), one)).toBeLessThan(1e-13);
    expect(relativeError(excessOf(denseOf(fixtures.dense.at(-1)!.layers)), mixed)).toBeLessThan(1e-13);
    expect(relativeError(excessOf(blocksOf(fixtures.blocks.at(-1)!.blocks)), blocks)).toBeLessThan(1e-13);
  });
});

describe('activations', () => {
  it('have the Hermite sums that define their nonlinearity, where these converge', () => {
    for (const activation of [tanh.create(), erf.create(), softplus.create(), sigmoid.create()]) {
      const coefficients = hermiteCoefficients((x) => activation.phi(x), 120);
      const { linearisationError, derivativeNorm } = nonlinearity(unitCovariance(activation));
      let [error, derivative] = [0, 0];
      coefficients.forEach((c, k) => {
        if (k >= 2) error += c * c;
        derivative += k * c * c;
      });
      expect(relativeError(linearisationError, error), activation.name).toBeLessThan(1e-11);
      expect(relativeError(derivativeNorm, derivative), activation.name).toBeLessThan(1e-11);
    }
  });

  it('keep the digits of a nonlinearity that is nearly none', () => {
    for (const a of [0.9, 1 - 1e-4, 1 - 1e-8, -0.5]) {
      const { linearisationError, derivativeNorm } = nonlinearity(
        unitCovariance(leakyRelu.create({ negativeSlope: a })),
      );
      const closed = ((Math.PI - 2) * (1 - a) ** 2) / (4 * Math.PI);
      expect(relativeError(linearisationError, closed), `a = ${a}`).toBeLessThan(1e-7);
      expect(relativeError(derivativeNorm, (1 + a * a) / 2)).toBeLessThan(1e-15);
    }
    expect(nonlinearity(unitCovariance(linear.create())).linearisationError).toBe(0);
  });

  it('are critical where P has slope 1, or nowhere', () => {
    expect(criticalBiasRatio(unitCovariance(relu.create()))).toBe(0);
    expect(Math.abs(criticalBiasRatio(unitCovariance(erf.create()))! - ERF_RATIO)).toBeLessThan(1e-15);
    for (const activation of [tanh.create(), elu.create()]) {
      const ratio = criticalBiasRatio(unitCovariance(activation))!;
      const rows = { weightVariance: 0.7, biasVariance: 0.7 * ratio };
      const { slopeAtOne } = denseCorrelationMap(unitCovariance(activation), rows);
      expect(Math.abs(slopeAtOne - 1), activation.name).toBeLessThan(2e-15);
    }
    // Their means make signals alike even without biases.
    expect(criticalBiasRatio(unitCovariance(sigmoid.create()))).toBe(null);
    expect(criticalBiasRatio(unitCovariance(softplus.create()))).toBe(null);
  });

  it('have three regimes with one attracting fixed point each', () => {
    const covariance = unitCovariance(erf.create());
    const mapAt = (ratio: number) =>
      denseCorrelationMap(covariance, { weightVariance: 1, biasVariance: ratio });
    const regimes = [2, 1, 0.25].map((times) => regimeOf(Math.log(mapAt(times * ERF_RATIO).slopeAtOne)));
    expect(regimes).toEqual(['ordered', 'critical', 'chaotic']);
    expect(attractingGap(mapAt(2 * ERF_RATIO))).toEqual({ status: 'fixed', gap: 0 });
    expect(attractingGap(mapAt(0))).toEqual({ status: 'fixed', gap: 1 });
    const chaotic = attractingGap(mapAt(0.25 * ERF_RATIO));
    if (chaotic.status !== 'fixed') throw new Error('no fixed point');
    const map = mapAt(0.25 * ERF_RATIO);
    expect(relativeError(map.nextGap(chaotic.gap), chaotic.gap)).toBeLessThan(1e-14);
    expect(map.slope(chaotic.gap)).toBeLessThan(1);
  });
});

describe('consequences for leaky ReLU and erf', () => {
  it('are thm. 1 to 1e-12 (eq. 4.1, 4.2)', () => {
    for (const depth of [1, 10, 400]) {
      for (const a of [0, 0.3, 0.9, -0.4]) {
        const layers = perceptron(leakyRelu.create({ negativeSlope: a }), 1.3, 0, depth);
        const { gapMaxBound } = depthAnalysis(layers);
        expect(relativeError(gapMaxBound.raw, leakyReluGapBound(a, depth)), `a = ${a}`).toBeLessThan(1e-12);
      }
      const layers = perceptron(erf.create(), 2, 2 * ERF_RATIO, depth);
      expect(relativeError(depthAnalysis(layers).gapMaxBound.raw, erfGapBound(depth))).toBeLessThan(1e-12);
    }
    expect(leakyReluGapBound(0, 1)).toBeCloseTo(6.6356, 4);
    const printed = 4 / Math.sqrt((Math.atan(2 / Math.sqrt(5)) - 2 / 3) * Math.sqrt(5));
    expect(relativeError(erfGapBound(9), printed / 3)).toBeLessThan(1e-15);
  });

  it('bound a chaotic Jacobian by its fixed point (eq. 4.3)', () => {
    for (const ratio of [0, 0.02, 0.05]) {
      const found = depthAnalysis(perceptron(erf.create(), 1, ratio, 60));
      const bound = erfJacobianBound(found.fixedGap!, 60);
      // ρ_max ≤ ρ_fp, so that eq. 4.3 is the weaker one
      expect(found.jacobianLowerBound).toBeGreaterThanOrEqual(bound * (1 - 1e-12));
      expect(found.jacobian).toBeGreaterThan(bound);
      const atFixedPoint = (found.fixedGap! / found.gapMax) * found.jacobianLowerBound;
      expect(relativeError(bound, atFixedPoint)).toBeLessThan(1e-12);
    }
  });

  it('leave out how fast critical networks shrink: like L^−2 for ReLU, L^−1 for erf', () => {
    const exponent = (activation: Activation, ratio: number): number => {
      const gaps = composedGaps(normalisedLayers(perceptron(activation, 1, ratio, 8000)), 1);
      return Math.log(gaps[8000]! / gaps[4000]!) / Math.log(2);
    };
    expect(Math.abs(exponent(relu.create(), 0) + 2)).toBeLessThan(0.04);
    expect(Math.abs(exponent(erf.create(), ERF_RATIO) + 1)).toBeLessThan(0.02);
    const ordered = composedGaps(normalisedLayers(perceptron(erf.create(), 1, 0.3, 80)), 1);
    const { map } = normalisedLayers(perceptron(erf.create(), 1, 0.3, 1))[0]!;
    expect(relativeError(decayFactor(ordered.slice(40)), map.slopeAtOne)).toBeLessThan(1e-6);
  });
});

describe('an analysis', () => {
  const analyseErf = (ratio: number, depth: number): DepthAnalysis =>
    depthAnalysis(perceptron(erf.create(), 1.5, 1.5 * ratio, depth));

  it('adds up its terms and follows its correlations', () => {
    const found = depthAnalysis(
      denseOf([
        ['relu', '2', '0'],
        ['erf', '1', '0.5'],
        ['tanh', '1', '0'],
      ]),
    );
    expect(found.terms.map(({ layer, activation }) => [layer, activation])).toEqual([
      [1, 'relu'],
      [2, 'erf'],
      [3, 'tanh'],
    ]);
    expect(found.termSum).toBeCloseTo(
      found.terms.reduce((sum, { term }) => sum + term, 0),
      15,
    );
    expect(found.squaredJacobian).toBeCloseTo(
      found.terms.reduce((product, { slope }) => product * slope, 1),
      14,
    );
    expect(Math.exp(found.logSquaredJacobian)).toBeCloseTo(found.squaredJacobian, 14);
    expect(found.gaps).toHaveLength(4);
    expect([found.gaps[0], found.widestGaps[0]]).toEqual([1, 2]);
    expect(found.gapMax).toBe(Math.min(...found.widestGaps.slice(1)));
    expect(found.fixedGap).toBe(null);
  });

  it('knows the widest gap where P falls among negative correlations', () => {
    // |x| forgets signs: the inputs that end up furthest apart are the orthogonal ones.
    const [layer] = normalisedLayers(perceptron(leakyRelu.create({ negativeSlope: -1 }), 2, 0, 1));
    const found = depthAnalysis(perceptron(leakyRelu.create({ negativeSlope: -1 }), 2, 0, 1));
    expect(layer!.rises).toBe(false);
    expect(found.outputGap(2)).toBe(0);
    expect(relativeError(found.gapMax, found.outputGap(1))).toBeLessThan(1e-14);
    const narrow = depthAnalysis(perceptron(leakyRelu.create({ negativeSlope: -1 }), 2, 0, 1), {
      inputGap: 0.5,
    });
    expect(narrow.gapMax).toBe(narrow.outputGap(0.5));
  });

  it('names the effect that a design has', () => {
    expect(analyseErf(0, 200).modes).toEqual(['explosion']);
    expect(analyseErf(ERF_RATIO, 200).modes).toEqual(['shrinkage']);
    expect(analyseErf(ERF_RATIO, 5).modes).toEqual(['shallow']);
    const leaky = depthAnalysis(perceptron(leakyRelu.create({ negativeSlope: 0.9 }), 2, 0, 50));
    expect(leaky.modes).toEqual(['near-linear']);
    const small = depthAnalysis({
      kind: 'resnet',
      blocks: Array.from({ length: 50 }, () => ({ activation: relu.create(), branchVariance: 0.01 })),
    });
    expect(small.modes).toEqual(['small-branches']);
    const both = depthAnalysis(perceptron(erf.create(), 1, ERF_RATIO / 2, 400), { targets: { gap: 1.9 } });
    expect(both.modes).toEqual(['explosion', 'shrinkage']);
  });

  it('stays finite, or says Infinity, through 20,000 layers', () => {
    const chaotic = analyseErf(0, 20_000);
    expect(chaotic.squaredJacobian).toBe(Infinity);
    expect(chaotic.logSquaredJacobian).toBeGreaterThan(1000);
    const ordered = analyseErf(1, 20_000);
    expect([ordered.squaredJacobian, ordered.jacobianLowerBound]).toEqual([0, 0]);
    expect(ordered.gapMax).toBeLessThan(1e-300);
    for (const [ratio, depth, square] of [
      [0, 5000, Infinity],
      [1, 1000, 0],
    ] as const) {
      const { squaredJacobian, logSquaredJacobian, jacobian } = analyseErf(ratio, depth);
      expect(squaredJacobian).toBe(square);
      expect(relativeError(Math.log(jacobian), logSquaredJacobian / 2)).toBeLessThan(1e-12);
    }
    const straight = depthAnalysis(perceptron(linear.create(), 2, 0, 10));
    expect([straight.termSum, straight.gapMax, straight.gapMaxBound.raw]).toEqual([0, 2, Infinity]);
    expect(straight.fixedGap).toBe(null);
  });

  it('refuses what is no architecture or question', () => {
    const one = perceptron(relu.create(), 2, 0, 1);
    expect(() => depthAnalysis({ kind: 'mlp', layers: [] })).toThrow(/at least one layer/);
    expect(() => depthAnalysis(perceptron(relu.create(), -1, 0, 1))).toThrow(/σ_w²/);
    expect(() => depthAnalysis(perceptron(relu.create(), 0, 0, 1))).toThrow(/normalised/);
    expect(() => depthAnalysis(one, { inputGap: 0 })).toThrow(/input gap/);
    expect(() => depthAnalysis(one, { targets: { gap: 3 } })).toThrow(/at most 2/);
    expect(() => depthAnalysis(one, { targets: { jacobianNorm: Number.NaN } })).toThrow(/Jacobian/);
    expect(() => depthAnalysis(one).outputGap(3)).toThrow(/gap/);
    expect(() => depthAnalysis(one).outputGapBound(1.5)).toThrow(/convex/);
  });
});
