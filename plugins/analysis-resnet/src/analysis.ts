/** Normalised residual networks: `shrinkage2021` thm. 2, put together from what theory knows. */

import { MeanfieldError, type Acceptance, type Analysis, type DeepArchitecture } from '@meanfield/core';
import { completeQuestion, depthAdvice, depthAnalysis, jumpOf, normalisedLayers } from '@meanfield/theory';

import { branchLimits } from './branch-limits.js';
import { sentences } from './sentences.js';

function accepts(architecture: DeepArchitecture): Acceptance {
  if (architecture.kind !== 'resnet')
    return { accepted: false, reason: `it describes residual networks, and this is an ${architecture.kind}` };
  for (const [index, { activation }] of architecture.blocks.entries()) {
    const jump = jumpOf(activation);
    if (jump === undefined) continue;
    const reason = `${activation.name} of block ${index + 1} jumps at ${jump}, where small differences grow without limit`;
    return { accepted: false, reason };
  }
  return { accepted: true };
}

type ResidualNetwork = Extract<DeepArchitecture, { kind: 'resnet' }>;

function requireResidual(architecture: DeepArchitecture): ResidualNetwork {
  const answer = accepts(architecture);
  if (architecture.kind === 'resnet' && answer.accepted) return architecture;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'a residual network with continuous activations for the analysis resnet',
    found: answer.accepted ? architecture.kind : answer.reason,
    remedy: 'use analysis layer-norm for perceptrons, and activations without jumps',
  });
}

export const residualAnalysis: Analysis = {
  name: 'resnet',
  accepts,
  analyse: (architecture, question) => depthAnalysis(requireResidual(architecture), question),
  advise(architecture, question) {
    const network = requireResidual(architecture);
    const complete = completeQuestion(question);
    const found = depthAnalysis(network, question);
    const layers = normalisedLayers(network);
    const advice = {
      ...depthAdvice(layers, complete),
      branchVariance: branchLimits(layers, complete),
    };
    return { ...advice, sentences: sentences(found, advice) };
  },
};
