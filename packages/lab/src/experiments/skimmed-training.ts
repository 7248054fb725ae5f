/**
 * A deep network with layer norm and the same with a block of layers replaced by its linearisation, trained side by side
 * on the same batches (`shrinkage2021` §4.2, fig. 4): how representations shrink before and after, how alike both learn.
 *
 * The block is linearised at the mean direction of the representations that enter it. Training is in float64, by Adam.
 */

import {
  cite,
  definePlugin,
  MeanfieldError,
  shrinkage2021,
  type Activation,
  type DeepArchitecture,
  type Json,
  type JsonObject,
  type PluginDefinition,
  type Task,
} from '@meanfield/core';
import { meanOf, meanOfPresent } from '@meanfield/simulation';
import { depthAnalysis } from '@meanfield/theory';
import { evaluationSteps } from '@meanfield/training';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { choice } from './choice.js';
import { criticalVariances, fullNetwork, partsOf, skimmedNetwork } from './skimmed-network.js';
import { trainPair, type PairJson } from './skimmed-pair.js';

const count = z.int().positive();
const rate = z.number().min(0).lt(1);

const options = z
  .strictObject({
    task: choice().default({ name: 'mnist', options: {} }),
    activations: z
      .array(choice())
      .min(1)
      .default([
        { name: 'relu', options: {} },
        { name: 'erf', options: {} },
      ]),
    depth: z.int().min(3).max(1000).default(82),
    before: count.default(33),
    block: count.default(16),
    width: z.int().min(2).default(128),
    batchSize: count.default(64),
    steps: count.default(1000),
    optimizer: z
      .strictObject({
        learningRate: z.number().positive().default(1e-4),
        beta1: rate.default(0.9),
        beta2: rate.default(0.999),
        epsilon: z.number().positive().default(1e-7),
      })
      .prefault({}),
    evaluations: z.int().min(2).default(12),
    evaluationRows: z.int().min(2).default(500),
    networks: z.int().min(2).default(2),
  })
  .refine(({ before, block, depth }) => before + block < depth, {
    path: ['block'],
    message: 'the block must end before the last layer',
  });

/** @throws MeanfieldError UNSUPPORTED for a task without classes */
function requireClasses({ loss, name }: Task): void {
  if (loss === 'softmax-cross-entropy') return;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'a task that classifies',
    found: `${name}, with loss ${loss}`,
    remedy: 'choose a task such as mnist',
  });
}

/** The full network's embedding and layers, infinitely wide. */
function infiniteArchitecture(
  activations: readonly Activation[],
  linear: Activation,
  depth: number,
): DeepArchitecture {
  const behind = activations.map((activation) => ({ activation, ...criticalVariances(activation) }));
  const embedding = { activation: linear, weightVariance: 1, biasVariance: 0 };
  const others = Array.from({ length: depth - 1 }, (_, index) => behind[index % behind.length]!);
  return { kind: 'mlp', layers: [embedding, ...others] };
}

/** Element by element of lists of one length */
const byPlace = (lists: readonly (readonly (number | null)[])[]): Json =>
  lists[0]!.map((_, place) => ({ ...meanOfPresent(lists.map((list) => list[place]!)) }));

function summary(pairs: readonly PairJson[], points: readonly number[]): JsonObject {
  const curve = (of: 'full' | 'skimmed', measure: 'loss' | 'accuracy'): Json =>
    byPlace(pairs.map((pair) => pair[of].map((each) => each[measure])));
  const scored = (of: 'full' | 'skimmed'): JsonObject => ({
    loss: curve(of, 'loss'),
    accuracy: curve(of, 'accuracy'),
  });
  return {
    before: byPlace(pairs.map(({ before }) => before)),
    after: byPlace(pairs.map(({ after }) => after)),
    alignment: pairs[0]!.alignment.map(({ layer }, place): Json => ({
      layer,
      ...meanOfPresent(pairs.map(({ alignment }) => alignment[place]!.correlation)),
    })),
    step: points,
    full: scored('full'),
    skimmed: scored('skimmed'),
  };
}

/** 1 − ρ by layer at infinite width: of the average pair, and of the widest pair that there can be. */
function prediction(architecture: DeepArchitecture, inputGap: number): JsonObject {
  const { widestGaps } = depthAnalysis(architecture);
  const { widestGaps: gaps } = depthAnalysis(architecture, { inputGap });
  return { gaps: gaps.slice(1), widestGaps: widestGaps.slice(1) };
}

const skimmedTraining: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'skimmed-training',
  package: PACKAGE,
  version: VERSION,
  summary:
    'a deep network and the same with a block of layers replaced by a linear one, trained side by side',
  options,
  optionDocs: {
    task: 'the task, with classes, a name or { name, options }, default mnist',
    activations: 'take turns by layer, names or { name, options }, default relu and erf',
    depth: 'layers with norms of the full network, default 82',
    before: 'layers before the block, default 33',
    block: 'layers of the block, default 16',
    width: 'neurons of each layer, default 128',
    batchSize: 'examples in a step, default 64',
    steps: 'of Adam, default 1000',
    optimizer: '{ learningRate, beta1, beta2, epsilon } of Adam, default a rate of 1e-4',
    evaluations: 'points of a curve, default 12',
    evaluationRows: 'held-out examples that scores and correlations are of, default 500',
    networks: 'independent pairs of networks, at least 2, default 2',
  },
  references: [cite(shrinkage2021, '§4.2, fig. 4')],
  create(parsed, context) {
    const { depth, before, block, networks, steps, evaluations } = parsed;
    const task = context.get('task', parsed.task.name, parsed.task.options);
    requireClasses(task);
    const activations = parsed.activations.map(({ name, options: given }) =>
      context.get('activation', name, given),
    );
    const parts = partsOf(activations, context);
    const shape = { depth, before, block };
    const setting = {
      ...parsed,
      task,
      shape,
      networks: {
        full: fullNetwork(parts, shape, task.outputSize),
        skimmed: skimmedNetwork(parts, shape, task.outputSize),
      },
    };
    const infinite = infiniteArchitecture(activations, context.get('activation', 'linear', {}), depth);
    return {
      name: 'skimmed-training',
      parts: networks,
      runPart: (index, given) => trainPair(setting, index, given),
      combine(found) {
        const pairs = found as unknown as readonly PairJson[];
        const inputGap = meanOf(pairs.map((pair) => pair.inputGap)).mean;
        return {
          result: {
            ...summary(pairs, evaluationSteps(steps, evaluations)),
            theory: prediction(infinite, inputGap),
          },
        };
      },
    };
  },
});

export default skimmedTraining;
