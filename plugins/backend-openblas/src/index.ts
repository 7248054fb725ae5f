/**
 * Dense networks whose products the system's OpenBLAS does, on the memory of the WebAssembly engine, which does the rest.
 *
 * OpenBLAS is not part of this package: importing it loads nothing, `availability()` and `open()` do, and where there is no
 * OpenBLAS they say so.
 */

import { cite, definePlugin, kingma2015, type Backend, type PluginDefinition } from '@meanfield/core';
import { chooseBuild, defaultThreads, denseBackend, type DenseEngine } from '@meanfield/dense-engine';
import { z } from 'zod';

import { openLibrary } from './library.js';
import { rowsBy } from './rows.js';

const VERSION = '0.1.0';
const MOST_THREADS = 64;

/** The compiled program of threads; sources are run by tests alone, after a build. */
const WORKER = import.meta.url.endsWith('.ts')
  ? new URL('../dist/worker.js', import.meta.url)
  : new URL('./worker.js', import.meta.url);

const options = z.strictObject({
  library: z.string().min(1).optional(),
  threads: z.number().int().min(1).max(MOST_THREADS).optional(),
});

export interface OpenBlasOptions {
  /** File of OpenBLAS, or a name that the system's loader knows; by default MEANFIELD_OPENBLAS, or else the usual names */
  readonly library?: string;
  /** Threads that networks are dealt to; by default one a core, at most MEANFIELD_THREADS */
  readonly threads?: number;
}

/** @throws MeanfieldError BACKEND_UNAVAILABLE */
function engine(asked: string | undefined): DenseEngine & { readonly openBlas: string } {
  const library = openLibrary(asked);
  const build = chooseBuild('auto');
  return {
    name: `openblas, ${library.version}, build ${build}`,
    build,
    arithmetic: rowsBy(library),
    program: { file: WORKER, settings: library.file },
    openBlas: library.version,
  };
}

const openBlasBackend = (library: string | undefined, threads: number): Backend =>
  denseBackend({
    name: 'openblas',
    device: 'cpu, OpenBLAS',
    threads,
    versions() {
      const { openBlas, build } = engine(library);
      return { '@meanfield/backend-openblas': `${VERSION}, build ${build}`, OpenBLAS: openBlas };
    },
    engine: () => engine(library),
  });

const openBlas: PluginDefinition<'backend', OpenBlasOptions> = definePlugin({
  kind: 'backend',
  name: 'openblas',
  package: '@meanfield/backend-openblas',
  version: VERSION,
  summary: "dense networks with products by the system's OpenBLAS, in worker threads",
  options,
  optionDocs: {
    library: 'file or name of OpenBLAS, default MEANFIELD_OPENBLAS or the usual names',
    threads: 'threads that networks are dealt to, default one a core, at most MEANFIELD_THREADS',
  },
  references: [cite(kingma2015, '§2')],
  create: ({ library, threads }) => openBlasBackend(library, threads ?? defaultThreads()),
});

export default openBlas;
