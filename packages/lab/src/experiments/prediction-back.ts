/** What theory predicts of derivatives in simulated perceptrons: `gradients` of @meanfield/theory, from the inputs' mean square. */

import { isMeanfieldError, type Json, type JsonObject } from '@meanfield/core';
import { firstLayer, gradients, type LayerGradients } from '@meanfield/theory';

import { jsonNumber } from '../json-number.js';
import type { InfiniteNetwork } from './mean-field-of.js';

/** χ₁ and squared gradients by layer, entry 0 layer 1's; or why theory does not say. */
function gradientsOf(
  { map, statistics }: InfiniteNetwork,
  meanSquare: number,
  depth: number,
): readonly LayerGradients[] | string {
  const start = firstLayer(statistics, { meanSquare, gap: 0 });
  if (start === null) return `the law of the weights is ${statistics.law}`;
  try {
    return gradients(map, start.q1, depth - 1).layers;
  } catch (error) {
    if (isMeanfieldError(error) && error.code === 'UNSUPPORTED') return error.message;
    throw error;
  }
}

function predictionOf(
  theory: InfiniteNetwork | string,
  meanSquare: number,
  depth: number,
  layersOf: (layers: readonly LayerGradients[], theory: InfiniteNetwork) => readonly Json[],
): JsonObject {
  if (typeof theory === 'string') return { theory: null, reason: theory };
  const layers = gradientsOf(theory, meanSquare, depth);
  if (typeof layers === 'string') return { theory: null, reason: layers };
  const { model, map } = theory;
  return { theory: { model: model.name, method: map.method, layers: layersOf(layers, theory) } };
}

/** E δ² by layer, relative to the last. */
export function predictedGradients(
  theory: InfiniteNetwork | string,
  meanSquare: number,
  depth: number,
): JsonObject {
  return predictionOf(theory, meanSquare, depth, (layers) =>
    layers.map(({ biases }): Json => ({ relative: jsonNumber(biases) })),
  );
}

/** E ‖J‖_F²/N = σ_w² χ₁(q¹) … χ₁(q^{l−1}) by layer (`schoenholz2017` §4). */
export function predictedJacobians(
  theory: InfiniteNetwork | string,
  meanSquare: number,
  depth: number,
): JsonObject {
  return predictionOf(theory, meanSquare, depth, (layers, { statistics }) => {
    let norm = statistics.law === 'empirical' ? 0 : statistics.weightVariance;
    return layers.map(({ chi1 }): Json => {
      const here = norm;
      norm *= chi1;
      return { meanSquareNorm: jsonNumber(here) };
    });
  });
}
