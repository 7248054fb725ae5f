/** Checks of what callers hand to a backend: shapes that do not fit are one sentence, not a broken product. */

import {
  MeanfieldError,
  show,
  type EnsembleSpec,
  type Examples,
  type FloatArray,
  type Loss,
  type NetworkParameters,
  type StepPlan,
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
export function checkSpec({ network, loss, optimizer, initial, resume }: EnsembleSpec): void {
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
  if (resume !== undefined && resume.length !== initial.length) {
    invalid(
      `${initial.length} snapshots, one a network`,
      String(resume.length),
      'take a snapshot of every network',
    );
  }
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

/**
 * One batch for each network.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function checkBatches(batches: readonly Examples[], networks: number, spec: EnsembleSpec): void {
  if (batches.length !== networks) {
    invalid(
      `${networks} batches, one a network`,
      String(batches.length),
      'pass the same batch several times to share it',
    );
  }
  for (const batch of new Set(batches)) checkExamples(batch, spec);
}

/** @throws MeanfieldError INVALID_ARGUMENT */
export function checkExamples(
  { inputs, count, targets }: Examples,
  { network: { sizes }, loss }: Pick<EnsembleSpec, 'network' | 'loss'>,
): void {
  const inputSize = sizes[0]!;
  const outputSize = sizes.at(-1)!;
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

/**
 * Rows of as many steps for every network.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function checkPlan(
  { examples, batchSize, rows }: StepPlan,
  networks: number,
  spec: Pick<EnsembleSpec, 'network' | 'loss'>,
): void {
  checkExamples(examples, spec);
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    invalid('at least one row in a step', show(batchSize), 'give a whole number of rows above 0');
  }
  if (rows.length !== networks) {
    invalid(`rows of ${networks} networks`, String(rows.length), 'give the rows of each network');
  }
  const uneven = rows.find(({ length }) => length !== rows[0]!.length);
  if (uneven !== undefined) {
    invalid(
      `${rows[0]!.length} rows for every network`,
      String(uneven.length),
      'give every network as many steps',
    );
  }
  for (const own of rows) {
    const outside = own.find((row) => row >= examples.count);
    if (outside !== undefined) {
      invalid(`rows from 0 to ${examples.count - 1}`, String(outside), 'number the examples from 0');
    }
  }
}

/**
 * What an ensemble keeps of each of its networks; a closed ensemble keeps nothing.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function requireOpen<Member>(members: readonly Member[]): readonly Member[] {
  return members.length > 0 ? members : invalid('an open ensemble', 'a closed one', 'open another');
}

/** @throws MeanfieldError INVALID_ARGUMENT */
export function requireMember<Member>(members: readonly Member[], network: number): Member {
  const member = requireOpen(members)[network];
  if (member !== undefined) return member;
  return invalid(`a network from 0 to ${members.length - 1}`, show(network), 'count the networks from 0');
}
