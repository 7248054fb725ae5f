/** How the products of a layer are done, and how a network's parameters lie for that. */

import type { Kernels } from './kernels.js';
import type { MemoryMap } from './memory-map.js';
import type { NetworkShape } from './shape.js';

/**
 * The products of one network's pass, on blocks of rows in the thread's memory. Layers are counted from 0, addresses are bytes;
 * signals and gradients are row-major with the strides of `LayerMap`.
 */
export interface Products {
  /** Before the blocks of a batch: what follows from the parameters alone */
  begin(parameters: number): void;
  /** φ(h) of a layer, and φ'(h) where the sign of φ(h) does not tell it */
  forward(layer: number, parameters: number, rows: number): void;
  /** h of a layer, in place of φ(h) */
  linearForward(layer: number, parameters: number, rows: number): void;
  /** dH of the layer before `layer`, at least 1, from dH of `layer` */
  backward(layer: number, gradient: number, rows: number, out: number): void;
  /** dW and db of a layer, added to `gradients`, which are laid out as parameters are */
  weightGradient(layer: number, gradient: number, rows: number, gradients: number): void;
}

export interface Arithmetic {
  /** Rows that go forward and backward through all layers before the next do */
  readonly blockRows: number;
  /** Floats from one row of signals to the next: a multiple of 4 */
  strideOf(units: number): number;
  shapeOf(sizes: readonly number[]): NetworkShape;
  /** Floats that `products` needs beside signals, for a layer of at most `widest` units */
  scratch(widest: number): number;
  products(kernels: Kernels, map: MemoryMap, memory: ArrayBuffer): Products;
}
