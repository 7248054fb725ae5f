/** NNGP and NTK matrices of a network in a JSON file on inputs in an npy file, into an npz file. */

import { MeanfieldError, show } from '@meanfield/core';
import { nngp, ntk, parseNetwork, type InputBatch, type KernelNetwork } from '@meanfield/kernels';
import { readBoundedText, systemReason } from '@meanfield/lab';
import { readNpy, writeNpz, type Tensor } from '@meanfield/tensor-files';
import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';

import { requireOwners } from '../input/settings.js';
import { writeWhole } from '../output/files.js';
import { properties } from '../output/table.js';
import type { Session } from '../session.js';

export interface MatrixFlags {
  readonly network?: string;
  readonly inputs?: string;
  readonly ntk?: boolean;
  readonly out?: string;
}

const LARGEST_NETWORK = 2 ** 20;
const LARGEST_INPUTS = 2 ** 30;
/** Entries of a kernel matrix: 800 MB in float64 */
const MOST_ENTRIES = 1e8;

interface Files {
  readonly network: string;
  readonly inputs: string;
  readonly out: string;
}

function requireFiles({ network, inputs, out }: MatrixFlags): Files {
  if (network !== undefined && inputs !== undefined && out !== undefined && extname(out) === '.npz')
    return { network, inputs, out };
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: '--network FILE.json, --inputs FILE.npy and --out FILE.npz together',
    found: show({ network, inputs, out }),
    remedy: 'give all three, or none for normalised kernels by depth',
  });
}

/** Runs `read`, whose errors mean that the file is none of the kind expected. */
function reading<T>(path: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `${expected} at ${path}`,
      found: systemReason(cause),
      remedy: 'name another file, or correct this one',
      cause,
    });
  }
}

function readNetwork(session: Session, path: string): KernelNetwork {
  const json = reading(
    path,
    'a network in JSON',
    (): unknown => JSON.parse(readBoundedText(path, LARGEST_NETWORK)) as unknown,
  );
  return parseNetwork(json, (name, options) => session.lab.get('activation', name, options));
}

function readInputs(path: string): InputBatch {
  const bytes = reading(path, 'inputs in an npy file', () => {
    const file = statSync(path);
    if (!file.isFile()) throw new Error('it is no regular file');
    if (file.size > LARGEST_INPUTS) throw new Error(`more than ${LARGEST_INPUTS} bytes`);
    return readFileSync(path);
  });
  const { shape, data } = readNpy(bytes, path);
  const [count, dimension] = shape;
  if (shape.length === 2 && count !== undefined && dimension !== undefined && count ** 2 <= MOST_ENTRIES)
    return { values: Float64Array.from(data), count, dimension };
  throw new MeanfieldError({
    code: 'INVALID_FILE',
    expected: `inputs of shape [inputs, dimension], at most ${Math.sqrt(MOST_ENTRIES)} of them, in ${path}`,
    found: `shape ${show(shape)}`,
    remedy: 'reshape or shorten the array',
  });
}

/**
 * Writes nngp, gaps and, when asked for, ntk, each [inputs, inputs] in float64.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, INVALID_FILE, INVALID_OPTION, UNKNOWN_PLUGIN, OUTPUT_UNWRITABLE
 */
export function kernelMatrix(session: Session, flags: MatrixFlags): void {
  const files = requireFiles(flags);
  requireOwners(session.settings, []);
  const network = readNetwork(session, files.network);
  const inputs = readInputs(files.inputs);
  session.requireOutput();
  const options = { report: session.report };
  const kernel = flags.ntk === true ? ntk(network, inputs, options) : nngp(network, inputs, options);
  const shape = [kernel.rows, kernel.columns];
  const arrays: Record<string, Tensor> = {
    nngp: { shape, data: kernel.nngp },
    gaps: { shape, data: kernel.gaps },
    ...('ntk' in kernel ? { ntk: { shape, data: kernel.ntk as Float64Array } } : {}),
  };
  const bytes = writeNpz(arrays);
  writeWhole(files.out, bytes);
  const result = {
    arrays: Object.keys(arrays),
    shape,
    method: kernel.method,
    file: files.out,
    bytes: bytes.length,
  };
  session.finish(
    result,
    () =>
      properties([
        ['file', `${files.out} (${bytes.length} bytes)`],
        ['arrays', result.arrays.join(', ')],
        ['shape', shape.join(' × ')],
        ['method', kernel.method],
      ]),
    { writeJson: false },
  );
}
