/**
 * safetensors: a u64 header length, a JSON header, then the tensors' bytes without gaps.
 *
 * Written in the reference implementation's order (wider types first, then by name), so one set of tensors
 * has one file. https://github.com/huggingface/safetensors#format
 */

import { MeanfieldError, show } from '@meanfield/core';

import { damaged, notRead } from './file-errors.js';
import {
  bytesOf,
  checkTensor,
  ELEMENT_TYPE_NAMES,
  ELEMENT_TYPES,
  elementCount,
  pairsOf,
  valuesOf,
  type NamedTensors,
  type Tensor,
} from './tensor.js';

const LENGTH_BYTES = 8;
/** The reference implementation's limit. */
const MAXIMUM_HEADER_BYTES = 100_000_000;
const METADATA = '__metadata__';

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [start: number, end: number];
}

function refuseName(found: string): never {
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `distinct names of tensors other than ${METADATA}`,
    found,
    remedy: 'rename the tensor',
  });
}

/**
 * The bytes of a safetensors file. The same tensors and metadata, in any order, give the same bytes.
 *
 * @param metadata free text by key, such as the seed and the initializer
 * @throws MeanfieldError INVALID_ARGUMENT for a shape that does not fit its values, or a name used twice
 */
export function writeSafetensors(
  tensors: NamedTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const typed = pairsOf(tensors).map(([name, tensor]) => ({ name, tensor, type: checkTensor(name, tensor) }));
  typed.sort(
    (a, b) =>
      ELEMENT_TYPES.indexOf(a.type) - ELEMENT_TYPES.indexOf(b.type) ||
      (a.name < b.name ? -1 : Number(a.name > b.name)),
  );
  const header = new Map<string, unknown>();
  const keys = Object.keys(metadata).sort();
  if (keys.length > 0) header.set(METADATA, Object.fromEntries(keys.map((key) => [key, metadata[key]])));
  let end = 0;
  for (const { name, tensor, type } of typed) {
    if (name === METADATA || header.has(name)) refuseName(show(name));
    const start = end;
    end += tensor.data.byteLength;
    const entry: HeaderEntry = { dtype: type.safetensors, shape: tensor.shape, data_offsets: [start, end] };
    header.set(name, entry);
  }
  const text = headerBytes(header);
  const file = new Uint8Array(LENGTH_BYTES + text.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, LENGTH_BYTES);
  let position = LENGTH_BYTES + text.length;
  for (const { tensor } of typed) {
    file.set(bytesOf(tensor.data), position);
    position += tensor.data.byteLength;
  }
  return file;
}

/** JSON, padded with spaces so that the data start at a multiple of 8. Entry by entry, as keys like "10" would be moved. */
function headerBytes(header: ReadonlyMap<string, unknown>): Uint8Array {
  const members = [...header].map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  const text = new TextEncoder().encode(`{${members.join(',')}}`);
  const padded = new Uint8Array(Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES).fill(0x20);
  padded.set(text);
  return padded;
}

/**
 * The tensors (copies, in the order of their bytes) and metadata of a safetensors file.
 *
 * @throws MeanfieldError INVALID_FILE when the bytes are not an intact file; UNSUPPORTED for element types
 *   other than float32, float64 and int32
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { header, dataStart } = parseHeader(bytes);
  const metadata = parseMetadata(header[METADATA]);
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => ({ name, ...parseEntry(name, value) }))
    .sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  const tensors = new Map<string, Tensor>();
  let position = 0;
  for (const { name, type, shape, data_offsets } of entries) {
    const [start, end] = data_offsets;
    if (start !== position || dataStart + end > bytes.length) {
      throw damaged(
        `the bytes of tensor ${show(name)} at ${position} of the ${bytes.length - dataStart} bytes of data`,
        `offsets ${show(data_offsets)}`,
      );
    }
    tensors.set(name, { shape, data: valuesOf(type, bytes, dataStart + start, dataStart + end) });
    position = end;
  }
  if (dataStart + position !== bytes.length) {
    throw damaged(`${position} bytes of tensors`, `${bytes.length - dataStart} bytes after the header`);
  }
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw damaged('a safetensors file of at least 8 bytes', `${bytes.length} bytes`);
  }
  const stated = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const available = Math.min(bytes.length - LENGTH_BYTES, MAXIMUM_HEADER_BYTES);
  if (stated > BigInt(available)) {
    throw damaged(`a safetensors header of at most ${available} bytes`, `a stated length of ${stated}`);
  }
  const dataStart = LENGTH_BYTES + Number(stated);
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataStart)),
    );
  } catch (cause) {
    throw damaged('JSON as the header of a safetensors file', 'other text', cause);
  }
  if (!isRecord(header)) throw damaged('an object as the header of a safetensors file', show(header));
  return { header, dataStart };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  const pairs = isRecord(value) ? Object.entries(value) : [['', value] as const];
  return Object.fromEntries(
    pairs.map(([key, text]) => {
      if (typeof text !== 'string')
        throw damaged('texts by key as metadata of a safetensors file', show(value));
      return [key, text];
    }),
  );
}

function parseEntry(
  name: string,
  value: unknown,
): Omit<HeaderEntry, 'dtype'> & { type: (typeof ELEMENT_TYPES)[number] } {
  const expected = `dtype, shape and data_offsets of tensor ${show(name)}`;
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'data_offsets,dtype,shape') {
    throw damaged(expected, show(value));
  }
  const { dtype, shape, data_offsets: offsets } = value;
  const type = ELEMENT_TYPES.find(({ safetensors }) => safetensors === dtype);
  if (type === undefined) {
    throw notRead(
      `tensor ${show(name)} as ${ELEMENT_TYPE_NAMES}`,
      `dtype ${show(dtype)}`,
      'convert the file first',
    );
  }
  const count = Array.isArray(shape) ? elementCount(shape) : undefined;
  if (count === undefined || !Array.isArray(offsets) || offsets.length !== 2)
    throw damaged(expected, show(value));
  const [start, end] = offsets as [unknown, unknown];
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || (start as number) < 0) {
    throw damaged(expected, show(value));
  }
  const bytes = (end as number) - (start as number);
  if (bytes !== count * type.array.BYTES_PER_ELEMENT) {
    throw damaged(`${count} values of ${type.words} in tensor ${show(name)}`, `${bytes} bytes`);
  }
  return { type, shape: shape as number[], data_offsets: [start as number, end as number] };
}
