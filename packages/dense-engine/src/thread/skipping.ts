/**
 * Products that leave out terms of which a factor is zero, on parameters in rows: for networks of ReLUs, where half of all signals
 * are zero, and half of all gradients. The same bits as with ./panels, as long as parameters are finite.
 */

import type { Arithmetic, Products } from './arithmetic.js';
import type { Kernels } from './kernels.js';
import type { MemoryMap } from './memory-map.js';
import { savedShapeOf, type Lanes } from './panels.js';
import { shapeInRows } from './rows.js';

/** Rows of a block are summed two by two; lists are as long. */
const BLOCK_ROWS = 120;
/** Lists of pairs of sums, and records of 4 floats in each, with one to spare: assembly/shared/records.ts */
const LISTS = 60;
const RECORDS = 121;

/** Not a multiple of 128, at which rows would share lines of the cache */
function strideOf(units: number, lanes: Lanes): number {
  const stride = lanes * Math.ceil(units / lanes);
  return stride % 128 === 0 ? stride + 8 : stride;
}

const productsOf =
  (lanes: Lanes) =>
  (kernels: Kernels, { layers, shape }: MemoryMap): Products => {
    const places = layers.map(({ entry }, index) => ({ entry, ...shape.layers[index]! }));
    const entryOf = (layer: number): number => places[layer]!.entry;
    return {
      begin(parameters) {
        for (const { entry, fanIn, fanOut } of places.slice(1))
          kernels.transposeRows(entry, parameters, strideOf(fanOut, lanes), strideOf(fanIn, lanes));
      },
      forward: (layer, parameters, rows) => kernels.skippingForward(entryOf(layer), parameters, rows),
      linearForward: (layer, parameters, rows) =>
        kernels.skippingLinearForward(entryOf(layer), parameters, rows),
      backward: (layer, gradient, rows, out) =>
        kernels.skippingBackward(entryOf(layer), entryOf(layer - 1), gradient, rows, out),
      weightGradient: (layer, gradient, rows, gradients) =>
        kernels.skippingWeightGradient(entryOf(layer), gradient, rows, gradients),
    };
  };

export const skippingOf = (lanes: Lanes): Arithmetic => ({
  blockRows: BLOCK_ROWS,
  strideOf: (units) => strideOf(units, lanes),
  shapeOf: (sizes) => shapeInRows(sizes, (units) => strideOf(units, lanes)),
  savedShapeOf,
  scratch: () => LISTS * (4 * RECORDS + 1),
  products: productsOf(lanes),
});
