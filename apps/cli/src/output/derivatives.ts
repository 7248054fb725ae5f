/** Jacobians and gradients by layer for a reader at a terminal, theory beside them. */

import type { JsonObject } from '@meanfield/core';

import { table, type Entry } from './table.js';

interface JacobianLayer {
  readonly layer: number;
  readonly meanSquareNorm: number;
  readonly meanSquareNormStderr: number;
  readonly largest?: readonly { readonly value: number; readonly stderr: number }[];
}

interface GradientLayer {
  readonly layer: number;
  readonly relative: number | null;
  readonly relativeStderr: number | null;
}

interface Result<Layer, Predicted> {
  readonly layers: readonly Layer[];
  readonly theory: { readonly layers: readonly Predicted[] } | null;
}

const measured = (value: number | null, stderr: number | null): Entry =>
  value === null ? null : { value, stderr: stderr ?? 0 };

/** A result of experiment `jacobian`. */
export function jacobiansTable(result: JsonObject): string {
  const { layers, theory } = result as unknown as Result<JacobianLayer, { readonly meanSquareNorm: Entry }>;
  const ranks = layers[0]?.largest ?? [];
  return table(
    [
      ...['layer', '‖J‖²/N', ...(theory === null ? [] : ['theory'])],
      ...ranks.map((_, rank) => `singular value ${rank + 1}`),
    ],
    layers.map(({ layer, meanSquareNorm, meanSquareNormStderr, largest = [] }, index) => [
      layer,
      measured(meanSquareNorm, meanSquareNormStderr),
      ...(theory === null ? [] : [theory.layers[index]?.meanSquareNorm]),
      ...largest.map(({ value, stderr }) => measured(value, stderr)),
    ]),
  );
}

/** A result of experiment `gradients`: mean squares relative to the last layer's. */
export function gradientsTable(result: JsonObject): string {
  const { layers, theory } = result as unknown as Result<GradientLayer, { readonly relative: Entry }>;
  return table(
    ['layer', 'mean δ² over the last’s', ...(theory === null ? [] : ['theory'])],
    layers.map(({ layer, relative, relativeStderr }, index) => [
      layer,
      measured(relative, relativeStderr),
      ...(theory === null ? [] : [theory.layers[index]?.relative]),
    ]),
  );
}
