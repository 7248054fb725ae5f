/** Softmax cross-entropy of a network's outputs, in nats, and its gradient by every weight and bias. */

import { multiplyTransposed } from '@meanfield/numerics';

import type { FormedLayer, FormedNetwork } from '../jacobian/formed-network.js';
import { linearise } from '../jacobian/linearise.js';
import { pullBack } from '../jacobian/products.js';
import { outputOf, type LabelledBatch } from './formed.js';

export interface Score {
  /** Mean over inputs of −log p(label) */
  readonly loss: number;
  /** Share of inputs whose largest output is the label */
  readonly accuracy: number;
}

export interface LossGradient extends Score {
  /** By dense layer, in the shape of its parameters */
  readonly layers: ReadonlyMap<number, FormedLayer>;
}

/** The score, and (p − 1_label)/M, [classes, M]: the gradient of the loss by the outputs. */
function scoreOf(
  outputs: Float64Array,
  classes: number,
  { count, labels }: LabelledBatch,
): { readonly score: Score; readonly covectors: Float64Array } {
  const covectors = new Float64Array(outputs.length);
  let [loss, right] = [0, 0];
  for (let input = 0; input < count; input++) {
    const label = labels[input]!;
    let best = 0;
    for (let i = 1; i < classes; i++)
      if (outputs[i * count + input]! > outputs[best * count + input]!) best = i;
    const largest = outputs[best * count + input]!;
    let sum = 0;
    for (let i = 0; i < classes; i++) sum += Math.exp(outputs[i * count + input]! - largest);
    loss += Math.log(sum) + largest - outputs[label * count + input]!;
    right += Number(best === label);
    for (let i = 0; i < classes; i++) {
      const share = Math.exp(outputs[i * count + input]! - largest) / sum;
      covectors[i * count + input] = (share - Number(i === label)) / count;
    }
  }
  return { score: { loss: loss / count, accuracy: right / count }, covectors };
}

/** @throws MeanfieldError INVALID_ARGUMENT when signals outgrow float64 */
export function score(network: FormedNetwork, batch: LabelledBatch): Score {
  const { units, signals } = outputOf(linearise(network, batch.inputs, batch.count));
  return scoreOf(signals, units, batch).score;
}

/**
 * With δ the gradient at a dense layer's outputs and s its inputs, both [units, M]: s δᵀ by the weights, Σ δ by biases.
 *
 * Measured against central differences: 1e-8 relative (tests).
 *
 * @throws MeanfieldError INVALID_ARGUMENT when signals outgrow float64
 */
export function lossGradient(network: FormedNetwork, batch: LabelledBatch): LossGradient {
  const { count } = batch;
  const linear = linearise(network, batch.inputs, count);
  const inputsOf = new Map(
    linear.steps.flatMap((step) => (step.kind === 'dense' ? [[step.layer, step.inputs] as const] : [])),
  );
  const { place, units, signals } = outputOf(linear);
  const { score: found, covectors } = scoreOf(signals, units, batch);
  const layers = new Map<number, FormedLayer>();
  pullBack(linear, place, covectors, 1, (layer, delta, fanOut) => {
    const inputs = inputsOf.get(layer)!;
    const fanIn = inputs.length / count;
    const weights = new Float64Array(fanIn * fanOut);
    multiplyTransposed(inputs, delta, weights, fanIn, count, fanOut);
    const bias = new Float64Array(fanOut);
    for (let at = 0; at < delta.length; at++) bias[Math.floor(at / count)]! += delta[at]!;
    layers.set(layer, { weights, bias });
  });
  return { ...found, layers };
}
