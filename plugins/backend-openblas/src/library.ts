/** The system's OpenBLAS: found, loaded and bound. */

import { isMeanfieldError, MeanfieldError } from '@meanfield/core';
import type * as koffi from 'koffi';
import { createRequire } from 'node:module';

/** Names a file of OpenBLAS where the option `library` does not. */
const VARIABLE = 'MEANFIELD_OPENBLAS';

const require = createRequire(import.meta.url);

/** By platform, as loaders look for it; Homebrew keeps it out of their sight. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  linux: ['libopenblas.so.0', 'libopenblas.so'],
  darwin: [
    '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
    '/usr/local/opt/openblas/lib/libopenblas.dylib',
    'libopenblas.dylib',
  ],
  win32: ['libopenblas.dll', 'openblas.dll'],
};

/** Values of the C interface (cblas.h) */
const ROW_MAJOR = 101;
const AS_IT_IS = 111;
const TRANSPOSED = 112;

export interface Matrix {
  /** Address of its first number, in bytes from the start of the memory */
  readonly at: number;
  /** Floats from one row to the next */
  readonly stride: number;
}

/** C ← A B + β C, single precision, row-major: A is [m, k], or [k, m] where it is read as transposed, B [k, n], C [m, n]. */
type Multiply = (
  size: readonly [m: number, n: number, k: number],
  a: Matrix & { readonly transposed?: boolean },
  b: Matrix,
  beta: 0 | 1,
  c: Matrix,
) => void;

export interface Library {
  /** As it was asked for: loads the same again in another thread */
  readonly file: string;
  /** Version and the processor that its kernels are for, which round differently */
  readonly version: string;
  /** Products in one memory, which must not move. */
  multiplyIn(memory: ArrayBuffer): Multiply;
}

const SGEMM =
  'void cblas_sgemm(int, int, int, int m, int n, int k, float, void *a, int, void *b, int, float, void *c, int)';

function bind({ load }: typeof koffi, file: string): Library {
  const library = load(file);
  const config = (library.func('const char *openblas_get_config()') as () => string)();
  const core = (library.func('const char *openblas_get_corename()') as () => string)();
  if (config.includes('USE64BITINT')) throw new Error(`${file} counts in 64 bits`);
  const sgemm = library.func(SGEMM) as (...values: unknown[]) => void;
  // Threads of the engine have networks of their own: each multiplies alone.
  (library.func('void openblas_set_num_threads(int)') as (threads: number) => void)(1);
  return {
    file,
    version: `${/\d+(\.\d+)+/.exec(config)?.[0] ?? 'unknown'} ${core}`,
    multiplyIn(memory) {
      const views = new Map<number, Uint8Array>();
      const place = (address: number): Uint8Array => {
        const known = views.get(address);
        if (known !== undefined) return known;
        const view = new Uint8Array(memory, address);
        views.set(address, view);
        return view;
      };
      return ([m, n, k], a, b, beta, c) => {
        const form = a.transposed === true ? TRANSPOSED : AS_IT_IS;
        const [first, second, out] = [place(a.at), place(b.at), place(c.at)];
        sgemm(ROW_MAJOR, form, AS_IT_IS, m, n, k, 1, first, a.stride, second, b.stride, beta, out, c.stride);
      };
    },
  };
}

const reasonOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause))
    .split('\n')[0]!
    .replace(/^Failed to load shared library: /, '')
    .trim()
    .replace(/\.$/, '');

function unavailable(expected: string, cause: unknown): MeanfieldError {
  return new MeanfieldError({
    code: 'BACKEND_UNAVAILABLE',
    expected,
    found: reasonOf(cause),
    remedy:
      `install it (Debian and Ubuntu: apt-get install libopenblas0-pthread; macOS: brew install openblas), name its file in the ` +
      `option library or in ${VARIABLE}, or choose the backend simd, which needs none`,
    cause,
  });
}

function loader(): typeof koffi {
  try {
    return require('koffi') as typeof koffi;
  } catch (cause) {
    throw new MeanfieldError({
      code: 'BACKEND_UNAVAILABLE',
      expected: 'koffi, which calls OpenBLAS, to have a binary for this machine',
      found: reasonOf(cause),
      remedy: 'install without --omit=optional, or choose the backend simd, which needs neither',
      cause,
    });
  }
}

/**
 * Loads OpenBLAS; its own threads are switched off, in the whole process.
 *
 * @param asked a file or a name that the system's loader knows; by default what MEANFIELD_OPENBLAS names, or else the usual ones
 * @throws MeanfieldError BACKEND_UNAVAILABLE
 */
export function openLibrary(asked: string | undefined): Library {
  const named = asked ?? process.env[VARIABLE];
  const files = named === undefined || named === '' ? (USUAL[process.platform] ?? USUAL['linux']!) : [named];
  const api = loader();
  let failure: unknown;
  for (const file of files) {
    try {
      return bind(api, file);
    } catch (cause) {
      if (isMeanfieldError(cause)) throw cause;
      failure ??= cause;
    }
  }
  throw unavailable(`OpenBLAS as ${files.join(' or ')}`, failure);
}
