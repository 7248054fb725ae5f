/** Inputs through one random network, step by step. */

import type { RandomStream } from '@meanfield/core';
import { multiplyLeftTransposed } from '@meanfield/numerics';

import type { Batch } from './batch.js';
import { addBias, addSignals, applyActivation, applyLayerNorm } from './elementwise.js';
import { fillInputs } from './inputs.js';
import type { Prepared } from './method.js';
import type { DenseStep } from './plan.js';
import type { SimulationRequest } from './request.js';
import type { Workspace } from './workspace.js';

/** Reads the signals at an observed place; the inputs come first, as place −1. */
export type Visitor = (batch: Batch, place: number) => void;

/** Place of a network's inputs */
export const INPUTS = -1;

/** Writes into `to` the pre-activations of the signals in `from`, which are used up. */
function applyDense(
  step: DenseStep,
  { from, to, inputs }: { readonly from: Float64Array; readonly to: Float64Array; readonly inputs: number },
  { weights, bias }: Workspace,
  stream: RandomStream,
): void {
  const { initializer, fanIn, fanOut } = step;
  const signals = from.subarray(0, fanIn * inputs);
  const preActivations = to.subarray(0, fanOut * inputs);
  if (weights.length === 0) {
    initializer.samplePreActivations?.({ fanIn, fanOut, inputs, signals, preActivations }, stream);
    return;
  }
  const layer = {
    fanIn,
    fanOut,
    weights: weights.subarray(0, fanIn * fanOut),
    bias: bias.subarray(0, fanOut),
  };
  initializer.sample(layer, stream);
  multiplyLeftTransposed(layer.weights, signals, preActivations, fanOut, fanIn, inputs);
  addBias({ values: preActivations, units: fanOut, inputs }, bias);
}

/** Draws network `network` of the request, propagates its inputs and shows `visit` the signals of every observed place. */
export function propagate(
  request: SimulationRequest,
  { plan }: Prepared,
  workspace: Workspace,
  network: number,
  visit: Visitor,
): void {
  const inputs = request.inputs.count;
  const stream = request.stream.child('network').child(network);
  const layers = stream.child('layer');
  let [values, spare] = workspace.batches;
  let kept = 0;
  fillInputs(values, plan.inputSize, request.inputs, stream.child('inputs'));
  visit({ values, units: plan.inputSize, inputs }, INPUTS);
  for (const step of plan.steps) {
    if (step.kind === 'dense') {
      applyDense(step, { from: values, to: spare, inputs }, workspace, layers.child(step.layer));
      [values, spare] = [spare, values];
      continue;
    }
    const { units } = step;
    const used = values.subarray(0, units * inputs);
    if (step.kind === 'activation') applyActivation(step.activation, used);
    else if (step.kind === 'layerNorm') applyLayerNorm({ values, units, inputs }, step.epsilon);
    else if (step.kind === 'keep') workspace.kept[kept++]!.set(used);
    else if (step.kind === 'add') addSignals(used, workspace.kept[--kept]!);
    else visit({ values, units, inputs }, step.place);
  }
}
