/**
 * The engine's own products, on parameters in panels, as assembly/shared/panels.ts lays them out.
 *
 * Of a layer: W in panels of 12 columns, then up to two of 8, each row-major; then b. Columns are counted up to a multiple of
 * 4 (at least 8), rows up to one of 3 and of 4. What is added is 0 and stays so: it gets no gradient.
 */

import type { Arithmetic, LayerShape, NetworkShape, Products } from './arithmetic.js';
import type { Kernels } from './kernels.js';
import type { MemoryMap } from './memory-map.js';

const WIDE = 12;
const NARROW = 8;
/** Both 3 and 4 divide it, the heights of tiles. */
const BLOCK_ROWS = 120;
/** The last block of four that `packRows` writes ends beyond its rows. */
const PACKING_SLACK = 16;

const upTo = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/** Rows that tiles of 3 and of 4 rows touch. */
const rowsOfPanels = (rows: number): number => Math.max(upTo(rows, 3), upTo(rows, 4));

/** Columns of 12 a panel, and all. */
function columnsOf(units: number): { readonly wide: number; readonly all: number } {
  const quarters = Math.ceil(units / 4);
  const narrow = quarters === 1 ? 1 : (3 - (quarters % 3)) % 3;
  const wide = Math.max(4 * quarters - NARROW * narrow, 0);
  return { wide, all: wide + NARROW * narrow };
}

/** Not a multiple of 128, at which rows would share lines of the cache */
function strideOf(units: number): number {
  const stride = Math.max(columnsOf(units).all, upTo(rowsOfPanels(units), 4));
  return stride % 128 === 0 ? stride + NARROW : stride;
}

function layerShape(fanIn: number, fanOut: number, weights: number): LayerShape & { readonly end: number } {
  const { wide, all } = columnsOf(fanOut);
  const height = rowsOfPanels(fanIn);
  const bias = weights + height * all;
  return {
    fanIn,
    fanOut,
    weights,
    bias,
    end: bias + all,
    transposed: rowsOfPanels(fanOut) * columnsOf(fanIn).all,
    columnPlace(column) {
      const first = column < wide ? 0 : wide;
      const width = column < wide ? WIDE : NARROW;
      const panel = Math.floor((column - first) / width) * width;
      return [weights + (first + panel) * height + (column - first - panel), width];
    },
  };
}

function shapeOf(sizes: readonly number[]): NetworkShape {
  const layers: LayerShape[] = [];
  let length = 0;
  for (let index = 0; index + 1 < sizes.length; index++) {
    const layer = layerShape(sizes[index]!, sizes[index + 1]!, length);
    layers.push(layer);
    length = layer.end;
  }
  return { layers, length };
}

function products(kernels: Kernels, { layers }: MemoryMap): Products {
  const entries = layers.map(({ entry }) => entry);
  return {
    begin(parameters) {
      for (const entry of entries.slice(1)) kernels.transposeWeights(entry, parameters);
    },
    forward: (layer, parameters, rows) => kernels.forward(entries[layer]!, parameters, rows),
    linearForward: (layer, parameters, rows) => kernels.linearForward(entries[layer]!, parameters, rows),
    backward: (layer, gradient, rows, out) =>
      kernels.backward(entries[layer]!, entries[layer - 1]!, gradient, rows, out),
    weightGradient: (layer, gradient, rows, gradients) =>
      kernels.weightGradient(entries[layer]!, gradient, rows, gradients),
  };
}

export const panels: Arithmetic = {
  blockRows: BLOCK_ROWS,
  strideOf,
  shapeOf,
  scratch: (widest) => BLOCK_ROWS * upTo(widest, WIDE) + PACKING_SLACK,
  products,
};
