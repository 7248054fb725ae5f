import type { Activation, EnsembleSpec, Examples, StepPlan } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import {
  checkBatches,
  checkExamples,
  checkInputs,
  checkPlan,
  checkSpec,
  requireMember,
  requireOpen,
} from '../src/index.js';

const activation: Activation = {
  name: 'linear',
  phi: (x) => x,
  derivative: () => 1,
  kinks: [],
  homogeneous: true,
  closedForms: {},
  tensorForm: (x) => x,
};
const layer = { fanIn: 2, fanOut: 3, weights: new Float32Array(6), bias: new Float32Array(3) };
const spec: EnsembleSpec = {
  network: { sizes: [2, 3], activation, activateOutput: false },
  loss: 'softmax-cross-entropy',
  optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0 },
  initial: [[layer], [layer]],
};
const labels = (...values: readonly number[]): Examples => ({
  count: 2,
  inputs: new Float32Array(4),
  targets: { kind: 'labels', labels: Int32Array.from(values) },
});
const examples = labels(0, 2);
const plan: StepPlan = { examples, batchSize: 1, rows: [Uint32Array.of(0, 1), Uint32Array.of(1, 1)] };

describe('what is asked of a backend', () => {
  it('passes where it fits', () => {
    checkSpec(spec);
    checkBatches([examples, examples], 2, spec);
    checkPlan(plan, 2, spec);
    checkInputs(new Float32Array(4), 2, 2);
    expect(requireMember(['a', 'b'], 1)).toBe('b');
  });

  const refused: readonly (readonly [RegExp, () => void])[] = [
    [/a loss of mse.*"hinge"/, () => checkSpec({ ...spec, loss: 'hinge' as never })],
    [/two sizes.*\[2\]/, () => checkSpec({ ...spec, network: { ...spec.network, sizes: [2] } })],
    [/1 layers of parameters in network 1, found 0/, () => checkSpec({ ...spec, initial: [[layer], []] })],
    [/6 weights in layer 0 of network 0, found 2/, () => checkSpec({ ...spec, initial: [[short()]] })],
    [/2 snapshots, one a network, found 1/, () => checkSpec({ ...spec, resume: [new Uint8Array()] })],
    [/2 batches, one a network, found 1/, () => checkBatches([examples], 2, spec)],
    [/row of inputs, found 0/, () => checkInputs(new Float32Array(), 0, 2)],
    [/2 × 2 inputs, found 3/, () => checkInputs(new Float32Array(3), 2, 2)],
    [/2 labels, found 1/, () => checkExamples(labels(0), spec)],
    [/labels from 0 to 2, found 3 in row 1/, () => checkExamples(labels(0, 3), spec)],
    [/values as the targets of mse, found labels/, () => checkExamples(examples, { ...spec, loss: 'mse' })],
    [/row in a step, found 0/, () => checkPlan({ ...plan, batchSize: 0 }, 2, spec)],
    [/rows of 1 networks, found 2/, () => checkPlan(plan, 1, spec)],
    [/2 rows for every network, found 1/, () => checkPlan(rows([0, 1], [0]), 2, spec)],
    [/rows from 0 to 1, found 2/, () => checkPlan(rows([0, 1], [0, 2]), 2, spec)],
    [/open ensemble, found a closed one/, () => requireOpen([])],
    [/network from 0 to 0, found 1/, () => requireMember(['a'], 1)],
    [/network from 0 to 0, found -1/, () => requireMember(['a'], -1)],
  ];
  it.each(refused)('is refused in a sentence: %s', (sentence, check) => {
    expect(check).toThrow(sentence);
  });
});

function short(): typeof layer {
  return { ...layer, weights: new Float32Array(2) };
}

function rows(...all: readonly (readonly number[])[]): StepPlan {
  return { ...plan, rows: all.map((own) => Uint32Array.from(own)) };
}
