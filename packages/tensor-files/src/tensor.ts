/** What the formats here store: named arrays of one of three element types, row-major, little-endian. */

import { MeanfieldError, show } from '@meanfield/core';

export type TensorValues = Float32Array | Float64Array | Int32Array;

export interface Tensor {
  /** Sizes of the axes, row-major (the last runs fastest); empty for a scalar. */
  readonly shape: readonly number[];
  /** As many values as the product of `shape`; NaN and infinities are stored as they are. */
  readonly data: TensorValues;
}

/** A record, or pairs of name and tensor such as a `Map`. */
export type NamedTensors =
  Readonly<Record<string, Tensor>> | Iterable<readonly [name: string, tensor: Tensor]>;

export function pairsOf(tensors: NamedTensors): (readonly [name: string, tensor: Tensor])[] {
  return Symbol.iterator in tensors ? [...tensors] : Object.entries(tensors);
}

interface ElementType {
  readonly words: string;
  /** dtype in a safetensors header */
  readonly safetensors: string;
  /** descr in an npy header */
  readonly npy: string;
  readonly array: Float32ArrayConstructor | Float64ArrayConstructor | Int32ArrayConstructor;
}

/** In the order in which safetensors lays them out: widest first, so that every tensor is aligned. */
export const ELEMENT_TYPES: readonly ElementType[] = [
  { words: 'float64', safetensors: 'F64', npy: '<f8', array: Float64Array },
  { words: 'float32', safetensors: 'F32', npy: '<f4', array: Float32Array },
  { words: 'int32', safetensors: 'I32', npy: '<i4', array: Int32Array },
];
export const ELEMENT_TYPE_NAMES = 'float32, float64 or int32';

/** numpy's own limit. */
const MAXIMUM_AXES = 64;

/** The number of values of a shape; undefined when it is not a short list of sizes, or not a safe integer. */
export function elementCount(shape: readonly unknown[]): number | undefined {
  if (shape.length > MAXIMUM_AXES) return undefined;
  let count = 1;
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined;
    count *= size;
  }
  return Number.isSafeInteger(count) ? count : undefined;
}

/**
 * The element type of a tensor whose shape fits its values.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function checkTensor(name: string, { shape, data }: Tensor): ElementType {
  const type = ELEMENT_TYPES.find(({ array }) => data instanceof array);
  if (type === undefined) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `the values of tensor ${show(name)} as ${ELEMENT_TYPE_NAMES}`,
      found: Object.prototype.toString.call(data).slice(8, -1),
      remedy: 'convert them to a Float32Array, Float64Array or Int32Array',
    });
  }
  if (elementCount(shape) !== data.length) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `a shape of ${data.length} values for tensor ${show(name)}`,
      found: show(shape),
      remedy: `give at most ${MAXIMUM_AXES} sizes whose product is the number of values`,
    });
  }
  return type;
}

/** The bytes of the values themselves, not a copy. */
export function bytesOf(values: TensorValues): Uint8Array {
  requireLittleEndian();
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A copy of bytes [start, end), alone in its buffer and so aligned for any type. */
export function copyOf(bytes: Uint8Array, start: number, end: number): ArrayBuffer {
  requireLittleEndian();
  const copy = new Uint8Array(end - start);
  // Not slice: that of Node's Buffer is a view.
  copy.set(bytes.subarray(start, end));
  return copy.buffer;
}

/** A copy of bytes [start, end) as values. */
export function valuesOf(type: ElementType, bytes: Uint8Array, start: number, end: number): TensorValues {
  return new type.array(copyOf(bytes, start, end));
}

/** Typed arrays read and write in the machine's order. Throws UNSUPPORTED. */
function requireLittleEndian(): void {
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1) return;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'a little-endian machine',
    found: 'a big-endian one',
    remedy: 'read and write tensor files elsewhere',
  });
}
