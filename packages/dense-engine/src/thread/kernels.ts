/** The functions of assembly/dense.ts by name. Addresses are bytes; `layer` is the address of a layer's entry in the table. */

import type { WasmKernel } from '@meanfield/numerics';

interface Signatures {
  forward: (layer: number, parameters: number, rows: number) => void;
  linearForward: (layer: number, parameters: number, rows: number) => void;
  applySlopes: (layer: number, gradient: number, rows: number) => void;
  backward: (layer: number, previous: number, gradient: number, rows: number, out: number) => void;
  weightGradient: (layer: number, gradient: number, rows: number, gradients: number) => void;
  addBias: (layer: number, parameters: number, rows: number) => void;
  finishForward: (layer: number, parameters: number, rows: number) => void;
  biasGradient: (layer: number, gradient: number, rows: number, gradients: number) => void;
  transposeRows: (layer: number, parameters: number, fromStride: number, toStride: number) => void;
  squaredError: (
    outputs: number,
    targets: number,
    rows: number,
    width: number,
    stride: number,
    gradient: number,
    scale: number,
  ) => number;
  crossEntropy: (
    outputs: number,
    labels: number,
    rows: number,
    width: number,
    stride: number,
    totals: number,
    gradient: number,
    scale: number,
  ) => number;
  sgd: (parameters: number, gradients: number, bytes: number, learningRate: number) => void;
  momentum: (
    parameters: number,
    gradients: number,
    bytes: number,
    accumulated: number,
    learningRate: number,
    decay: number,
  ) => void;
  adam: (
    parameters: number,
    gradients: number,
    bytes: number,
    first: number,
    second: number,
    rate: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    epsilon: number,
  ) => void;
}

const NAMES: readonly (keyof Signatures)[] = [
  'forward',
  'linearForward',
  'applySlopes',
  'backward',
  'weightGradient',
  'addBias',
  'finishForward',
  'biasGradient',
  'transposeRows',
  'squaredError',
  'crossEntropy',
  'sgd',
  'momentum',
  'adam',
];

export type Kernels = Readonly<Signatures>;

export const kernelsOf = (kernel: WasmKernel): Kernels =>
  Object.fromEntries(NAMES.map((name) => [name, kernel.function(name)])) as unknown as Kernels;
