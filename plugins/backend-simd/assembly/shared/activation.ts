/** Activations by code, as src/activation-kernel.ts gives them. */

import { Layer } from './layer-table';
import { erf, gelu, silu, tanh, tanhGelu } from './smooth';
import { splat } from './fused';

/** x above 0, a x below, a ≥ 0: the sign of φ(h) tells φ'(h), and no slopes are kept; a = 1 is the identity */
const BENT: i32 = 0;
/** The same for a < 0 */
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

/** Writes φ(x) to `value`, returns φ'(x). */
// @ts-ignore: decorator
@inline
function apply(code: i32, x: v128, parameter: f32, value: usize): v128 {
  if (code == TANH) return tanh(x, value);
  if (code == ERF) return erf(x, value);
  if (code == GELU) return gelu(x, value);
  if (code == TANH_GELU) return tanhGelu(x, value);
  if (code == SILU) return silu(x, parameter, value);
  const below = splat(parameter);
  const above = f32x4.gt(x, splat(0));
  v128.store(value, v128.bitselect(x, f32x4.mul(below, x), above));
  return v128.bitselect(splat(1), below, above);
}

/** Outputs of a layer from h to φ(h) in place, and φ'(h) to its slopes where `trace` is not 0 */
// @ts-ignore: decorator
@inline
export function activateRows(layer: Layer, rows: i32, trace: i32): void {
  const bytes = 4 * <usize>(rows * layer.outputStride);
  const code = layer.activation;
  const parameter = layer.parameter;
  let value = layer.outputs;
  const end = value + bytes;
  let slope = layer.slopes;
  while (value < end) {
    const derivative = apply(code, v128.load(value), parameter, value);
    if (trace) v128.store(slope, derivative);
    value += 16;
    slope += 16;
  }
}

/** As `activateRows`, of any code, without slopes */
export function activate(layer: Layer, rows: i32): void {
  activateRows(layer, rows, 0);
}

/** Multiplies by φ'(h) of a layer in place. `gradient` is laid out as its outputs. */
export function applySlopes(layer: Layer, gradient: usize, rows: i32): void {
  const end = gradient + 4 * <usize>(rows * layer.outputStride);
  const bent = isBent(layer);
  const below = splat(layer.parameter);
  let factor = bent ? layer.outputs : layer.slopes;
  while (gradient < end) {
    const f = v128.load(factor);
    const slope = bent ? v128.bitselect(splat(1), below, f32x4.gt(f, splat(0))) : f;
    v128.store(gradient, f32x4.mul(v128.load(gradient), slope));
    gradient += 16;
    factor += 16;
  }
}
