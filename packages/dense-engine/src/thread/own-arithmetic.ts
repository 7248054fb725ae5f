/**
 * The engine's own products, assembly/shared/layer.ts. Columns and rows are counted up to what its tiles take at a time; what is
 * added is 0 and stays so: it gets no gradient.
 */

import type { BuildName } from '../build.js';
import type { Arithmetic, Products } from './arithmetic.js';
import type { Kernels } from './kernels.js';
import type { MemoryMap } from './memory-map.js';
import { shapeInRows } from './shape.js';

/** Both 3 and 4 divide it, the heights of tiles; and no more than a list of terms has room for. */
const BLOCK_ROWS = 120;
/** Columns of signals that lie side by side when they are packed */
const PACKED_COLUMNS = 12;
/** Lists of terms, floats of a list and its end, and floats of what is told of columns: assembly/shared/sparse-layer.ts */
const LISTS = 60;
const LIST = 4 * 121 + 1;
const TABLES = 4 * 121;

/** Numbers that one operation of a build takes */
const lanesOf = (build: BuildName): number => (build === 'paired' ? 8 : 4);

const upTo = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/** Rows that tiles of 3 and of 4 rows touch */
const heightOf = (rows: number): number => Math.max(upTo(rows, 3), upTo(rows, 4));

/** Columns that tiles touch, in panels of three times as many columns as lanes, then up to two of twice as many */
function columnsOf(units: number, lanes: number): number {
  const parts = Math.ceil(units / lanes);
  return lanes * Math.max(parts, 2);
}

/** Also for signals, whose columns are the rows of weights; not a multiple of 128, at which rows would share lines of the cache */
function strideOf(units: number, lanes: number): number {
  const stride = Math.max(columnsOf(units, lanes), upTo(heightOf(units), 4));
  return stride % 128 === 0 ? stride + 2 * lanes : stride;
}

const productsOf =
  (lanes: number) =>
  (kernels: Kernels, { layers, shape }: MemoryMap): Products => {
    const entries = layers.map(({ entry }) => entry);
    return {
      begin(parameters) {
        shape.layers.forEach(({ fanIn, stride }, index) => {
          if (index > 0) kernels.transposeRows(entries[index]!, parameters, stride, strideOf(fanIn, lanes));
        });
      },
      forward: (layer, parameters, rows) => kernels.forward(entries[layer]!, parameters, rows),
      linearForward: (layer, parameters, rows) => kernels.linearForward(entries[layer]!, parameters, rows),
      backward: (layer, gradient, rows, out) =>
        kernels.backward(entries[layer]!, entries[layer - 1]!, gradient, rows, out),
      weightGradient: (layer, gradient, rows, gradients) =>
        kernels.weightGradient(entries[layer]!, gradient, rows, gradients),
    };
  };

export function ownArithmetic(build: BuildName): Arithmetic {
  const lanes = lanesOf(build);
  const stride = (units: number): number => strideOf(units, lanes);
  return {
    blockRows: BLOCK_ROWS,
    strideOf: stride,
    shapeOf: (sizes) => shapeInRows(sizes, stride, heightOf),
    scratch: (widest) => Math.max(BLOCK_ROWS * upTo(widest, PACKED_COLUMNS), LISTS * LIST + TABLES),
    products: productsOf(lanes),
  };
}
