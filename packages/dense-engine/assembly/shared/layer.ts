/** The passes of a layer, each by the product that its zeros ask for. */

import { activate, isBent } from './activation';
import {
  addWeightGradient,
  bentProduct,
  gatedProduct,
  linearProduct,
  scaledProduct,
} from './dense-layer';
import { BEND, KEEP } from './finish';
import { Layer } from './layer-table';
import { addColumnSums } from './outer-product';
import { rowsAreSparse } from './records';
import { addSparseWeightGradient, sparseGatedProduct, sparseProduct } from './sparse-layer';

function inputsAreSparse(layer: Layer, rows: i32): bool {
  if (!layer.inputsVanish) return false;
  return rowsAreSparse(layer.inputs, 4 * <usize>layer.inputStride, rows, layer.fanIn);
}

/** φ(h), and φ'(h) where it takes more than the sign of φ(h) to tell it */
export function forward(layer: Layer, parameters: usize, rows: i32): void {
  if (!isBent(layer)) {
    linearForward(layer, parameters, rows);
    activate(layer, rows);
  } else if (inputsAreSparse(layer, rows)) sparseProduct(layer, parameters, rows, BEND);
  else bentProduct(layer, parameters, rows);
}

/** h */
export function linearForward(layer: Layer, parameters: usize, rows: i32): void {
  if (inputsAreSparse(layer, rows)) sparseProduct(layer, parameters, rows, KEEP);
  else linearProduct(layer, parameters, rows);
}

/**
 * dH of the layer before: dH Wᵀ times its φ'
 *
 * @param gradient dH of `layer`, [rows, outputStride]
 * @param out [rows, inputStride]
 */
export function backward(layer: Layer, previous: Layer, gradient: usize, rows: i32, out: usize): void {
  const stride = 4 * <usize>layer.outputStride;
  if (!isBent(previous)) scaledProduct(layer, previous, gradient, rows, out);
  else if (layer.gradientsVanish && rowsAreSparse(gradient, stride, rows, layer.fanOut)) {
    sparseGatedProduct(layer, previous, gradient, rows, out);
  } else gatedProduct(layer, previous, gradient, rows, out);
}

/** dW = sᵀ dH and db = 1ᵀ dH, added to `gradients`, which is laid out as parameters are */
export function weightGradient(layer: Layer, gradient: usize, rows: i32, gradients: usize): void {
  if (layer.inputsVanish) addSparseWeightGradient(layer, gradient, rows, gradients);
  else addWeightGradient(layer, gradient, rows, gradients);
  const stride = 4 * <usize>layer.outputStride;
  addColumnSums(gradient, stride, layer.fanOut, rows, gradients + layer.bias);
}
