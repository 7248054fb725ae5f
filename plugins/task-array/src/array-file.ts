/** A user's file of one array: npy, npz or CSV, read whole within a limit. */

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';

import { isMeanfieldError, MeanfieldError, show } from '@meanfield/core';
import { readCsv, readNpy, readNpz, type Tensor } from '@meanfield/tensor-files';

/** 1 GiB. */
const MAXIMUM_BYTES = 2 ** 30;
/** Of all arrays of an npz file, decompressed. */
const MAXIMUM_NPZ_BYTES = 2 ** 31;
const CHUNK_BYTES = 2 ** 20;

export interface ArrayFile {
  /** As the user gave it, relative to the working directory */
  readonly path: string;
  /** Which array of an npz file; its only one when absent */
  readonly name?: string | undefined;
  /** Whether the first line of a CSV file is a header */
  readonly header: boolean;
}

function refusal(expected: string, found: string, remedy: string, cause?: unknown): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_FILE', expected, found, remedy, cause });
}

function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? 'no such file'
    : `a file that cannot be read (${String(code)})`;
}

/** Opens a plain file of a size that is read. Throws INVALID_FILE. */
function withFile<T>(path: string, body: (descriptor: number, location: string) => T): T {
  const location = resolve(path);
  let descriptor: number | undefined;
  try {
    // Before opening: a pipe would wait for its other end.
    if (!statSync(location).isFile())
      throw refusal(`a plain file at ${location}`, 'something else', 'name a file');
    descriptor = openSync(location, 'r');
    const { size } = fstatSync(descriptor);
    if (size > MAXIMUM_BYTES) {
      throw refusal(`at most ${MAXIMUM_BYTES} bytes in ${location}`, `${size}`, 'use a part of the rows');
    }
    return body(descriptor, location);
  } catch (error) {
    if (isMeanfieldError(error)) throw error;
    throw refusal(`an array in ${location}`, systemReason(error), 'name a file that can be read', error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Digests by place, size and time of change, since options are parsed several times for one run. */
const digests = new Map<string, string>();

/** SHA-256 of a file, in hexadecimal. Throws INVALID_FILE. */
export function digestOf(path: string): string {
  return withFile(path, (descriptor, location) => {
    const { size, mtimeMs, ctimeMs, ino } = fstatSync(descriptor);
    const key = JSON.stringify([location, size, mtimeMs, ctimeMs, ino]);
    const known = digests.get(key);
    if (known !== undefined) return known;
    const hash = createHash('sha256');
    const chunk = new Uint8Array(CHUNK_BYTES);
    for (let read = 1; read > 0;) {
      read = readSync(descriptor, chunk, 0, chunk.length, null);
      hash.update(chunk.subarray(0, read));
    }
    const digest = hash.digest('hex');
    digests.set(key, digest);
    return digest;
  });
}

/**
 * The array in a file whose content has this digest.
 *
 * @throws MeanfieldError INVALID_FILE for a file that is missing, damaged, too large or changed, UNSUPPORTED for one that
 *   uses what is not read, such as complex numbers
 */
export function readArray(file: ArrayFile, digest: string): Tensor {
  const bytes = withFile(file.path, (descriptor) => readFileSync(descriptor));
  if (createHash('sha256').update(bytes).digest('hex') !== digest) {
    throw refusal(`${file.path} to stay as it was when the run began`, 'another content', 'run it again');
  }
  return parse(file, bytes);
}

function parse({ path, name, header }: ArrayFile, bytes: Uint8Array): Tensor {
  const ending = extname(path).toLowerCase();
  if (name !== undefined && ending !== '.npz') {
    throw refusal(`an npz file, where one array is named ${show(name)}`, show(path), 'leave the name out');
  }
  if (ending === '.npy') return readNpy(bytes, path);
  if (ending === '.csv') return readCsv(bytes, { name: path, header });
  if (ending === '.npz') return arrayIn(path, readNpz(bytes, { maximumBytes: MAXIMUM_NPZ_BYTES }), name);
  throw refusal('a file that ends in .npy, .npz or .csv', show(path), 'save the array as one of them');
}

function arrayIn(path: string, arrays: ReadonlyMap<string, Tensor>, name: string | undefined): Tensor {
  const names = [...arrays.keys()];
  const found = arrays.get(name ?? names[0] ?? '');
  if (found !== undefined && (name !== undefined || names.length === 1)) return found;
  throw refusal(
    name === undefined ? `one array in ${path}, or its name` : `an array ${show(name)} in ${path}`,
    names.length === 0 ? 'no arrays' : names.map(show).join(', '),
    'name one of its arrays (inputsName, targetsName)',
  );
}
