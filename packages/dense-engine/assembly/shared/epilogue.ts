/** What is left of a layer whose products are done elsewhere, on W in rows. */

import { activate, isBent } from './activation';
import { bend } from './finish';
import { splat } from './fused';
import { Layer } from './layer-table';
import { addColumnSums } from './outer-product';
import { upTo } from './panels';
import { transposeBlock } from './transpose';

/** h = s W + b, and φ of it where `bent`, where outputs are s W */
// @ts-ignore: decorator
@inline
function finish(layer: Layer, parameters: usize, rows: i32, bent: bool): void {
  const stride = <usize>(4 * layer.outputStride);
  const width = <usize>(4 * upTo(layer.fanOut, 4));
  const slope = splat(layer.parameter);
  const bias = parameters + layer.bias;
  const end = bias + width;
  const last = layer.outputs + <usize>rows * stride;
  let row = layer.outputs;
  do {
    let from = bias;
    let to = row;
    do {
      const h = f32x4.add(v128.load(to), v128.load(from));
      v128.store(to, bent ? bend(h, slope) : h);
      from += 16;
      to += 16;
    } while (from < end);
    row += stride;
  } while (row < last);
}

/** h, where outputs are s W */
export function addBias(layer: Layer, parameters: usize, rows: i32): void {
  finish(layer, parameters, rows, false);
}

/** φ(h), and φ'(h) where it takes more than the sign of φ(h) to tell it, where outputs are s W */
export function finishForward(layer: Layer, parameters: usize, rows: i32): void {
  if (isBent(layer)) finish(layer, parameters, rows, true);
  else {
    finish(layer, parameters, rows, false);
    activate(layer, rows);
  }
}

/** db = 1ᵀ dH, added to `gradients`, which is laid out as parameters are */
export function biasGradient(layer: Layer, gradient: usize, rows: i32, gradients: usize): void {
  addColumnSums(gradient, 4 * <usize>layer.outputStride, layer.fanOut, rows, gradients + layer.bias);
}

/** Wᵀ of a layer in rows, `toStride` floats apart, from W in rows, `fromStride` floats apart: both counted up to fours */
export function transposeRows(layer: Layer, parameters: usize, fromStride: i32, toStride: i32): void {
  const from = parameters + layer.weights;
  const fromBytes = <usize>(4 * fromStride);
  const toBytes = <usize>(4 * toStride);
  for (let row = 0; row < layer.fanIn; row += 4) {
    for (let column = 0; column < layer.fanOut; column += 4) {
      transposeBlock(
        from + <usize>row * fromBytes + 4 * <usize>column,
        fromBytes,
        layer.transposed + <usize>column * toBytes + 4 * <usize>row,
        toBytes,
      );
    }
  }
}
