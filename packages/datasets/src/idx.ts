/**
 * IDX, the file of MNIST: two zero bytes, an element type, the number of dimensions, their sizes as big-endian
 * u32, then the values. Only unsigned bytes (type 0x08) are read, which is what every image set here uses.
 */

import { MeanfieldError, show } from '@meanfield/core';

const UNSIGNED_BYTE = 0x08;
const MAGIC_BYTES = 4;
const SIZE_BYTES = 4;
const MAXIMUM_VALUES = 2 ** 30;

export interface IdxExpectation {
  /** What the file is, for sentences: its path, for one */
  readonly name: string;
  /** Sizes that it must have; any up to 2³⁰ values when absent */
  readonly dimensions?: readonly number[];
}

export interface IdxArray {
  readonly dimensions: readonly number[];
  /** Row-major, a view into the file's bytes */
  readonly values: Uint8Array;
}

/**
 * The array in an IDX file of unsigned bytes, already decompressed.
 *
 * @throws MeanfieldError INVALID_FILE for a wrong magic number, type or size, and for bytes missing or left over
 */
export function readIdx(bytes: Uint8Array, expectation: IdxExpectation): IdxArray {
  const refuse = (expected: string, found: string): never => {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `${expected} in ${expectation.name}`,
      found,
      remedy: 'replace the file by an intact IDX file',
    });
  };
  if (bytes.length < MAGIC_BYTES) return refuse('an IDX header', `${bytes.length} bytes`);
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== UNSIGNED_BYTE || bytes[3] === 0) {
    const magic = [...bytes.subarray(0, MAGIC_BYTES)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    return refuse('IDX magic number 0000080n (unsigned bytes, n dimensions)', magic);
  }
  const rank = bytes[3]!;
  const start = MAGIC_BYTES + rank * SIZE_BYTES;
  if (bytes.length < start) return refuse(`a header of ${start} bytes`, `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const dimensions = Array.from({ length: rank }, (_, axis) =>
    view.getUint32(MAGIC_BYTES + axis * SIZE_BYTES),
  );
  const wanted = expectation.dimensions;
  if (
    wanted !== undefined &&
    (wanted.length !== rank || wanted.some((size, axis) => size !== dimensions[axis]))
  ) {
    return refuse(`dimensions ${show(wanted)}`, show(dimensions));
  }
  const count = dimensions.reduce((product, size) => product * size, 1);
  // Infinity for sizes beyond float64: refused with the others.
  if (count === 0 || !(count <= MAXIMUM_VALUES)) {
    return refuse(`1 to ${MAXIMUM_VALUES} values`, `dimensions ${show(dimensions)}`);
  }
  const found = bytes.length - start;
  if (found !== count) {
    return refuse(
      `${count} values after the header`,
      `${found} (${found < count ? 'truncated' : 'over-long'})`,
    );
  }
  return { dimensions, values: bytes.subarray(start) };
}
