/**
 * Runs dense networks, R of them side by side, at the level of whole steps.
 *
 * A backend keeps every result within its stated tolerance of a float64 reference.
 */

import type { Activation } from './activation.js';
import type { DenseLayer } from './initializer.js';
import type { Examples, Loss } from './task.js';

export interface DenseNetworkSpec {
  /** Units of the input, of each hidden layer, of the output: at least two entries */
  readonly sizes: readonly number[];
  readonly activation: Activation;
  /** Whether φ is applied to the output layer too; linear output otherwise */
  readonly activateOutput: boolean;
}

export type OptimizerSpec =
  | { readonly name: 'sgd'; readonly learningRate: number; readonly momentum: number }
  | {
      readonly name: 'adam';
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

/** One DenseLayer for each layer of weights, first to last. */
export type NetworkParameters = readonly DenseLayer[];

export interface EnsembleSpec {
  readonly network: DenseNetworkSpec;
  readonly loss: Loss;
  readonly optimizer: OptimizerSpec;
  /** Initial parameters, one entry a network; copied, the caller keeps its arrays */
  readonly initial: readonly NetworkParameters[];
  /** What `snapshot` gave, one entry a network: training goes on from there, to the same bits, and `initial` gives shapes alone */
  readonly resume?: readonly Uint8Array[];
}

/** Many steps of every network on rows of the same examples. */
export interface StepPlan {
  /** The training set; the same object from call to call lets a backend keep it where it works */
  readonly examples: Examples;
  /** Rows in a step of each network */
  readonly batchSize: number;
  /** For each network, the rows of `examples` of its steps, one step after another, [steps × batchSize]; the last may be shorter */
  readonly rows: readonly Uint32Array[];
}

export interface Evaluation {
  readonly loss: number;
  /** Share of rows whose largest output is the label; absent for 'mse' */
  readonly accuracy?: number;
}

/** R networks in training. Results come in the order of `EnsembleSpec.initial`. */
export interface Ensemble {
  readonly networks: number;
  /**
   * One optimiser step of every network on its own batch (pass the same object R times to share one).
   * Returns each network's loss on its batch before the step.
   */
  step(batches: readonly Examples[]): Promise<Float64Array>;
  /**
   * As many calls of `step`, with the same result, where batches are rows of one training set: losses by network and step.
   * Present where that is faster.
   */
  steps?(plan: StepPlan): Promise<readonly Float64Array[]>;
  evaluate(examples: Examples): Promise<readonly Evaluation[]>;
  /** Pre-activations of every layer of one network for `count` inputs, each row-major [count, units]. */
  forward(network: number, inputs: Float32Array, count: number): Promise<readonly Float32Array[]>;
  /** Gradient of the loss by the parameters of one network, in the shape of its parameters. */
  gradients(network: number, batch: Examples): Promise<NetworkParameters>;
  /** A copy of one network's current parameters. */
  parameters(network: number): Promise<NetworkParameters>;
  /** All that the next step of one network depends on beside its batch: parameters, the optimiser's state. For `resume` of the same backend. */
  snapshot(network: number): Promise<Uint8Array>;
  /** Number of live tensors or buffers: must not grow from step to step. */
  liveBuffers(): number;
  /** Frees everything; further calls throw. */
  close(): Promise<void>;
}

export interface BackendCapabilities {
  /** 'any' activation with a tensor form, or the names it has kernels for */
  readonly activations: 'any' | readonly string[];
  readonly losses: readonly Loss[];
  readonly optimizers: readonly OptimizerSpec['name'][];
  readonly dtype: 'float32' | 'float64';
  readonly threads: number;
  readonly device: string;
  /** Largest relative deviation of a gradient from the float64 reference */
  readonly tolerance: number;
}

export type Availability =
  | { readonly available: true; readonly versions: Readonly<Record<string, string>> }
  /** `reason` is a sentence that ends with what to do. */
  | { readonly available: false; readonly reason: string };

export interface Backend {
  readonly name: string;
  readonly capabilities: BackendCapabilities;
  /** Whether it starts here. Never throws. */
  availability(): Promise<Availability>;
  /** Throws BACKEND_UNAVAILABLE where it does not start, UNSUPPORTED where it lacks what is asked. */
  open(spec: EnsembleSpec): Promise<Ensemble>;
}
