/**
 * A network as steps on blocks of pairs. Lengths are followed first, input by input, since they do not depend on pairs:
 * what is left for a pair is its gap (and its tangent kernel).
 */

import { MeanfieldError } from '@meanfield/core';
import { furthestMethod, gaussianExpectations, type ExpectationMethod } from '@meanfield/numerics';

import { homogeneousMap } from '../homogeneous.js';
import { expectationStep, homogeneousStep } from './activation-step.js';
import type { KernelLayer, KernelNetwork } from './network.js';
import {
  BLOCK_PAIRS,
  BLOCK_SIDE,
  combineInputs,
  mapInputs,
  type PairStep,
  type PerInput,
} from './pair-block.js';
import { biasStep, sumStep } from './sum-step.js';

/** Inputs whose series an activation keeps, some kilobytes each; with more, a block's inputs are done anew. */
const MOST_KEPT = 2048;

/** What comes out of a sequence of layers */
export interface Stage {
  /** K_ii: mean squares of the signals of every input */
  readonly lengths: PerInput;
  readonly steps: readonly PairStep[];
  /** How expectations over pairs are had */
  readonly method: ExpectationMethod;
}

/** @throws MeanfieldError INVALID_ARGUMENT when lengths overflow or a signal of length 0 is to be normalised */
export function compile(layers: KernelNetwork, start: PerInput): Stage {
  let lengths = start;
  let method: ExpectationMethod = 'closed form';
  const steps: PairStep[] = [];
  for (const layer of layers) {
    const stage = compileLayer(layer, lengths);
    checkFinite(stage.lengths, layer);
    steps.push(...stage.steps);
    method = furthestMethod([method, stage.method]);
    lengths = stage.lengths;
  }
  return { lengths, steps, method };
}

function compileLayer(layer: KernelLayer, lengths: PerInput): Stage {
  if ('dense' in layer) return dense(layer.dense.weightVariance, layer.dense.biasVariance ?? 0, lengths);
  if ('activation' in layer) return activation(layer.activation, lengths);
  if ('layerNorm' in layer) return layerNorm(layer.layerNorm.epsilon ?? 0, lengths);
  return residual(layer.residual, lengths);
}

function dense(weightVariance: number, biasVariance: number, lengths: PerInput): Stage {
  const weighted = mapInputs(lengths, (q) => weightVariance * q);
  const after = mapInputs(weighted, (q) => q + biasVariance);
  const steps: PairStep[] = [];
  if (biasVariance > 0) steps.push(biasStep(weighted, biasVariance));
  steps.push(trainDense(weightVariance, after));
  return { lengths: after, steps, method: 'closed form' };
}

/** Θ' = K' + σ_w² Θ, after the gap has become that of K' */
function trainDense(weightVariance: number, after: PerInput): PairStep {
  const root = mapInputs(after, Math.sqrt);
  return ({ tangents, gaps, rowStart, rowEnd, columnStart, columnEnd }) => {
    if (tangents.length === 0) return;
    let at = 0;
    for (let i = rowStart; i < rowEnd; i++) {
      for (let j = columnStart; j < columnEnd; j++, at++) {
        const kernel = root.rows[i]! * root.columns[j]! * (1 - gaps[at]!);
        tangents[at] = kernel + weightVariance * tangents[at]!;
      }
    }
  };
}

function activation(
  phi: Extract<KernelLayer, { activation: unknown }>['activation'],
  lengths: PerInput,
): Stage {
  const homogeneous = homogeneousMap(phi);
  if (homogeneous !== null) {
    const after = mapInputs(lengths, (q) => homogeneous.meanSquare * q);
    return { lengths: after, steps: [homogeneousStep(homogeneous)], method: 'closed form' };
  }
  const kept = Math.min(MOST_KEPT, 2 * BLOCK_SIDE + lengths.rows.length + lengths.columns.length);
  const expectations = gaussianExpectations(phi, { kept });
  const after = mapInputs(lengths, (q) => expectations.meanSquare(q));
  return {
    lengths: after,
    steps: [expectationStep(expectations, lengths, after)],
    method: expectations.methods.product,
  };
}

/** Correlations stay, lengths become q/(q + ε), Θ is divided as K is. */
function layerNorm(epsilon: number, lengths: PerInput): Stage {
  if (epsilon === 0 && (lengths.rows.includes(0) || lengths.columns.includes(0))) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'signals of positive length in front of a layer normalisation',
      found: 'an input whose signal is 0 there',
      remedy: 'give it an epsilon above 0, or leave inputs of zeros out',
    });
  }
  const after = mapInputs(lengths, (q) => q / (q + epsilon));
  const divisor = mapInputs(lengths, (q) => Math.sqrt(q + epsilon));
  const step: PairStep = ({ tangents, rowStart, rowEnd, columnStart, columnEnd }) => {
    if (tangents.length === 0) return;
    let at = 0;
    for (let i = rowStart; i < rowEnd; i++) {
      for (let j = columnStart; j < columnEnd; j++, at++)
        tangents[at]! /= divisor.rows[i]! * divisor.columns[j]!;
    }
  };
  return { lengths: after, steps: [step], method: 'closed form' };
}

function residual(branch: readonly KernelLayer[], lengths: PerInput): Stage {
  const inner = compile(branch, lengths);
  const skipped = { gaps: new Float64Array(BLOCK_PAIRS), tangents: new Float64Array(BLOCK_PAIRS) };
  const keep: PairStep = ({ gaps, tangents }) => {
    skipped.gaps.set(gaps);
    skipped.tangents.set(tangents);
  };
  return {
    lengths: combineInputs(inner.lengths, lengths, (a, b) => a + b),
    steps: [keep, ...inner.steps, sumStep(inner.lengths, lengths, skipped)],
    method: inner.method,
  };
}

function checkFinite({ rows, columns }: PerInput, layer: KernelLayer): void {
  const isInfinite = (q: number): boolean => !Number.isFinite(q);
  const found = rows.find(isInfinite) ?? columns.find(isInfinite);
  if (found === undefined) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'finite lengths behind every layer',
    found: `${found} behind ${Object.keys(layer).join()}`,
    remedy: 'scale the inputs or the weight variances down, or take fewer layers',
  });
}
