/** What `anti-correlated` reads from boundaries, planes and networks. */

import type { Claim, Outcome, Outcomes } from '@meanfield/core';
import { z } from 'zod';

import {
  boundaryResult,
  phaseDiagramResult,
  propagationResult,
  resultOf,
  theoryResult,
} from '../../report/results.js';
import { INCOMPLETE, resultIn } from '../readings.js';

const chosenOptions = z.looseObject({
  activation: z.looseObject({ name: z.string() }).optional(),
  initializer: z.looseObject({
    options: z.looseObject({
      k: z.number(),
      weightVariance: z.number().optional(),
      biasVariance: z.number().optional(),
    }),
  }),
});

/** A point of theory: which activation, k, σ_w² and σ_b². */
export interface Chosen {
  readonly activation: string;
  readonly k: number;
  readonly weightVariance: number;
  readonly biasVariance: number;
}

export function chosenIn({ options }: Outcome): Chosen {
  const { activation, initializer } = chosenOptions.parse(options);
  const { k, weightVariance = 1, biasVariance = 0 } = initializer.options;
  return { activation: activation?.name ?? '', k, weightVariance, biasVariance };
}

type Which = 'length' | 'correlation';

export interface LinePoint extends Chosen {
  readonly at: number;
}

/** The boundaries of a step, where there are any. */
export const linePoints = (outcomes: Outcomes, step: string, which: Which): LinePoint[] =>
  outcomes(step).flatMap((outcome) => {
    const at = resultOf(boundaryResult, outcome.record)?.[which] ?? null;
    return at === null ? [] : [{ ...chosenIn(outcome), at }];
  });

/** The largest difference, over the points of a step, between the boundaries of two strengths. */
export const spreadOverStrengths =
  (step: string, which: Which): Claim['obtain'] =>
  (outcomes) => {
    const points = linePoints(outcomes, step, which);
    const gaps = points.flatMap(({ activation, biasVariance, at }) =>
      points
        .filter((other) => other.activation === activation && other.biasVariance === biasVariance)
        .map((other) => Math.abs(other.at - at)),
    );
    if (gaps.length === 0) return INCOMPLETE;
    return { value: Math.max(...gaps), stderr: 0, remark: `the largest, of ${points.length} boundaries` };
  };

/** A boundary of one strength over that of another. */
export const boundaryRatio =
  (step: string, which: Which, k: number, over: number): Claim['obtain'] =>
  (outcomes) => {
    const [ours, theirs] = [k, over].map(
      (strength) => linePoints(outcomes, step, which).find((point) => point.k === strength)?.at,
    );
    if (ours === undefined || theirs === undefined) return INCOMPLETE;
    return { value: ours / theirs, stderr: 0 };
  };

/** The line of independent weights. @param precision a share of σ_w² */
export const independentLine =
  (step: string, activation: string, biasVariance: number, precision: number): Claim['expected'] =>
  (outcomes) => {
    const found = linePoints(outcomes, step, 'correlation').find(
      (point) => point.activation === activation && point.k === 0 && point.biasVariance === biasVariance,
    );
    return found === undefined ? null : { kind: 'value', value: found.at, precision: precision * found.at };
  };

/** The largest difference between two strengths at a point of theory. */
export const theorySpread =
  (step: string, quantity: 'chi1'): Claim['obtain'] =>
  (outcomes) => {
    const values = outcomes(step).flatMap(({ record }) => {
      const found = resultOf(theoryResult, record)?.[quantity];
      return found === undefined ? [] : [found];
    });
    if (values.length < 2) return INCOMPLETE;
    return {
      value: Math.max(...values) - Math.min(...values),
      stderr: 0,
      remark: `between ${values.length} strengths`,
    };
  };

/** Share of the bounded points of a plane's uppermost row that are chaotic. */
export const chaoticShareOfTop =
  (step: string, label: string): Claim['obtain'] =>
  (outcomes) => {
    const plane = resultIn(phaseDiagramResult, outcomes, step, label);
    const [phase, bounded] = [plane?.phase.at(-1), plane?.bounded.at(-1)];
    if (phase === undefined || bounded === undefined) return INCOMPLETE;
    const names = phase.filter((_, x) => bounded[x] === true);
    return {
      value: names.filter((name) => name === 'chaotic').length / names.length,
      stderr: 0,
      remark: `of ${names.length} points`,
    };
  };

/** Growth of q from the layer half as deep to the deepest, in networks. */
export const lateGrowth =
  (step: string, label: string): Claim['obtain'] =>
  (outcomes) => {
    const layers = resultIn(propagationResult, outcomes, step, label)?.layers ?? [];
    const [half, last] = [layers[layers.length / 2 - 1], layers.at(-1)];
    if (!half?.q || !last?.q) return INCOMPLETE;
    const ratio = last.q / half.q;
    return {
      value: ratio,
      stderr: ratio * Math.hypot((half.qStderr ?? NaN) / half.q, (last.qStderr ?? NaN) / last.q),
    };
  };

/**
 * The lowest σ_w² at which χ₁ of a strength rises through 1, between points of theory along straight lines.
 *
 * @param share precision, relative to σ_w²
 */
export const firstUnitChi =
  (step: string, k: number, share: number): Claim['expected'] =>
  (outcomes) => {
    const points = outcomes(step).flatMap((outcome) => {
      const chi1 = resultOf(theoryResult, outcome.record)?.chi1;
      const chosen = chosenIn(outcome);
      return chi1 === undefined || chosen.k !== k ? [] : [{ at: chosen.weightVariance, excess: chi1 - 1 }];
    });
    const after = points.findIndex(({ excess }) => excess > 0);
    const [low, high] = [points[after - 1], points[after]];
    if (low === undefined || high === undefined) return null;
    const at = low.at + ((high.at - low.at) * low.excess) / (low.excess - high.excess);
    return { kind: 'value', value: at, precision: share * at };
  };

/** q of the deepest layer of the networks that others are to be like, with three of their standard errors as precision. */
export const likeNetworks =
  (step: string, label: string): Claim['expected'] =>
  (outcomes) => {
    const { q, qStderr } = resultIn(propagationResult, outcomes, step, label)?.layers.at(-1) ?? {};
    if (typeof q !== 'number' || typeof qStderr !== 'number') return null;
    return { kind: 'value', value: q, precision: 3 * qStderr };
  };
