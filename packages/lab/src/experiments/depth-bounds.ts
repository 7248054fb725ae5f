/**
 * What depth does to an infinitely wide network with layer norm: correlations and Jacobians by layer, how the correlation of
 * two outputs depends on that of their inputs, and the bounds of `shrinkage2021` thm. 1 on both.
 *
 * The first layer embeds the input, so its activation is linear (§2.2): it adds nothing to the theorem's sum, and with
 * biases it moves correlations.
 */

import {
  cite,
  definePlugin,
  MeanfieldError,
  shrinkage2021,
  type DeepArchitecture,
  type Initializer,
  type Json,
  type PerceptronLayer,
  type PluginContext,
  type PluginDefinition,
} from '@meanfield/core';
import { depthAnalysis, gapMaxBound, squaredJacobianBound } from '@meanfield/theory';
import { z } from 'zod';

import { jsonNumber } from '../json-number.js';
import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, networkOptions, type Choice } from './choice.js';

const { activation, initializer } = networkOptions;
const MOST_DEPTH = 10_000;
const MOST_GAPS = 1000;

const options = z.strictObject({
  activation,
  initializer,
  depth: z.int().positive().max(MOST_DEPTH).default(20),
  gaps: z.array(z.number().min(0).max(1)).max(MOST_GAPS).default([1]),
});

/** @throws MeanfieldError UNSUPPORTED where rows are not independent Gaussian ones, which P describes */
function variancesOf(law: Initializer): Omit<PerceptronLayer, 'activation'> {
  const statistics = law.statistics();
  if (
    statistics.law === 'gaussian-rows' &&
    statistics.shape !== 'spherical' &&
    statistics.correlationStrength === 0
  ) {
    const { weightVariance, biasVariance } = statistics;
    return { weightVariance, biasVariance };
  }
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'independent weights, as the bounds of depth need',
    found: `initializer ${law.name} of another law`,
    remedy: 'choose an initializer such as he',
  });
}

interface Layers {
  readonly embedding: PerceptronLayer;
  /** Each of the others */
  readonly layer: PerceptronLayer;
}

function layersOf(
  chosen: { readonly activation: Choice; readonly initializer: Choice },
  context: PluginContext,
): Layers {
  const variances = variancesOf(
    context.get('initializer', chosen.initializer.name, chosen.initializer.options),
  );
  const { name, options: given } = chosen.activation;
  return {
    embedding: { activation: context.get('activation', 'linear', {}), ...variances },
    layer: { activation: context.get('activation', name, given), ...variances },
  };
}

const perceptron = (layers: readonly PerceptronLayer[]): DeepArchitecture => ({ kind: 'mlp', layers });

const depthBounds: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'depth-bounds',
  package: PACKAGE,
  version: VERSION,
  summary: 'correlations and Jacobians of an infinitely wide network with layer norm, with their bounds',
  options,
  optionDocs: {
    activation: CHOICE_DOCS.activation,
    initializer: CHOICE_DOCS.initializer,
    depth: 'layers, the linear embedding counted, default 20',
    gaps: 'of inputs, 1 less their correlations, from 0 to 1, default [1]',
  },
  references: [cite(shrinkage2021, '§3, §4.1, app. A')],
  create(parsed, context) {
    const { embedding, layer } = layersOf(parsed, context);
    const { depth } = parsed;
    return {
      name: 'depth-bounds',
      run() {
        const analysis = depthAnalysis(
          perceptron([embedding, ...Array.from({ length: depth - 1 }, () => layer)]),
        );
        const { gaps, widestGaps, terms, method } = analysis;
        const { regime, fixedGap } = depthAnalysis(perceptron([layer]));
        let [sum, log, gapMax] = [0, 0, 2];
        const layers = terms.map(({ term, slope }, index): Json => {
          sum += term;
          log += Math.log(slope);
          gapMax = Math.min(gapMax, widestGaps[index + 1]!);
          return {
            gap: gaps[index + 1]!,
            widestGap: widestGaps[index + 1]!,
            jacobian: jsonNumber(Math.exp(log / 2)),
            jacobianBound: Math.sqrt(squaredJacobianBound(gapMax, sum)),
            gapBound: jsonNumber(gapMaxBound(1, sum)),
          };
        });
        const outputs = parsed.gaps.map((gap): Json => ({
          gap,
          output: analysis.outputGap(gap),
          bound: analysis.outputGapBound(gap),
        }));
        return Promise.resolve({ result: { method, regime, fixedGap, layers, outputs } });
      },
    };
  },
});

export default depthBounds;
