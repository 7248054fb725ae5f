/** Files of small arrays in a folder of their own. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createStream } from '@meanfield/numerics';
import { writeNpy, type Tensor } from '@meanfield/tensor-files';
import { afterAll } from 'vitest';

export const folder: string = mkdtempSync(join(tmpdir(), 'meanfield-array-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file and returns its path. */
export function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export const putNpy = (name: string, shape: readonly number[], data: Tensor['data']): string =>
  put(name, writeNpy({ shape, data }));

/** Normal numbers: no row twice. */
export function normals(count: number, name = 'data'): Float32Array {
  const values = new Float32Array(count);
  createStream(1, name).fillNormal(values, 1);
  return values;
}
