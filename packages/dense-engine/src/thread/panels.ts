/**
 * The engine's own products, on parameters in panels, as assembly/shared/panels.ts lays them out.
 *
 * Of a layer: W in panels of three times as many columns as an operation has lanes, then up to two of twice as many, each
 * row-major; then b. Columns are counted up to a multiple of the lanes (at least two), rows up to one of 3 and of 4. What is added
 * is 0 and stays so: it gets no gradient.
 */

import type { Arithmetic, LayerShape, NetworkShape, Products } from './arithmetic.js';
import type { Kernels } from './kernels.js';
import type { MemoryMap } from './memory-map.js';

/** Columns of signals that lie side by side when they are packed */
const PACKED_COLUMNS = 12;
/** Both 3 and 4 divide it, the heights of tiles. */
const BLOCK_ROWS = 120;

const upTo = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/** Rows that tiles of 3 and of 4 rows touch. */
const rowsOfPanels = (rows: number): number => Math.max(upTo(rows, 3), upTo(rows, 4));

/** Columns in panels of `3 * lanes`, and all, of which the others lie in panels of `2 * lanes`. */
function columnsOf(units: number, lanes: number): { readonly wide: number; readonly all: number } {
  const parts = Math.ceil(units / lanes);
  const narrow = 2 * lanes * (parts === 1 ? 1 : (3 - (parts % 3)) % 3);
  const wide = Math.max(lanes * parts - narrow, 0);
  return { wide, all: wide + narrow };
}

/** Not a multiple of 128, at which rows would share lines of the cache */
function strideOf(units: number, lanes: number): number {
  const stride = Math.max(columnsOf(units, lanes).all, upTo(rowsOfPanels(units), 4));
  return stride % 128 === 0 ? stride + 2 * lanes : stride;
}

function layerShape(
  fanIn: number,
  fanOut: number,
  weights: number,
  lanes: number,
): LayerShape & { readonly end: number } {
  const { wide, all } = columnsOf(fanOut, lanes);
  const height = rowsOfPanels(fanIn);
  const bias = weights + height * all;
  return {
    fanIn,
    fanOut,
    weights,
    bias,
    end: bias + all,
    transposed: rowsOfPanels(fanOut) * columnsOf(fanIn, lanes).all,
    columnPlace(column) {
      const first = column < wide ? 0 : wide;
      const width = lanes * (column < wide ? 3 : 2);
      const panel = Math.floor((column - first) / width) * width;
      return [weights + (first + panel) * height + (column - first - panel), width];
    },
  };
}

function shapeOf(sizes: readonly number[], lanes: number): NetworkShape {
  const layers: LayerShape[] = [];
  let length = 0;
  for (let index = 0; index + 1 < sizes.length; index++) {
    const layer = layerShape(sizes[index]!, sizes[index + 1]!, length, lanes);
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

/** Numbers that one operation of a build takes */
export type Lanes = 4 | 8;

/** How snapshots hold parameters, whatever the build and its products */
export const savedShapeOf = (sizes: readonly number[]): NetworkShape => shapeOf(sizes, 4);

export const panelsOf = (lanes: Lanes): Arithmetic => ({
  blockRows: BLOCK_ROWS,
  strideOf: (units) => strideOf(units, lanes),
  shapeOf: (sizes) => shapeOf(sizes, lanes),
  ...(lanes === 8 && { savedShapeOf }),
  scratch: (widest) => BLOCK_ROWS * upTo(widest, PACKED_COLUMNS),
  products,
});
