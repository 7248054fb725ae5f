/** The products of ./dense-layer, to the bit, where terms of which a factor is zero are left out. */

import { addOuterProduct, packColumns } from './outer-product';
import { BEND, GATE, KEEP } from './finish';
import { Layer } from './layer-table';
import { upTo } from './panels';
import { columnsAreSparse, countColumns, orderColumns, recordColumns } from './record-columns';
import { LIST, PAIRS, recordRows, TERMS } from './records';
import { addRecords, sumRecords } from './sparse-product';

/** Columns of inputs that are listed at a time */
const COLUMNS: i32 = 2 * PAIRS;
/** Rows of a block that tell how often columns are zero */
const COUNTED: i32 = 40;

/** What is kept behind the lists: their ends; then of columns counts, order and places; then where those of a count go */
// @ts-ignore: decorator
@inline
function endsOf(layer: Layer): usize {
  return layer.packed + LIST * PAIRS;
}
// @ts-ignore: decorator
@inline
function countsOf(layer: Layer): usize {
  return endsOf(layer) + 4 * PAIRS;
}

/** finished(start + X B), X, B and the result in rows, `TERMS` terms at a time; `factors` lie as `out` does. */
function multiplyRecords(
  layer: Layer,
  x: usize,
  xStride: usize,
  rows: i32,
  depth: i32,
  b: usize,
  stride: usize,
  columns: i32,
  start: usize,
  out: usize,
  finish: i32,
  factors: usize,
  slope: f32,
): void {
  const pairs = (rows + 1) >> 1;
  const lists = layer.packed;
  const ends = endsOf(layer);
  let from = start;
  let fromStride: usize = 0;
  for (let first = 0; first < depth; first += TERMS) {
    const terms = min(depth - first, TERMS);
    const how = first + terms == depth ? finish : KEEP;
    recordRows(x, xStride, pairs, upTo(terms, 4), <i32>stride, lists, ends);
    sumRecords(lists, ends, b, columns, pairs, from, fromStride, out, stride, how, factors, slope);
    x += 4 * <usize>terms;
    b += <usize>terms * stride;
    from = out;
    fromStride = stride;
  }
}

/** h, or φ(h) where `finish` is BEND */
export function sparseProduct(layer: Layer, parameters: usize, rows: i32, finish: i32): void {
  multiplyRecords(
    layer,
    layer.inputs,
    4 * <usize>layer.inputStride,
    rows,
    layer.fanIn,
    parameters + layer.weights,
    4 * <usize>layer.outputStride,
    layer.fanOut,
    parameters + layer.bias,
    layer.outputs,
    finish,
    0,
    layer.parameter,
  );
}

/** dH of the layer before, whose activation is told by its sign */
export function sparseGatedProduct(
  layer: Layer,
  previous: Layer,
  gradient: usize,
  rows: i32,
  out: usize,
): void {
  multiplyRecords(
    layer,
    gradient,
    4 * <usize>layer.outputStride,
    rows,
    layer.fanOut,
    layer.transposed,
    4 * <usize>layer.inputStride,
    layer.fanIn,
    layer.zeros,
    out,
    GATE,
    previous.outputs,
    previous.parameter,
  );
}

/** dW, added to `gradients`; terms are rows of the block, at most `TERMS`. */
export function addSparseWeightGradient(layer: Layer, gradient: usize, rows: i32, gradients: usize): void {
  const stride = 4 * <usize>layer.outputStride;
  const inputStride = 4 * <usize>layer.inputStride;
  const lists = layer.packed;
  const ends = endsOf(layer);
  const counts = countsOf(layer);
  const order = counts + 4 * COLUMNS;
  const places = order + 4 * COLUMNS;
  const room = places + 4 * COLUMNS;
  const counted = min(rows, COUNTED);
  let x = layer.inputs;
  let out = gradients + layer.weights;
  for (let first = 0; first < layer.fanIn; first += COLUMNS) {
    const columns = min(layer.fanIn - first, COLUMNS);
    const even = upTo(columns, 2);
    const pairs = even >> 1;
    countColumns(x, inputStride, counted, columns, counts);
    orderColumns(counts, even, room, order);
    if (columnsAreSparse(counts, order, pairs, counted)) {
      recordColumns(x, inputStride, rows, order, pairs, <i32>stride, lists, ends);
      for (let index = 0; index < even; index++) {
        const at = 4 * <usize>index;
        store<u32>(places + at, load<u32>(order + at) * <u32>stride);
      }
      addRecords(lists, ends, gradient, layer.fanOut, pairs, out, places);
    } else {
      packColumns(x, inputStride, rows, columns, lists);
      addOuterProduct(lists, columns, gradient, stride, layer.fanOut, rows, out, stride);
    }
    x += 4 * COLUMNS;
    out += COLUMNS * stride;
  }
}
