/**
 * The state of one network in training as bytes, for `Ensemble.snapshot` and `EnsembleSpec.resume`.
 *
 * Layout: the bytes "MFNS", a 32-bit length n, n bytes of JSON (the header: format version, backend, sizes, optimiser,
 * steps done, numbers by array), then the arrays one after another. Numbers are little-endian, as on every machine that
 * runs JavaScript today. What does not fit is refused before anything is overwritten.
 */

import { MeanfieldError, show, type EnsembleSpec, type FloatArray } from '@meanfield/core';

const MAGIC = [0x4d, 0x46, 0x4e, 0x53];
const VERSION = 2;
const START = 8;

/** What a snapshot must agree with to be gone on from. */
export interface SnapshotLabel {
  /** Name of the backend: each has its own order of arrays and of sums */
  readonly backend: string;
  readonly spec: Pick<EnsembleSpec, 'network' | 'optimizer'>;
}

interface Header {
  readonly version: number;
  readonly backend: string;
  readonly sizes: readonly number[];
  readonly optimizer: EnsembleSpec['optimizer'];
  readonly bits: number;
  readonly lengths: readonly number[];
  readonly steps: number;
}

const headerOf = (
  { backend, spec }: SnapshotLabel,
  arrays: readonly FloatArray[],
): Omit<Header, 'steps'> => ({
  version: VERSION,
  backend,
  sizes: spec.network.sizes,
  optimizer: spec.optimizer,
  bits: 8 * (arrays[0]?.BYTES_PER_ELEMENT ?? 0),
  lengths: arrays.map(({ length }) => length),
});

const bytesOf = (array: FloatArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const totalBytes = (arrays: readonly FloatArray[]): number =>
  arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);

/**
 * A copy of `arrays` (parameters and the optimiser's moments, all of one precision, in an order of the backend's own) and
 * of the number of steps done.
 */
export function encodeSnapshot(
  label: SnapshotLabel,
  arrays: readonly FloatArray[],
  steps: number,
): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify({ ...headerOf(label, arrays), steps }));
  const bytes = new Uint8Array(START + header.length + totalBytes(arrays));
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(4, header.length, true);
  bytes.set(header, START);
  let at = START + header.length;
  for (const array of arrays) {
    bytes.set(bytesOf(array), at);
    at += array.byteLength;
  }
  return bytes;
}

function refuse(expected: string, found: string, cause?: unknown): never {
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected,
    found,
    remedy: 'resume with what `snapshot` gave, on the same backend, network and optimizer',
    cause,
  });
}

/** Header and its end, of bytes that begin as a snapshot does. */
function parseHeader(bytes: Uint8Array): { readonly header: Partial<Header>; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = bytes.length > START && MAGIC.every((byte, index) => bytes[index] === byte);
  const end = starts ? START + view.getUint32(4, true) : 0;
  if (!starts || end > bytes.length) refuse('a snapshot of a network', `${bytes.length} other bytes`);
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(START, end)));
    if (typeof header === 'object' && header !== null) return { header, end };
  } catch (cause) {
    refuse('a snapshot of a network', 'one with a broken header', cause);
  }
  return refuse('a snapshot of a network', 'one with a broken header');
}

/**
 * Copies a snapshot's numbers into `arrays`, which have the shapes that they were taken from, and returns the number of steps
 * that had been done.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for bytes that are no snapshot, or one of another backend, network or optimiser
 */
export function decodeSnapshot(
  bytes: Uint8Array,
  label: SnapshotLabel,
  arrays: readonly FloatArray[],
): number {
  const { header, end } = parseHeader(bytes);
  for (const [key, value] of Object.entries(headerOf(label, arrays))) {
    const found = header[key as keyof Header];
    if (JSON.stringify(found) !== JSON.stringify(value)) {
      refuse(`a snapshot of ${key} ${show(value)}`, show(found));
    }
  }
  const { steps } = header;
  if (!Number.isSafeInteger(steps) || steps! < 0) {
    refuse('a snapshot that says how many steps were done', show(steps));
  }
  const expected = end + totalBytes(arrays);
  if (bytes.length !== expected) refuse(`a snapshot of ${expected} bytes`, String(bytes.length));
  let at = end;
  for (const array of arrays) {
    bytesOf(array).set(bytes.subarray(at, at + array.byteLength));
    at += array.byteLength;
  }
  return steps!;
}
