/** The products of ./layer, to the bit, on W, Wᵀ and dW in rows, where terms whose factors are zero are left out. */

import { BEND, GATE, KEEP } from './finish';
import { Layer } from './layer-table';
import { addColumnSums } from './outer-product';
import { upTo } from './panels';
import { LIST, pairColumns, pairRows, recordColumns, recordRows, TERMS } from './records';
import { sumAll, sumRecords } from './skipping';

/** Pairs of sums that there is room for lists of */
const PAIRS: i32 = 60;

/**
 * Pairs whose lists tell whether others are worth making, and how many terms in eight may be in them for that: a term of a list takes
 * 1.0 to 1.2 times as long as one of all, and the list a sixth of a product to make.
 */
const SAMPLE: i32 = 4;
const WORTH: i32 = 7;

/** Where the ends of lists are kept: behind them */
// @ts-ignore: decorator
@inline
function endsOf(layer: Layer): usize {
  return layer.packed + LIST * PAIRS;
}

// @ts-ignore: decorator
@inline
function isWorth(records: i32, pairs: i32, terms: i32): bool {
  return 8 * records <= WORTH * pairs * terms;
}

/** finished(start + X B), X and the result row-major, `TERMS` terms at a time; `factors` lie as `out` does. */
function multiplyRows(
  layer: Layer,
  x: usize,
  xStride: usize,
  rows: i32,
  depth: i32,
  b: usize,
  bStride: usize,
  columns: i32,
  start: usize,
  out: usize,
  finish: i32,
  factors: usize,
  slope: f32,
): void {
  const pairs = (rows + 1) >> 1;
  const sample = min(pairs, SAMPLE);
  const lists = layer.packed;
  const ends = endsOf(layer);
  let from = start;
  let fromStride: usize = 0;
  for (let first = 0; first < depth; first += TERMS) {
    const terms = min(depth - first, TERMS);
    const last = first + terms == depth;
    const padded = upTo(terms, 4);
    const found = recordRows(x, xStride, sample, padded, <i32>bStride, lists, ends);
    const how = last ? finish : KEEP;
    if (isWorth(found, sample, terms)) {
      recordRows(
        x + 2 * <usize>sample * xStride,
        xStride,
        pairs - sample,
        padded,
        <i32>bStride,
        lists + <usize>sample * LIST,
        ends + 4 * <usize>sample,
      );
      sumRecords(lists, ends, b, columns, pairs, from, fromStride, out, bStride, how, factors, slope);
    } else {
      pairRows(x, xStride, pairs, padded, lists);
      sumAll(lists, terms, b, bStride, columns, pairs, from, fromStride, out, bStride, how, factors, slope);
    }
    x += 4 * <usize>terms;
    b += <usize>terms * bStride;
    from = out;
    fromStride = bStride;
  }
}

// @ts-ignore: decorator
@inline
function product(layer: Layer, parameters: usize, rows: i32, finish: i32): void {
  multiplyRows(
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

/** φ(h) of an activation that is told by its sign */
export function skippingForward(layer: Layer, parameters: usize, rows: i32): void {
  product(layer, parameters, rows, BEND);
}

/** h */
export function skippingLinearForward(layer: Layer, parameters: usize, rows: i32): void {
  product(layer, parameters, rows, KEEP);
}

/** dH of the layer before, as `backward` of ./layer; Wᵀ lies in rows */
export function skippingBackward(layer: Layer, previous: Layer, gradient: usize, rows: i32, out: usize): void {
  multiplyRows(
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

/** dW and db, added to `gradients`; terms are rows of the block, at most `TERMS`. */
export function skippingWeightGradient(layer: Layer, gradient: usize, rows: i32, gradients: usize): void {
  const stride = 4 * <usize>layer.outputStride;
  const inputStride = 4 * <usize>layer.inputStride;
  const lists = layer.packed;
  const ends = endsOf(layer);
  let x = layer.inputs;
  let out = gradients + layer.weights;
  for (let first = 0; first < layer.fanIn; first += 2 * PAIRS) {
    const pairs = upTo(min(layer.fanIn - first, 2 * PAIRS), 4) >> 1;
    const sample = min(pairs, SAMPLE);
    const found = recordColumns(x, inputStride, sample, rows, <i32>stride, lists, ends);
    if (isWorth(found, sample, rows)) {
      recordColumns(
        x + 8 * <usize>sample,
        inputStride,
        pairs - sample,
        rows,
        <i32>stride,
        lists + <usize>sample * LIST,
        ends + 4 * <usize>sample,
      );
      sumRecords(lists, ends, gradient, layer.fanOut, pairs, out, stride, out, stride, KEEP, 0, 0);
    } else {
      pairColumns(x, inputStride, pairs, rows, lists);
      sumAll(lists, rows, gradient, stride, layer.fanOut, pairs, out, stride, out, stride, KEEP, 0, 0);
    }
    x += 8 * PAIRS;
    out += 2 * PAIRS * stride;
  }
  addColumnSums(gradient, stride, layer.fanOut, rows, gradients + layer.bias);
}
