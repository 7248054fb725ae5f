/** Parameters whose matrices lie in rows: of a layer W, then b, which begins where a further row of W would. */

import type { LayerShape, NetworkShape } from './arithmetic.js';

/** The engine's own loops take four numbers at a time. What is added is 0 and stays so: it gets no gradient. */
const padded = (units: number): number => 4 * Math.ceil(units / 4);

/** @param strideOf floats from one row to the next of as many columns: at least as many, counted up to four */
export function shapeInRows(sizes: readonly number[], strideOf: (units: number) => number): NetworkShape {
  const layers: LayerShape[] = [];
  let length = 0;
  for (let index = 0; index + 1 < sizes.length; index++) {
    const fanIn = sizes[index]!;
    const fanOut = sizes[index + 1]!;
    const stride = strideOf(fanOut);
    const weights = length;
    const bias = weights + padded(fanIn) * stride;
    layers.push({
      ...{ fanIn, fanOut, weights, bias },
      transposed: padded(fanOut) * strideOf(fanIn),
      columnPlace: (column) => [weights + column, stride],
    });
    length = bias + stride;
  }
  return { layers, length };
}
