/** A tfjs-layers model on disk, with every file that it names kept inside its folder and within limits. */

import { MeanfieldError } from '@meanfield/core';
import { readBoundedText, systemReason } from '@meanfield/lab';
import { readTfjsModel, type TfjsModel } from '@meanfield/tensor-files';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Of model.json, which holds no weights */
const LARGEST_MODEL = 2 ** 24;
/** Of all shards together: 2²⁸ weights in float32 */
const LARGEST_WEIGHTS = 2 ** 30;

const unreadable = (expected: string, cause: unknown): MeanfieldError =>
  new MeanfieldError({
    code: 'INVALID_FILE',
    expected,
    found: systemReason(cause),
    remedy: 'name the model.json of a model, or its folder, with its weights beside it',
    cause,
  });

/** @param path of a model.json, or of the folder that it is in. Throws INVALID_FILE, UNSUPPORTED. */
export function readSavedModel(path: string): TfjsModel {
  let text: string;
  let folder: string;
  try {
    const file = statSync(path).isDirectory() ? join(path, 'model.json') : path;
    if (!statSync(file).isFile()) throw new Error('it is no regular file');
    text = readBoundedText(file, LARGEST_MODEL);
    folder = realpathSync(dirname(file));
  } catch (cause) {
    throw unreadable(`a tfjs-layers model at ${path}`, cause);
  }
  let left = LARGEST_WEIGHTS;
  return readTfjsModel(text, (shard) => {
    const bytes = readShard(folder, shard, left);
    left -= bytes.length;
    return bytes;
  });
}

function readShard(folder: string, shard: string, most: number): Uint8Array {
  try {
    const file = realpathSync(join(folder, shard));
    if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      throw new Error('a link to a place outside the folder of the model');
    }
    const found = statSync(file);
    if (!found.isFile()) throw new Error('it is no regular file');
    if (found.size > most) throw new Error(`more than ${LARGEST_WEIGHTS} bytes of weights`);
    return readFileSync(file);
  } catch (cause) {
    throw unreadable(`the weights ${shard} of the model`, cause);
  }
}
