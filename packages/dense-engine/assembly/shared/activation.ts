/** Activations by code, as src/activation-kernel.ts gives them. */

import { gate } from './finish';
import { Layer } from './layer-table';
import { erf, gelu, silu, tanh, tanhGelu } from './smooth';
import { splat } from './fused';

/** x above 0, a x below, 0 ≤ a ≤ 1: the sign of φ(h) tells φ'(h), and no slopes are kept; a = 1 is the identity */
const BENT: i32 = 0;
/** The same for other a */
const FOLDED: i32 = 1;
const TANH: i32 = 2;
const ERF: i32 = 3;
const GELU: i32 = 4;
const TANH_GELU: i32 = 5;
const SILU: i32 = 6;

// @ts-ignore: decorator
@inline
export function isBent(layer: Layer): bool {
  return layer.activation == BENT;
}

/** x above 0, a x below; φ'(0) is a */
// @ts-ignore: decorator
@inline
function folded(x: v128, parameter: f32, value: usize): v128 {
  const below = splat(parameter);
  const above = f32x4.gt(x, splat(0));
  v128.store(value, v128.bitselect(x, f32x4.mul(below, x), above));
  return v128.bitselect(splat(1), below, above);
}

/**
 * φ over numbers at `value` in place, φ' to `slope`. A loop for each code, which tests at its end: constants are made once
 * then.
 */
// @ts-ignore: decorator
@inline
function activateAll(code: i32, parameter: f32, value: usize, end: usize, slope: usize): void {
  if (code == TANH) {
    do {
      v128.store(slope, tanh(v128.load(value), value));
      value += 16;
      slope += 16;
    } while (value < end);
  } else if (code == ERF) {
    do {
      v128.store(slope, erf(v128.load(value), value));
      value += 16;
      slope += 16;
    } while (value < end);
  } else if (code == GELU) {
    do {
      v128.store(slope, gelu(v128.load(value), value));
      value += 16;
      slope += 16;
    } while (value < end);
  } else if (code == TANH_GELU) {
    do {
      v128.store(slope, tanhGelu(v128.load(value), value));
      value += 16;
      slope += 16;
    } while (value < end);
  } else if (code == SILU) {
    do {
      v128.store(slope, silu(v128.load(value), parameter, value));
      value += 16;
      slope += 16;
    } while (value < end);
  } else {
    do {
      v128.store(slope, folded(v128.load(value), parameter, value));
      value += 16;
      slope += 16;
    } while (value < end);
  }
}

/** Outputs of a layer, of another code than BENT, from h to φ(h) in place, and φ'(h) to its slopes */
export function activate(layer: Layer, rows: i32): void {
  const bytes = 4 * <usize>(rows * layer.outputStride);
  activateAll(layer.activation, layer.parameter, layer.outputs, layer.outputs + bytes, layer.slopes);
}

/** Multiplies by φ'(h) of a layer in place. `gradient` is laid out as its outputs. */
export function applySlopes(layer: Layer, gradient: usize, rows: i32): void {
  const end = gradient + 4 * <usize>(rows * layer.outputStride);
  if (isBent(layer)) {
    const slope = splat(layer.parameter);
    let output = layer.outputs;
    do {
      v128.store(gradient, gate(v128.load(gradient), v128.load(output), slope));
      gradient += 16;
      output += 16;
    } while (gradient < end);
  } else {
    let factor = layer.slopes;
    do {
      v128.store(gradient, f32x4.mul(v128.load(gradient), v128.load(factor)));
      gradient += 16;
      factor += 16;
    } while (gradient < end);
  }
}
