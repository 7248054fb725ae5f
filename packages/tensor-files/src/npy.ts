/**
 * npy, numpy's file of one array: magic, version, header length, a Python dict as text, then the values.
 *
 * Version 1.0 is written, byte for byte as numpy.save does; 1.0, 2.0 and 3.0 are read.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

import { show } from '@meanfield/core';

import { damaged, notRead } from './file-errors.js';
import { NPY_TYPE_NAMES, NPY_TYPES, type NpyType } from './npy-types.js';
import { bytesOf, checkTensor, copyOf, elementCount, type Tensor, type TensorValues } from './tensor.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGNMENT = 64;
/** Magic, two bytes of version, two bytes of header length. */
const PREFIX_BYTES = 10;
/** A header is a line of text; numpy refuses more than 10,000 characters too. */
const MAXIMUM_HEADER_BYTES = 10_000;
/** numpy leaves room for the first axis to grow to this many digits. */
const GROWTH_DIGITS = 21;

/**
 * The bytes that numpy.save would write.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a shape that does not fit its values
 */
export function writeNpy(tensor: Tensor): Uint8Array {
  const { npy } = checkTensor('array', tensor);
  const sizes = tensor.shape.join(', ') + (tensor.shape.length === 1 ? ',' : '');
  const growth = ' '.repeat(tensor.shape.length === 0 ? 0 : GROWTH_DIGITS - String(tensor.shape[0]).length);
  const text = `{'descr': '${npy}', 'fortran_order': False, 'shape': (${sizes}), }${growth}`;
  const dataStart = Math.ceil((PREFIX_BYTES + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = `${text.padEnd(dataStart - PREFIX_BYTES - 1)}\n`;
  const file = new Uint8Array(dataStart + tensor.data.byteLength);
  file.set([...MAGIC, 1, 0, header.length & 0xff, header.length >> 8]);
  file.set(new TextEncoder().encode(header), PREFIX_BYTES);
  file.set(bytesOf(tensor.data), dataStart);
  return file;
}

/**
 * The array of an npy file, copied, in row-major order whatever the file's. float32, float64 and int32 stay what they are; other numbers become the
 * smallest of these that holds them exactly: float16 a Float32Array; bool, int8, int16, uint8 and uint16 an
 * Int32Array; uint32, int64 and uint64 a Float64Array.
 *
 * @param name the array's name, for sentences
 * @throws MeanfieldError INVALID_FILE when the bytes are not an intact file; UNSUPPORTED for element types other than little-endian numbers, and for 64-bit integers beyond 2⁵³
 */
export function readNpy(bytes: Uint8Array, name = 'array'): Tensor {
  const { shape, type, columnMajor, dataStart } = readNpyHeader(bytes, name);
  const count = elementCount(shape);
  if (count === undefined || count * type.bytes !== bytes.length - dataStart) {
    throw damaged(
      `the values of ${name}, ${type.words} of shape ${show(shape)}`,
      `${bytes.length - dataStart} bytes of data`,
    );
  }
  const data = type.read(copyOf(bytes, dataStart, bytes.length), name);
  return { shape, data: columnMajor ? toRowMajor(data, shape) : data };
}

/** Values whose first axis runs fastest, in the order in which the last does. */
function toRowMajor(values: TensorValues, shape: readonly number[]): TensorValues {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const at = new Array<number>(shape.length).fill(0);
  const ordered = values.slice();
  let from = 0;
  for (let to = 0; to < ordered.length; to++) {
    ordered[to] = values[from]!;
    // The next place, as an odometer counts: back to 0 on every axis that is at its end.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++at[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      at[axis] = 0;
    }
  }
  return ordered;
}

interface NpyHeader {
  readonly shape: readonly number[];
  readonly type: NpyType;
  /** Whether the first axis runs fastest */
  readonly columnMajor: boolean;
  readonly dataStart: number;
}

function readNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  const { text, dataStart } = headerOf(bytes, name);
  const { descr, fortranOrder, shape } = parseHeader(text, name);
  const type = NPY_TYPES.get(descr);
  if (type === undefined) {
    throw notRead(
      `${name} as little-endian ${NPY_TYPE_NAMES}`,
      `dtype ${show(descr)}`,
      'convert it with astype first',
    );
  }
  return { shape, type, columnMajor: fortranOrder && shape.length > 1, dataStart };
}

function headerOf(bytes: Uint8Array, name: string): { text: string; dataStart: number } {
  if (bytes.length < PREFIX_BYTES + 2 || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw damaged(`${name} to be an npy file`, 'other bytes');
  }
  const major = bytes[6]!;
  if (major < 1 || major > 3 || bytes[7] !== 0) {
    throw notRead(`${name} in npy format 1.0, 2.0 or 3.0`, `version ${major}.${bytes[7]}`, 'save it again');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = major === 1 ? PREFIX_BYTES : PREFIX_BYTES + 2;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > Math.min(bytes.length - start, MAXIMUM_HEADER_BYTES)) {
    throw damaged(
      `a header of ${name} within ${bytes.length} bytes and ${MAXIMUM_HEADER_BYTES}`,
      `length ${length}`,
    );
  }
  // The header of arrays that are read here is plain ASCII; latin1 cannot fail on others.
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  return { text, dataStart: start + length };
}

const MEMBER = /\s*'(descr|fortran_order|shape)'\s*:\s*('[^']*'|True|False|\([\d\s,]*\))\s*(?:,|$)/y;

/** The three members of the dict literal, in any order; nothing else is evaluated. */
function parseHeader(text: string, name: string): { descr: string; fortranOrder: boolean; shape: number[] } {
  const refuse = (): never => {
    throw damaged(`descr, fortran_order and shape in the header of ${name}`, show(text.trim()));
  };
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1]?.trimEnd() ?? refuse();
  const members = new Map<string, string>();
  MEMBER.lastIndex = 0;
  let position = 0;
  while (position < body.length) {
    const match = MEMBER.exec(body);
    if (match === null || members.has(match[1]!)) return refuse();
    members.set(match[1]!, match[2]!);
    position = MEMBER.lastIndex;
  }
  const descr = /^'(.*)'$/s.exec(members.get('descr') ?? '')?.[1] ?? refuse();
  const order = members.get('fortran_order');
  const inner = /^\((.*)\)$/s.exec(members.get('shape') ?? '')?.[1]?.trim() ?? refuse();
  if (order !== 'True' && order !== 'False') return refuse();
  // A tuple of one needs its comma; a trailing comma is allowed in any.
  if (inner !== '' && !/^(\d+\s*,\s*)+(\d+)?$/.test(inner)) return refuse();
  const shape = inner.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  return { descr, fortranOrder: order === 'True', shape };
}
