/** The three products of a layer, h = s W + b, dS = dH Wᵀ and dW = sᵀ dH, of all their terms. */

import { BEND, GATE, KEEP, TIMES } from './finish';
import { Layer } from './layer-table';
import { addOuterProduct, packColumns } from './outer-product';
import { multiply } from './product';

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
    4 * <usize>layer.outputStride,
    layer.fanOut,
    parameters + layer.bias,
    layer.outputs,
    4 * <usize>layer.outputStride,
    finish,
    0,
    layer.parameter,
  );
}

// Functions of their own, since the compiler joins two products in one function, which then ask at every number what to do.

/** φ(h) of an activation that is told by its sign */
export function bentProduct(layer: Layer, parameters: usize, rows: i32): void {
  product(layer, parameters, rows, BEND);
}

/** h */
export function linearProduct(layer: Layer, parameters: usize, rows: i32): void {
  product(layer, parameters, rows, KEEP);
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
    4 * <usize>layer.inputStride,
    layer.fanIn,
    layer.zeros,
    out,
    4 * <usize>layer.inputStride,
    finish,
    factors,
    slope,
  );
}

/**
 * dH of the layer before, whose activation is told by its sign: dH Wᵀ times its φ'
 *
 * @param gradient dH of `layer`, [rows, outputStride]
 * @param out [rows, inputStride]
 */
export function gatedProduct(layer: Layer, previous: Layer, gradient: usize, rows: i32, out: usize): void {
  transposedProduct(layer, gradient, rows, out, GATE, previous.outputs, previous.parameter);
}

/** The same of other activations */
export function scaledProduct(layer: Layer, previous: Layer, gradient: usize, rows: i32, out: usize): void {
  transposedProduct(layer, gradient, rows, out, TIMES, previous.slopes, 0);
}

/** dW = sᵀ dH, added to `gradients`, which is laid out as parameters are */
export function addWeightGradient(layer: Layer, gradient: usize, rows: i32, gradients: usize): void {
  const stride = 4 * <usize>layer.outputStride;
  packColumns(layer.inputs, 4 * <usize>layer.inputStride, rows, layer.fanIn, layer.packed);
  addOuterProduct(
    layer.packed,
    layer.fanIn,
    gradient,
    stride,
    layer.fanOut,
    rows,
    gradients + layer.weights,
    stride,
  );
}
