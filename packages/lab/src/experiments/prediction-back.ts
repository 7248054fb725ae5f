/** What theory predicts of derivatives in simulated networks: `gradients` of @meanfield/theory, from the inputs' mean square. */

import type { Json, JsonObject } from '@meanfield/core';
import { firstLayer, gradients, type LayerGradients } from '@meanfield/theory';

import { jsonNumber } from '../json-number.js';
import type { InfiniteNetwork } from './mean-field-of.js';
import { orReason } from './prediction.js';

/** χ₁ and squared gradients by layer, entry 0 layer 1's; or why theory does not say. */
function gradientsOf(
  { map, statistics }: InfiniteNetwork,
  meanSquare: number,
  places: number,
): readonly LayerGradients[] | string {
  const start = firstLayer(statistics, { meanSquare, gap: 0 });
  if (start === null) return `the law of the weights is ${statistics.law}`;
  return orReason(() => gradients(map, start.q1, places - 1).layers, ['UNSUPPORTED']);
}

function predictionOf(
  theory: InfiniteNetwork | string,
  meanSquare: number,
  places: number,
  layersOf: (layers: readonly LayerGradients[], theory: InfiniteNetwork) => readonly Json[],
): JsonObject {
  if (typeof theory === 'string') return { theory: null, reason: theory };
  const layers = gradientsOf(theory, meanSquare, places);
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

/** E ‖J‖_F²/N = σ_w² χ₁(q¹) … χ₁(q^{l−1}) by observed place (`schoenholz2017` §4); a norm divides it by q^l. */
export function predictedJacobians(
  theory: InfiniteNetwork | string,
  meanSquare: number,
  places: number,
): JsonObject {
  return predictionOf(theory, meanSquare, places, (layers, { statistics, normalised }) => {
    let norm = statistics.law === 'empirical' ? 0 : statistics.weightVariance;
    return layers.map(({ chi1, q }): Json => {
      const here = normalised === true ? norm / q : norm;
      norm *= chi1;
      return { meanSquareNorm: jsonNumber(here) };
    });
  });
}
