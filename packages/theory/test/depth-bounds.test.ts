/**
 * `shrinkage2021` thm. 1 and 2 over 200 random architectures, and every step that leads to them. The theorems themselves leave a
 * factor of some 10 at least, so wrong factors show in the steps, some of which networks close to linear nearly reach.
 */

import { describe, expect, it } from 'vitest';

import {
  depthAnalysis,
  excessConvexity,
  leastCovarianceExcess,
  leastMixedExcess,
  normalisedLayers,
  outputGap,
  type NormalisedLayer,
} from '../src/index.js';
import { randomArchitectures } from './architectures.js';

/** Rounding of excess convexities near 0 */
const ROUNDING = 1e-12;
const FOUND = randomArchitectures(200, 40).map((architecture, index) => ({
  architecture,
  where: `architecture ${index}`,
  analysis: depthAnalysis(architecture),
  layers: normalisedLayers(architecture),
}));

/** e(P̃_l), of layer l cropped to correlations from ρ̃_{l−1} = 1 − gap */
const croppedExcess = ({ map }: NormalisedLayer, gap: number): number =>
  excessConvexity((u) => map.nextGap(u * gap) / map.nextGap(gap));

const composedExcess = (layers: readonly NormalisedLayer[]): number => {
  const whole = outputGap(layers, 1);
  return excessConvexity((u) => outputGap(layers, u) / whole);
};

describe('over 200 random architectures', () => {
  it('the squared Jacobian of infinite width is above the bound', () => {
    let closest = Infinity;
    for (const { analysis, where } of FOUND) {
      const { squaredJacobian, squaredJacobianLowerBound, jacobianLowerBound } = analysis;
      expect(squaredJacobian, where).toBeGreaterThanOrEqual(squaredJacobianLowerBound);
      expect(jacobianLowerBound ** 2).toBeCloseTo(squaredJacobianLowerBound, 12);
      closest = Math.min(closest, squaredJacobian / squaredJacobianLowerBound);
    }

    expect(closest).toBeLessThan(15);
  });

  it('1 − ρ_max is at most what the bound leaves, by the Jacobian that there is, and twice 1 − ρ̃_max', () => {
    for (const { analysis, layers, where } of FOUND) {
      const { gapMax, gaps, jacobian, gapMaxBound, widestGaps } = analysis;
      expect(gapMax, where).toBeLessThanOrEqual(jacobian * gapMaxBound.raw);
      expect(gapMaxBound.capped).toBe(Math.min(2, gapMaxBound.raw));
      expect(gapMax, where).toBeLessThanOrEqual(2 * Math.min(...gaps) * (1 + ROUNDING));
      // The smallest correlation of any inputs is no larger than that of sampled ones.
      for (const gap of [0.3, 1, 1.3, 1.7, 2])
        expect(outputGap(layers, gap), where).toBeLessThanOrEqual(widestGaps.at(-1)! * (1 + ROUNDING));
    }
  });

  it("a layer's excess convexity is above its share of the bound (A.6, properties 7 and 8)", () => {
    let closest = Infinity;
    for (const { architecture, analysis, layers, where } of FOUND) {
      const { gaps } = analysis;
      layers.forEach((layer, l) => {
        const gap = gaps[l]!;
        if (gap < 1e-6) return;
        const { linearisationError, derivativeNorm, term, covariance, map } = layer;
        const excess = croppedExcess(layer, gap);
        const drop = covariance.drop(gap);
        const least = leastCovarianceExcess({ gap, linearisationError, drop, derivativeNorm });
        expect(least.sharp, where).toBeGreaterThanOrEqual(least.simple * (1 - ROUNDING));
        // Of a block, the covariance is mixed with the identity.
        const mix = architecture.kind === 'mlp' ? 1 : 1 - gap / (map.meanSquare * map.nextGap(gap));
        expect(excess + ROUNDING, where).toBeGreaterThanOrEqual(leastMixedExcess(mix, least.sharp));
        expect(excess + ROUNDING, where).toBeGreaterThanOrEqual((gap * term) / 2);
        if (term > 1e-4) closest = Math.min(closest, (2 * excess) / (gap * term));
      });
    }

    expect(closest).toBeLessThan(1.1);
  });

  it('the composition is as convex as remark 2 says, and as steep as its convexity (properties 4 and 5)', () => {
    let closest = Infinity;
    for (const { analysis, layers, where } of FOUND) {
      const { gaps, termSum, squaredJacobian } = analysis;
      if (gaps.at(-1)! < 1e-9) continue;
      const excess = Math.min(1 / Number.EPSILON, composedExcess(layers));
      const least = (Math.min(...gaps) * termSum) / 2;
      expect(excess + ROUNDING, where).toBeGreaterThanOrEqual(least);
      closest = Math.min(closest, excess / least);
      const parts = layers.map((layer, l) => croppedExcess(layer, gaps[l]!));
      const sum = parts.reduce((a, b) => a + b, 0);
      expect(excess + ROUNDING * layers.length, where).toBeGreaterThanOrEqual(sum);
      expect(squaredJacobian / gaps.at(-1)!, where).toBeGreaterThanOrEqual((1 + excess) * (1 - ROUNDING));
    }

    expect(closest).toBeLessThan(1.2);
  });

  it('no output gap is below the two straight lines of remark 2', () => {
    for (const { analysis, where } of FOUND) {
      for (const gap of [0, 1e-12, 1e-3, 0.05, 0.2, 0.4, 0.5, 0.6, 0.9, 1])
        expect(analysis.outputGap(gap) * (1 + ROUNDING), `${where}, gap ${gap}`).toBeGreaterThanOrEqual(
          analysis.outputGapBound(gap),
        );
    }
  });
});
