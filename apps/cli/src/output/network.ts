/** Networks as files, in the format that the path says. */

import { MeanfieldError, show } from '@meanfield/core';
import { writeNetwork, type DenseNetwork, type NetworkFormat } from '@meanfield/tensor-files';
import { statSync } from 'node:fs';
import { extname } from 'node:path';

import { requireWritable, writeWhole } from './files.js';
import { requireWritableFolder, writeFolder } from './folders.js';

const MODEL_FILES = ['model.json', 'weights.bin'];

/**
 * FILE.safetensors, FILE.npz, or a folder for a tfjs-layers model: one that is there, or a path that ends in `/` or
 * has no ending.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function networkFormatOf(path: string): NetworkFormat {
  const ending = extname(path).toLowerCase();
  if (/[\\/]$/.test(path) || ending === '') return 'tfjs';
  if (ending === '.safetensors') return 'safetensors';
  if (ending === '.npz') return 'npz';
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return 'tfjs';
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'FILE.safetensors, FILE.npz or a FOLDER/ for a network',
    found: show(path),
    remedy: 'name a file with one of these endings, or a folder for a tfjs-layers model',
  });
}

/** Fails before any work where a network cannot be written there. Throws INVALID_ARGUMENT, OUTPUT_UNWRITABLE. */
export function requireNetworkOutput(path: string): void {
  if (networkFormatOf(path) === 'tfjs') requireWritableFolder(path, MODEL_FILES);
  else requireWritable(path);
}

/**
 * Writes a network's parameters, whole or not at all.
 *
 * @param metadata free text by key, which only safetensors keeps
 * @returns the bytes written
 * @throws MeanfieldError INVALID_ARGUMENT for a network that does not fit together or is not finite, UNSUPPORTED for an
 *   activation that the format cannot name, OUTPUT_UNWRITABLE
 */
export function exportNetwork(
  network: DenseNetwork,
  format: NetworkFormat,
  path: string,
  metadata: Readonly<Record<string, string>> = {},
): number {
  const written = writeNetwork(network, format, metadata);
  if (written.kind === 'file') {
    writeWhole(path, written.bytes);
    return written.bytes.length;
  }
  writeFolder(path, written.files);
  return Object.values(written.files).reduce((sum, { length }) => sum + length, 0);
}
