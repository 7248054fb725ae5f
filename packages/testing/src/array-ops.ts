/** Tensor operations on plain arrays of numbers, exact to float64: for testing a tensor form against φ. */

import type { TensorOps } from '@meanfield/core';
import { erf } from '@meanfield/numerics';

type Numbers = readonly number[];

const zip = (x: Numbers, y: Numbers, operation: (a: number, b: number) => number): Numbers =>
  x.map((value, index) => operation(value, y[index] ?? NaN));

export const arrayOps: TensorOps<Numbers> = {
  add: (x, y) => zip(x, y, (a, b) => a + b),
  multiply: (x, y) => zip(x, y, (a, b) => a * b),
  scale: (x, a) => x.map((value) => a * value),
  shift: (x, a) => x.map((value) => value + a),
  relu: (x) => x.map((value) => Math.max(value, 0)),
  tanh: (x) => x.map(Math.tanh),
  sigmoid: (x) => x.map((value) => 1 / (1 + Math.exp(-value))),
  exp: (x) => x.map(Math.exp),
  log1p: (x) => x.map(Math.log1p),
  abs: (x) => x.map(Math.abs),
  sin: (x) => x.map(Math.sin),
  erf: (x) => x.map(erf),
  clip: (x, low, high) => x.map((value) => Math.min(Math.max(value, low), high)),
};
