/** The networks of one thread, from plain data to plain data. */

import { MeanfieldError, type Evaluation, type Examples, type NetworkParameters } from '@meanfield/core';
import { startWasm, type WasmModule } from '@meanfield/numerics';

import type { Arithmetic } from './arithmetic.js';
import type { Batch } from './batch.js';
import { fromMemory } from './layout.js';
import { mapMemory, type MemoryMap } from './memory-map.js';
import type { Model, NetworkState } from './model.js';
import { update } from './optimizer.js';
import { Passes } from './passes.js';
import { clearRegisters } from './registers.js';

export interface ThreadPlan {
  readonly examples: Examples;
  readonly batchSize: number;
  /** Rows of each network of the thread */
  readonly rows: readonly Uint32Array[];
}

/** Networks are numbered within their thread. */
export class Trainer {
  readonly #model: Model;
  readonly #map: MemoryMap;
  readonly #passes: Passes;
  readonly #steps: number[];

  /** @throws MeanfieldError BACKEND_UNAVAILABLE where the kernel does not start, or not with as much memory */
  constructor(model: Model, states: readonly NetworkState[], arithmetic: Arithmetic, module: WasmModule) {
    this.#model = model;
    this.#map = mapMemory(model, states.length, arithmetic);
    this.#passes = startPasses(model, this.#map, arithmetic, module);
    this.#steps = states.map(({ steps }) => steps);
    states.forEach(({ numbers }, network) => this.#numbers(network).set(numbers));
  }

  /** The loss of each network on its batch before the step */
  step(batches: readonly Examples[]): Float64Array {
    return Float64Array.from(batches, (examples, network) => this.#advance(network, { examples }));
  }

  /** All steps of one network before those of the next: its parameters stay in the processor's cache. */
  steps({ examples, batchSize, rows }: ThreadPlan): Float64Array[] {
    return rows.map((own, network) => {
      const losses = new Float64Array(Math.ceil(own.length / batchSize));
      for (let step = 0; step < losses.length; step++) {
        const picked = own.subarray(step * batchSize, (step + 1) * batchSize);
        losses[step] = this.#advance(network, { examples, rows: picked });
      }
      return losses;
    });
  }

  evaluate(examples: Examples): Evaluation[] {
    clearRegisters();
    return this.#map.networks.map((parameters) => {
      const { sum, correct } = this.#passes.score(parameters, { examples });
      const loss = this.#passes.meanLoss(sum, examples.count);
      return this.#model.loss === 'mse' ? { loss } : { loss, accuracy: correct / examples.count };
    });
  }

  forward(network: number, inputs: Float32Array, count: number): Float32Array[] {
    return this.#passes.preActivations(this.#map.networks[network]!, inputs, count);
  }

  gradients(network: number, examples: Examples): NetworkParameters {
    const { gradients, shape } = this.#map;
    this.#passes.differentiate(this.#map.networks[network]!, { examples });
    return fromMemory(shape, this.#passes.floats.subarray(gradients / 4, gradients / 4 + shape.length));
  }

  parameters(network: number): NetworkParameters {
    return fromMemory(this.#map.shape, this.#numbers(network));
  }

  /** A copy */
  state(network: number): NetworkState {
    return { numbers: this.#numbers(network).slice(), steps: this.#steps[network]! };
  }

  #advance(network: number, batch: Batch): number {
    const { networks, gradients, shape } = this.#map;
    const parameters = networks[network]!;
    clearRegisters();
    const loss = this.#passes.differentiate(parameters, batch);
    const step = (this.#steps[network]! += 1);
    update(this.#passes.kernels, this.#model.optimizer, parameters, gradients, 4 * shape.length, step);
    return loss;
  }

  #numbers(network: number): Float32Array {
    const start = this.#map.networks[network]! / 4;
    return this.#passes.floats.subarray(start, start + this.#map.networkLength);
  }
}

function startPasses(model: Model, map: MemoryMap, arithmetic: Arithmetic, module: WasmModule): Passes {
  try {
    return new Passes(startWasm(module), map, model, arithmetic);
  } catch (cause) {
    throw unavailable(map, cause);
  }
}

const unavailable = ({ bytes }: MemoryMap, cause: unknown): MeanfieldError =>
  new MeanfieldError({
    code: 'BACKEND_UNAVAILABLE',
    expected: `WebAssembly to start with ${Math.ceil(bytes / 2 ** 20)} MiB of memory`,
    found: 'that it does not',
    remedy: 'train fewer or smaller networks at once',
    cause,
  });
