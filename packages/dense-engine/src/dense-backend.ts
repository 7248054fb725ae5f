/** Backends on this engine, alike but for who multiplies */

import { isMeanfieldError, type Availability, type Backend } from '@meanfield/core';
import { LOSSES, OPTIMIZERS } from '@meanfield/networks';

import { ACTIVATIONS } from './activation-kernel.js';
import { openEnsemble, type DenseEngine } from './open.js';

export interface DenseBackendParts {
  readonly name: string;
  /** As in `cpu, WebAssembly` */
  readonly device: string;
  /** Threads that networks are dealt to */
  readonly threads: number;
  /** What it runs on, by name of its parts; throws BACKEND_UNAVAILABLE where it cannot run */
  readonly versions: () => Readonly<Record<string, string>>;
  /** Throws BACKEND_UNAVAILABLE. */
  readonly engine: () => DenseEngine;
}

export function denseBackend({ name, device, threads, versions, engine }: DenseBackendParts): Backend {
  return {
    name,
    capabilities: {
      activations: ACTIVATIONS,
      losses: LOSSES,
      optimizers: OPTIMIZERS,
      dtype: 'float32',
      threads,
      device,
      tolerance: 1e-5,
    },
    availability: () => Promise.resolve(availabilityOf(versions)),
    open: (spec) => openEnsemble(spec, engine, threads),
  };
}

function availabilityOf(versions: DenseBackendParts['versions']): Availability {
  try {
    return { available: true, versions: versions() };
  } catch (error) {
    return { available: false, reason: isMeanfieldError(error) ? error.message : String(error) };
  }
}
