/** Checks of what callers hand over: shapes that do not fit are one sentence, not a broken product. */

import {
  MeanfieldError,
  show,
  type EnsembleSpec,
  type Examples,
  type FloatArray,
  type Loss,
  type NetworkParameters,
} from '@meanfield/core';

function invalid(expected: string, found: string, remedy: string): never {
  throw new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
}

function unsupported(expected: string, found: string, remedy: string): never {
  throw new MeanfieldError({ code: 'UNSUPPORTED', expected, found, remedy });
}

export const LOSSES: readonly Loss[] = ['mse', 'softmax-cross-entropy'];
export const OPTIMIZERS: readonly EnsembleSpec['optimizer']['name'][] = ['sgd', 'adam'];

function checkArray(name: string, values: FloatArray, length: number): void {
  if (values.length !== length) {
    invalid(`${length} ${name}`, String(values.length), 'give arrays of the shapes that the sizes say');
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) invalid(`finite ${name}`, `${values[bad]} at index ${bad}`, 'initialise with finite numbers');
}

function checkParameters(parameters: NetworkParameters, sizes: readonly number[], network: number): void {
  const layers = sizes.length - 1;
  if (parameters.length !== layers) {
    invalid(
      `${layers} layers of parameters in network ${network}`,
      String(parameters.length),
      'give one entry for each pair of neighbouring sizes',
    );
  }
  parameters.forEach(({ weights, bias }, layer) => {
    const fanIn = sizes[layer]!;
    const fanOut = sizes[layer + 1]!;
    checkArray(`weights in layer ${layer} of network ${network}`, weights, fanIn * fanOut);
    checkArray(`biases in layer ${layer} of network ${network}`, bias, fanOut);
  });
}

/** @throws MeanfieldError UNSUPPORTED, INVALID_ARGUMENT */
export function checkSpec({ network, loss, optimizer, initial }: EnsembleSpec): void {
  const { sizes } = network;
  if (!LOSSES.includes(loss))
    unsupported(`a loss of ${LOSSES.join(', ')}`, show(loss), 'choose one of these');
  if (!OPTIMIZERS.includes(optimizer.name)) {
    unsupported(`an optimizer of ${OPTIMIZERS.join(', ')}`, show(optimizer.name), 'choose one of these');
  }
  if (sizes.length < 2 || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    invalid(
      'at least two sizes, all whole numbers above 0',
      show(sizes),
      'give the units of input and output',
    );
  }
  if (initial.length === 0) invalid('at least one network', 'none', 'give the parameters of each network');
  initial.forEach((parameters, index) => checkParameters(parameters, sizes, index));
}

/** @throws MeanfieldError INVALID_ARGUMENT */
export function checkInputs(inputs: Float32Array, count: number, inputSize: number): void {
  if (!Number.isInteger(count) || count < 1) {
    invalid('at least one row of inputs', show(count), 'give a whole number of rows above 0');
  }
  if (inputs.length !== count * inputSize) {
    invalid(
      `${count} × ${inputSize} inputs`,
      String(inputs.length),
      'give row-major inputs [count, inputSize]',
    );
  }
}

/** @throws MeanfieldError INVALID_ARGUMENT */
export function checkExamples(
  { inputs, count, targets }: Examples,
  loss: Loss,
  inputSize: number,
  outputSize: number,
): void {
  checkInputs(inputs, count, inputSize);
  const kind = loss === 'mse' ? 'values' : 'labels';
  if (targets.kind !== kind)
    invalid(`${kind} as the targets of ${loss}`, targets.kind, 'give targets of that kind');
  if (targets.kind === 'values') {
    if (targets.values.length === count * outputSize) return;
    invalid(
      `${count} × ${outputSize} target values`,
      String(targets.values.length),
      'give row-major targets [count, outputSize]',
    );
  }
  if (targets.labels.length !== count) {
    invalid(`${count} labels`, String(targets.labels.length), 'give one label for each row');
  }
  const bad = targets.labels.findIndex((label) => label < 0 || label >= outputSize);
  if (bad >= 0) {
    invalid(
      `labels from 0 to ${outputSize - 1}`,
      `${targets.labels[bad]} in row ${bad}`,
      'number the classes from 0',
    );
  }
}
