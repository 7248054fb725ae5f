/** The three products of a layer, h = s W + b, dS = dH Wᵀ and dW = sᵀ dH, with φ and φ' in their epilogues. */

import { activate, isBent } from './activation';
import { BEND, GATE, KEEP, TIMES } from './finish';
import { Layer } from './layer-table';
import { addColumnSums, addOuterProduct, packColumns } from './outer-product';
import { columnAddress, panelRows, rowBytes, upTo, widePanels } from './panels';
import { multiply } from './product';
import { transposeBlock } from './transpose';

// @ts-ignore: decorator
@inline
function product(layer: Layer, parameters: usize, rows: i32, finish: i32): void {
  const stride = 4 * <usize>layer.inputStride;
  multiply(
    layer.inputs,
    stride,
    rows,
    layer.fanIn,
    parameters + layer.weights,
    layer.fanOut,
    panelRows(layer.fanIn),
    parameters + layer.bias,
    layer.outputs,
    4 * <usize>layer.outputStride,
    finish,
    0,
    layer.parameter,
  );
}

/** φ(h), and φ'(h) where it takes more than the sign of φ(h) to tell it */
export function forward(layer: Layer, parameters: usize, rows: i32): void {
  if (isBent(layer)) product(layer, parameters, rows, BEND);
  else {
    linearForward(layer, parameters, rows);
    activate(layer, rows);
  }
}

/** h */
export function linearForward(layer: Layer, parameters: usize, rows: i32): void {
  product(layer, parameters, rows, KEEP);
}

/** Wᵀ of a layer in panels, for `backward` */
export function transposeWeights(layer: Layer, parameters: usize): void {
  const weights = parameters + layer.weights;
  const rows = upTo(layer.fanIn, 4);
  const columns = upTo(layer.fanOut, 4);
  const wide = widePanels(layer.fanOut);
  const wideTransposed = widePanels(layer.fanIn);
  const height = panelRows(layer.fanIn);
  const transposedHeight = panelRows(layer.fanOut);
  for (let column = 0; column < columns; column += 4) {
    const from = weights + columnAddress(column, wide, height);
    const fromRow = rowBytes(column, wide);
    for (let row = 0; row < rows; row += 4) {
      const toRow = rowBytes(row, wideTransposed);
      transposeBlock(
        from + <usize>row * fromRow,
        fromRow,
        layer.transposed + columnAddress(row, wideTransposed, transposedHeight) + <usize>column * toRow,
        toRow,
      );
    }
  }
}

// @ts-ignore: decorator
@inline
function transposedProduct(
  layer: Layer,
  gradient: usize,
  rows: i32,
  out: usize,
  finish: i32,
  factors: usize,
  slope: f32,
): void {
  const stride = 4 * <usize>layer.outputStride;
  multiply(
    gradient,
    stride,
    rows,
    layer.fanOut,
    layer.transposed,
    layer.fanIn,
    panelRows(layer.fanOut),
    layer.zeros,
    out,
    4 * <usize>layer.inputStride,
    finish,
    factors,
    slope,
  );
}

// Functions of their own, since the compiler joins two products in one function, which then ask at every number what to do.

function gatedProduct(layer: Layer, previous: Layer, gradient: usize, rows: i32, out: usize): void {
  transposedProduct(layer, gradient, rows, out, GATE, previous.outputs, previous.parameter);
}

function scaledProduct(layer: Layer, previous: Layer, gradient: usize, rows: i32, out: usize): void {
  transposedProduct(layer, gradient, rows, out, TIMES, previous.slopes, 0);
}

/**
 * dH of the layer before: dH Wᵀ times its φ'
 *
 * @param gradient dH of `layer`, [rows, outputStride]
 * @param out [rows, inputStride]
 */
export function backward(layer: Layer, previous: Layer, gradient: usize, rows: i32, out: usize): void {
  if (isBent(previous)) gatedProduct(layer, previous, gradient, rows, out);
  else scaledProduct(layer, previous, gradient, rows, out);
}

/** dW = sᵀ dH and db = 1ᵀ dH, added to `gradients`, which is laid out as parameters are */
export function weightGradient(layer: Layer, gradient: usize, rows: i32, gradients: usize): void {
  const stride = 4 * <usize>layer.outputStride;
  const inputStride = 4 * <usize>layer.inputStride;
  packColumns(layer.inputs, inputStride, rows, layer.fanIn, layer.packed);
  addOuterProduct(
    layer.packed,
    layer.fanIn,
    gradient,
    stride,
    layer.fanOut,
    rows,
    gradients + layer.weights,
  );
  addColumnSums(gradient, stride, layer.fanOut, rows, gradients + layer.bias);
}
