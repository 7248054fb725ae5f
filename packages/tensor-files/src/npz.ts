/** npz, numpy's archive of named arrays: a zip of npy files. Members carry a fixed date, so bytes repeat. */

import { MeanfieldError, show } from '@meanfield/core';
import { zipSync, type ZipOptions } from 'fflate';

import { damaged } from './file-errors.js';
import { readNpy, writeNpy } from './npy.js';
import { pairsOf, type NamedTensors, type Tensor } from './tensor.js';
import { readZip } from './zip.js';

const SUFFIX = '.npy';
/** Zip without its 64-bit extension ends here. */
const MAXIMUM_ARCHIVE_BYTES = 0xffff_0000;
const MAXIMUM_READ_BYTES = 2 ** 31;
const DEFLATE_LEVEL = 6;

export interface NpzWriteOptions {
  /** Deflate the arrays (slower; random weights shrink by a tenth at most); default false, stored */
  readonly compress?: boolean;
}

export interface NpzReadOptions {
  /** Most bytes of all arrays together, decompressed; default 2 GiB */
  readonly maximumBytes?: number;
}

/**
 * The bytes of an npz file that numpy.load opens. The same tensors in the same order give the same bytes.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a shape that does not fit its values, a name used twice or
 *   unfit for a path, or 4 GB and more
 */
export function writeNpz(tensors: NamedTensors, { compress = false }: NpzWriteOptions = {}): Uint8Array {
  // Dates in zip are local: local midnight gives the same field everywhere.
  const options: ZipOptions = { level: compress ? DEFLATE_LEVEL : 0, mtime: new Date(1980, 0, 1) };
  const files: Record<string, [Uint8Array, ZipOptions]> = {};
  let total = 0;
  for (const [name, tensor] of pairsOf(tensors)) {
    const path = checkName(name) + SUFFIX;
    if (Object.hasOwn(files, path))
      throw refusal('distinct names of arrays', `${show(name)} twice`, 'rename one');
    const file = writeNpy(tensor);
    total += file.length;
    if (total > MAXIMUM_ARCHIVE_BYTES) {
      throw refusal(
        'arrays under 4 GB for an npz file',
        `${total} bytes`,
        'write several files, or safetensors',
      );
    }
    files[path] = [file, options];
  }
  return zipSync(files);
}

function refusal(expected: string, found: string, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
}

/** Names may hold '/', but must stay inside the folder that somebody unpacks them into. */
function checkName(name: string): string {
  const parts = name.split('/');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\u0000-\u001f]/.test(part))) {
    throw refusal('a name of an array that is a relative path', show(name), 'rename it');
  }
  return name;
}

/**
 * Arrays by name, in the archive's order, stored or deflated.
 *
 * @throws MeanfieldError INVALID_FILE when the archive or an array in it is damaged or too large;
 *   UNSUPPORTED for encryption, zip64, and what `readNpy` does not read
 */
export function readNpz(
  bytes: Uint8Array,
  { maximumBytes = MAXIMUM_READ_BYTES }: NpzReadOptions = {},
): ReadonlyMap<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const [path, content] of readZip(bytes, maximumBytes)) {
    if (!path.endsWith(SUFFIX)) throw damaged('npy files in an npz archive', show(path));
    tensors.set(
      path.slice(0, -SUFFIX.length),
      readNpy(content, `array ${show(path.slice(0, -SUFFIX.length))}`),
    );
  }
  return tensors;
}
