import { cite, definePlugin, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { perturbedModel } from './perturbed-model.js';

const strength = z.number().min(0).max(1);

/** Precisions from here on have a finite variance 1/β, with room for σ_w². */
const SMALLEST_PRECISION = 1e-100;

const options = z.strictObject({
  eta: z.union([strength, z.tuple([strength], strength)]).default(0),
  noisePrecision: z.number().min(SMALLEST_PRECISION).optional(),
});

export interface PerturbedOptions {
  /**
   * η in [0, 1], how far the student's weights are from the teacher's: √(1−η²) is their correlation. A list gives one
   * for each layer that follows the start, the last one repeating. Default 0
   */
  readonly eta?: number | readonly number[];
  /** β ≥ 1e-100: every activation carries noise of variance 1/β. Default: no noise */
  readonly noisePrecision?: number;
}

const perturbed: PluginDefinition<'mean-field', PerturbedOptions> = definePlugin({
  kind: 'mean-field',
  name: 'perturbed',
  package: '@meanfield/mean-field-perturbed',
  version: '0.1.0',
  summary: 'two networks whose Gaussian weights differ, and noisy activations, in an infinitely wide layer',
  options,
  optionDocs: {
    eta: 'η, strength of the perturbation of weights and biases, from 0 to 1, or a list of them by layer, the last one repeating; default 0',
    noisePrecision: 'β, precision of the noise in activations, at least 1e-100; without it there is no noise',
  },
  references: [cite(singh2021, '§2.2')],
  create: ({ eta, noisePrecision }, context) =>
    perturbedModel(
      {
        strengths: typeof eta === 'number' ? [eta] : eta,
        noiseVariance: noisePrecision === undefined ? 0 : 1 / noisePrecision,
      },
      context,
    ),
});

export default perturbed;
export type { PerturbedState } from './perturbed-map.js';
