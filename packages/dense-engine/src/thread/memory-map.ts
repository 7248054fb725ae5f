/**
 * The memory of one thread: room for one block of rows on its way through a network, and the thread's networks.
 *
 * A block goes forward and backward through all layers before the next begins: its signals stay in the processor's cache, and
 * memory does not grow with the batch.
 */

import type { Arithmetic } from './arithmetic.js';
import { CODES, type ActivationKernel } from '../activation-kernel.js';
import { momentsOf, type Model } from './model.js';
import type { NetworkShape } from './shape.js';

const FLOAT = 4;
const LINE = 64;
/** Fields of assembly/shared/layer-table.ts */
const FIELDS = 16;

/** Addresses are bytes. */
export interface LayerMap {
  /** Of the entry in the table */
  readonly entry: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Wᵀ; 0 in the first layer, which needs none */
  readonly transposed: number;
  /** Floats from one row to the next */
  readonly inputStride: number;
  readonly outputStride: number;
}

export interface MemoryMap {
  readonly shape: NetworkShape;
  /** Rows that there is room for */
  readonly blockRows: number;
  readonly layers: readonly LayerMap[];
  /** dW and db of all layers, laid out as parameters are */
  readonly gradients: number;
  /** dH of a layer and of the one before, in turn */
  readonly rowGradients: readonly [number, number];
  /** Targets of a block: values with the stride of outputs, or labels */
  readonly targets: number;
  /** Two float64 a row */
  readonly totals: number;
  /** Of each network: parameters, then moments */
  readonly networks: readonly number[];
  /** Floats of one network */
  readonly networkLength: number;
  /** The table, as 32-bit words from address 0 on */
  readonly table: ArrayBuffer;
  readonly bytes: number;
}

/** Hands out addresses from 0 on, each at the start of a line of the cache. */
function addresses(): { take: (bytes: number) => number; readonly used: () => number } {
  let next = 0;
  return {
    take(bytes) {
      const address = next;
      next += Math.ceil(bytes / LINE) * LINE;
      return address;
    },
    used: () => next,
  };
}

const isRelu = ({ code, parameter }: ActivationKernel): boolean => code === CODES.bent && parameter === 0;

export function mapMemory(
  { sizes, activation, activateOutput, optimizer }: Model,
  networks: number,
  arithmetic: Arithmetic,
): MemoryMap {
  const { blockRows } = arithmetic;
  const shape = arithmetic.shapeOf(sizes);
  const { take, used } = addresses();
  const rows = (stride: number): number => take(FLOAT * blockRows * stride);
  const depth = shape.layers.length;
  const strides = sizes.map((units) => arithmetic.strideOf(units));
  const widest = Math.max(...strides);
  const tableAddress = take(4 * FIELDS * depth);
  const signals = strides.map(rows);
  const zeros = take(FLOAT * widest);
  const packed = take(FLOAT * arithmetic.scratch(Math.max(...sizes)));
  const table = new ArrayBuffer(4 * FIELDS * depth);
  const layers = shape.layers.map((layer, index): LayerMap => {
    const activated = activateOutput || index + 1 < depth;
    const transposed = index === 0 ? 0 : take(FLOAT * layer.transposed);
    const fields = [
      layer.fanIn,
      layer.fanOut,
      strides[index]!,
      strides[index + 1]!,
      FLOAT * layer.weights,
      FLOAT * layer.bias,
      signals[index]!,
      signals[index + 1]!,
      activated && activation.code > 0 ? rows(strides[index + 1]!) : 0,
      transposed,
      packed,
      zeros,
      index === 0 || isRelu(activation) ? 1 : 0,
      activated && isRelu(activation) ? 1 : 0,
      activated ? activation.code : 0,
    ];
    new Int32Array(table).set(fields, index * FIELDS);
    // The slope 1 below 0 too is the identity.
    new Float32Array(table)[index * FIELDS + fields.length] = activated ? activation.parameter : 1;
    return {
      entry: tableAddress + 4 * FIELDS * index,
      inputs: signals[index]!,
      outputs: signals[index + 1]!,
      transposed,
      inputStride: strides[index]!,
      outputStride: strides[index + 1]!,
    };
  });
  const gradients = take(FLOAT * shape.length);
  const rowGradients = [rows(widest), rows(widest)] as const;
  const targets = rows(strides.at(-1)!);
  const totals = take(16 * blockRows);
  const networkLength = shape.length * (1 + momentsOf(optimizer));
  const regions = Array.from({ length: networks }, () => take(FLOAT * networkLength));
  return {
    shape,
    blockRows,
    layers,
    gradients,
    rowGradients,
    targets,
    totals,
    networks: regions,
    networkLength,
    table,
    bytes: used() + FLOAT * widest,
  };
}
