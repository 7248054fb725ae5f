/** Opens networks on the engine: what backends on it have in common. */

import type { EnsembleSpec } from '@meanfield/core';
import { checkSpec } from '@meanfield/networks';

import { activationKernel } from './activation-kernel.js';
import { moduleOf, type BuildName } from './build.js';
import { DenseEnsemble, initialStates, layoutOf } from './ensemble.js';
import type { Arithmetic } from './thread/arithmetic.js';
import type { Model } from './thread/model.js';
import { openHere } from './thread/port.js';
import { threadsHere, type ThreadProgram } from './thread/thread.js';
import { openThread } from './thread/worker-port.js';

export interface DenseEngine {
  /** Its name in snapshots: whatever rounds differently has another */
  readonly name: string;
  readonly build: BuildName;
  /** Where it is the engine's own, `ownArithmetic(build)`: builds differ in how parameters lie */
  readonly arithmetic: Arithmetic;
  /** Of threads in Node, where `arithmetic` is not the engine's own */
  readonly program?: ThreadProgram;
}

/**
 * @param engine made once the request has been seen to make sense
 * @param threads that networks are dealt to, at most; the calling thread is used where there is one network or no threads
 * @throws MeanfieldError UNSUPPORTED for an activation, loss or optimiser that it does not have; INVALID_ARGUMENT;
 * BACKEND_UNAVAILABLE
 */
export async function openEnsemble(
  spec: EnsembleSpec,
  engine: () => DenseEngine,
  threads: number,
): Promise<DenseEnsemble> {
  checkSpec(spec);
  const { network, loss, optimizer } = spec;
  const activation = activationKernel(network.activation);
  const { name, build, arithmetic, program } = engine();
  const { sizes, activateOutput } = network;
  const model: Model = { sizes, activation, activateOutput, loss, optimizer };
  const label = { backend: name, spec };
  const module = moduleOf(build)!;
  const layout = layoutOf(arithmetic, sizes);
  const states = initialStates(label, model, layout);
  const used = threadsHere() !== undefined ? Math.min(threads, states.length) : 1;
  const openPort =
    used === 1 ? openHere(arithmetic, module) : openThread(module, program?.settings ?? build, program);
  return new DenseEnsemble(label, model, layout, states, used, openPort).started();
}
