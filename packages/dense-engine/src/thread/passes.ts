/**
 * Passes of blocks of rows through one network: h = s W + b, s' = φ(h); dH = dS' ⊙ φ'(h), dW = sᵀ dH, db = 1ᵀ dH,
 * dS = dH Wᵀ, summed over the blocks of a batch.
 */

import type { WasmKernel } from '@meanfield/numerics';

import type { Arithmetic, Products } from './arithmetic.js';
import { copyLabels, copyRows, countOf, type Batch } from './batch.js';
import { kernelsOf, type Kernels } from './kernels.js';
import type { LayerMap, MemoryMap } from './memory-map.js';
import type { Model } from './model.js';

/** Sums over rows. */
export interface Score {
  /** 'mse': Σ over rows and outputs of (y − t)²; 'softmax-cross-entropy': Σ over rows, in nats */
  readonly sum: number;
  /** Rows whose largest output is the label; 0 for 'mse' */
  readonly correct: number;
}

export class Passes {
  readonly kernels: Kernels;
  /** The thread's memory, which never grows */
  readonly floats: Float32Array;
  readonly #products: Products;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;
  readonly #map: MemoryMap;
  readonly #model: Model;
  readonly #width: number;
  readonly #output: LayerMap;

  constructor(kernel: WasmKernel, map: MemoryMap, model: Model, arithmetic: Arithmetic) {
    const memory = kernel.memory(map.bytes);
    this.kernels = kernelsOf(kernel);
    this.#products = arithmetic.products(this.kernels, map, memory);
    this.floats = new Float32Array(memory);
    this.#words = new Int32Array(memory);
    this.#doubles = new Float64Array(memory);
    this.#words.set(new Int32Array(map.table));
    this.#map = map;
    this.#model = model;
    this.#width = model.sizes.at(-1)!;
    this.#output = map.layers.at(-1)!;
  }

  /** The gradient of the mean loss, left in the memory. Returns the mean loss. */
  differentiate(parameters: number, batch: Batch): number {
    const { layers, shape, gradients, blockRows } = this.#map;
    const count = countOf(batch);
    this.floats.fill(0, gradients / 4, gradients / 4 + shape.length);
    this.#products.begin(parameters);
    let sum = 0;
    for (let first = 0; first < count; first += blockRows) {
      const rows = Math.min(blockRows, count - first);
      this.#load(batch, first, rows);
      for (let layer = 0; layer < layers.length; layer++) this.#products.forward(layer, parameters, rows);
      sum += this.#score(batch, rows, count).sum;
      this.#backward(rows);
    }
    return this.meanLoss(sum, count);
  }

  score(parameters: number, batch: Batch): Score {
    const { layers, blockRows } = this.#map;
    const count = countOf(batch);
    let sum = 0;
    let correct = 0;
    for (let first = 0; first < count; first += blockRows) {
      const rows = Math.min(blockRows, count - first);
      this.#load(batch, first, rows);
      for (let layer = 0; layer < layers.length; layer++) this.#products.forward(layer, parameters, rows);
      const part = this.#score(batch, rows);
      sum += part.sum;
      correct += part.correct;
    }
    return { sum, correct };
  }

  preActivations(parameters: number, inputs: Float32Array, count: number): Float32Array[] {
    const { sizes } = this.#model;
    const { layers, blockRows } = this.#map;
    const found = sizes.slice(1).map((units) => new Float32Array(count * units));
    for (let first = 0; first < count; first += blockRows) {
      const rows = Math.min(blockRows, count - first);
      this.#loadInputs(inputs, undefined, first, rows);
      layers.forEach(({ outputs, outputStride }, index) => {
        this.#products.linearForward(index, parameters, rows);
        const units = sizes[index + 1]!;
        for (let row = 0; row < rows; row++) {
          const start = outputs / 4 + row * outputStride;
          found[index]!.set(this.floats.subarray(start, start + units), (first + row) * units);
        }
        this.#products.forward(index, parameters, rows);
      });
    }
    return found;
  }

  /** The loss of `rows` rows, from their sum. */
  meanLoss(sum: number, rows: number): number {
    return this.#model.loss === 'mse' ? sum / (rows * this.#width) : sum / rows;
  }

  #loadInputs(inputs: Float32Array, picked: Uint32Array | undefined, first: number, rows: number): void {
    const { inputs: address, inputStride } = this.#map.layers[0]!;
    copyRows(inputs, this.#model.sizes[0]!, picked, first, rows, this.floats, address / 4, inputStride);
  }

  #load({ examples, rows: picked }: Batch, first: number, rows: number): void {
    const { targets } = examples;
    const address = this.#map.targets / 4;
    this.#loadInputs(examples.inputs, picked, first, rows);
    if (targets.kind === 'labels') copyLabels(targets.labels, picked, first, rows, this.#words, address);
    else {
      const stride = this.#output.outputStride;
      copyRows(targets.values, this.#width, picked, first, rows, this.floats, address, stride);
    }
  }

  /** @param total rows of the whole batch, where the gradient by the outputs is wanted */
  #score({ examples: { targets } }: Batch, rows: number, total?: number): Score {
    const { targets: address, totals, rowGradients } = this.#map;
    const { outputs, outputStride } = this.#output;
    const gradient = total === undefined ? 0 : rowGradients[0];
    const width = this.#width;
    if (targets.kind === 'values') {
      const scale = 2 / ((total ?? 1) * width);
      const { squaredError } = this.kernels;
      const sum = squaredError(outputs, address, rows, width, outputStride, gradient, scale);
      return { sum, correct: 0 };
    }
    const { crossEntropy } = this.kernels;
    const scale = 1 / (total ?? 1);
    const correct = crossEntropy(outputs, address, rows, width, outputStride, totals, gradient, scale);
    let sum = 0;
    for (let index = totals / 8; index < totals / 8 + 2 * rows; index += 2) {
      sum += Math.log(this.#doubles[index]!) + this.#doubles[index + 1]!;
    }
    return { sum, correct };
  }

  #backward(rows: number): void {
    const { layers, gradients } = this.#map;
    let [own, other] = this.#map.rowGradients;
    if (this.#model.activateOutput) this.kernels.applySlopes(this.#output.entry, own, rows);
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      this.#products.weightGradient(layer, own, rows, gradients);
      if (layer === 0) return;
      this.#products.backward(layer, own, rows, other);
      [own, other] = [other, own];
    }
  }
}
