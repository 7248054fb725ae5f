/** Perceptrons with layer normalisation: `shrinkage2021` thm. 1, put together from what theory knows. */

import {
  MeanfieldError,
  type Acceptance,
  type Analysis,
  type DeepArchitecture,
  type PerceptronLayer,
} from '@meanfield/core';
import { unitCovariance } from '@meanfield/numerics';
import {
  completeQuestion,
  criticalBiasRatio,
  depthAdvice,
  depthAnalysis,
  jumpOf,
  normalisedLayers,
} from '@meanfield/theory';

import { sentences } from './sentences.js';

function accepts(architecture: DeepArchitecture): Acceptance {
  if (architecture.kind !== 'mlp')
    return { accepted: false, reason: `it describes perceptrons, and this is a ${architecture.kind}` };
  for (const [index, { activation }] of architecture.layers.entries()) {
    const jump = jumpOf(activation);
    if (jump === undefined) continue;
    const reason = `${activation.name} of layer ${index + 1} jumps at ${jump}, where small differences grow without limit`;
    return { accepted: false, reason };
  }
  return { accepted: true };
}

type Perceptron = Extract<DeepArchitecture, { kind: 'mlp' }>;

function requirePerceptron(architecture: DeepArchitecture): Perceptron {
  const answer = accepts(architecture);
  if (architecture.kind === 'mlp' && answer.accepted) return architecture;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'a perceptron with continuous activations for the analysis layer-norm',
    found: answer.accepted ? architecture.kind : answer.reason,
    remedy: 'use analysis resnet for residual networks, and activations without jumps',
  });
}

function criticalBiasRatios(layers: readonly PerceptronLayer[]): Record<string, number | null> {
  const activations = new Map(layers.map(({ activation }) => [activation.name, activation]));
  return Object.fromEntries(
    [...activations].map(([name, activation]) => [name, criticalBiasRatio(unitCovariance(activation))]),
  );
}

export const layerNormAnalysis: Analysis = {
  name: 'layer-norm',
  accepts,
  analyse: (architecture, question) => depthAnalysis(requirePerceptron(architecture), question),
  advise(architecture, question) {
    const perceptron = requirePerceptron(architecture);
    const complete = completeQuestion(question);
    const found = depthAnalysis(perceptron, question);
    const advice = {
      ...depthAdvice(normalisedLayers(perceptron), complete),
      criticalBiasRatios: criticalBiasRatios(perceptron.layers),
    };
    return { ...advice, sentences: sentences(found, advice) };
  },
};
