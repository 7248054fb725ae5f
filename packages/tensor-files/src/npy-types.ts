/** Element types of npy files: three are kept as they are, others widen to the smallest of these that holds them. */

import { notRead } from './file-errors.js';
import { ELEMENT_TYPES, type TensorValues } from './tensor.js';

export interface NpyType {
  readonly words: string;
  /** Of one value in the file */
  readonly bytes: number;
  /** The values in a buffer of nothing else. Throws UNSUPPORTED where one cannot be held exactly. */
  read(buffer: ArrayBuffer, name: string): TensorValues;
}

type NumberArray = TensorValues | Int8Array | Uint8Array | Int16Array | Uint16Array | Uint32Array;
type NumberArrayType = (new (buffer: ArrayBuffer) => NumberArray) & { readonly BYTES_PER_ELEMENT: number };

const widened = (
  words: string,
  from: NumberArrayType,
  to: Int32ArrayConstructor | Float64ArrayConstructor,
): NpyType => ({
  words,
  bytes: from.BYTES_PER_ELEMENT,
  read: (buffer) => to.from(new from(buffer)),
});

/** 64-bit integers as float64, where that loses nothing. */
const longIntegers = (
  words: string,
  from: BigInt64ArrayConstructor | BigUint64ArrayConstructor,
): NpyType => ({
  words,
  bytes: from.BYTES_PER_ELEMENT,
  read(buffer, name) {
    const values = new from(buffer);
    const stray = values.findIndex((value: bigint) => !Number.isSafeInteger(Number(value)));
    if (stray !== -1) {
      throw notRead(
        `integers of ${name} between −2^53 and 2^53`,
        `${values[stray]} at index ${stray}`,
        'convert it to float64 first',
      );
    }
    return Float64Array.from(values, Number);
  },
});

const HALF_SUBNORMAL = 2 ** -24;

/** IEEE 754 binary16: a sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * HALF_SUBNORMAL;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

/** By descr. Bytes of bool are 0 and 1. */
export const NPY_TYPES: ReadonlyMap<string, NpyType> = new Map([
  ...ELEMENT_TYPES.map(({ npy, words, array }): [string, NpyType] => [
    npy,
    { words, bytes: array.BYTES_PER_ELEMENT, read: (buffer) => new array(buffer) },
  ]),
  [
    '<f2',
    {
      words: 'float16',
      bytes: 2,
      read: (buffer) => Float32Array.from(new Uint16Array(buffer), halfToNumber),
    },
  ],
  ['|b1', widened('bool', Uint8Array, Int32Array)],
  ['|i1', widened('int8', Int8Array, Int32Array)],
  ['|u1', widened('uint8', Uint8Array, Int32Array)],
  ['<i2', widened('int16', Int16Array, Int32Array)],
  ['<u2', widened('uint16', Uint16Array, Int32Array)],
  ['<u4', widened('uint32', Uint32Array, Float64Array)],
  ['<i8', longIntegers('int64', BigInt64Array)],
  ['<u8', longIntegers('uint64', BigUint64Array)],
]);

export const NPY_TYPE_NAMES = 'floats or integers';
