/** What passes between a `ParallelEnsemble` and the threads or processes that do its work. */

import type {
  EnsembleSpec,
  ErrorParts,
  Evaluation,
  Examples,
  Json,
  NetworkParameters,
} from '@meanfield/core';

import type { ActivationProgram } from './activation-program.js';

/** A specification as data. */
export interface PlainSpec extends Omit<EnsembleSpec, 'network'> {
  readonly network: Omit<EnsembleSpec['network'], 'activation'> & { readonly activation: ActivationProgram };
}

/** What may be asked of a worker; networks are counted among its own. */
export interface Calls {
  /** The first: which engine, as the program of the worker understands it, and the networks */
  start(engine: Json, spec: PlainSpec): void;
  /** Examples for `steps`, until others come */
  keep(examples: Examples): void;
  step(batches: readonly Examples[]): Float64Array;
  steps(batchSize: number, rows: readonly Uint32Array[]): readonly Float64Array[];
  evaluate(examples: Examples): readonly Evaluation[];
  forward(network: number, inputs: Float32Array, count: number): readonly Float32Array[];
  gradients(network: number, batch: Examples): NetworkParameters;
  parameters(network: number): NetworkParameters;
  snapshot(network: number): Uint8Array;
}

export interface Request {
  readonly name: keyof Calls;
  readonly values: readonly unknown[];
}

/** One for each request, in their order. */
export type Reply =
  | { readonly value: unknown; /** Live tensors there */ readonly buffers: number }
  | { readonly error: Omit<ErrorParts, 'cause'> };
