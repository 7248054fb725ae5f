import relu from '@meanfield/activation-relu';
import { isMeanfieldError, type Initializer } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import {
  chooseMethod,
  perceptron,
  residualNetwork,
  simulate,
  simulateNetworks,
  summarise,
  type InputSpec,
  type Network,
  type SimulationRequest,
} from '../src/index.js';

const activation = relu.create();
const initializer = he.create();
const REQUEST: SimulationRequest = {
  network: perceptron({ activation, initializer, depth: 3 }),
  width: 24,
  inputSize: 31,
  inputs: { count: 5, meanSquare: 1.5, correlation: 0.3 },
  networks: 6,
  stream: createStream(7, 'cell'),
};
/** Draws nothing */
const untouched = new Proxy(REQUEST.stream, {
  get() {
    throw new Error('something was drawn before all was checked');
  },
});

function sentenceOf(work: () => unknown, code = 'INVALID_ARGUMENT'): string {
  try {
    work();
  } catch (error) {
    if (!isMeanfieldError(error)) throw error;
    expect(error.code).toBe(code);
    return error.message;
  }
  throw new Error('nothing was refused');
}

describe('simulate refuses', () => {
  it.each<[string, Partial<SimulationRequest>, RegExp]>([
    ['no width', { width: 0 }, /width to be an integer/],
    ['half a unit', { width: 2.5 }, /found 2.5/],
    ['NaN networks', { networks: NaN }, /number of networks .* found NaN/],
    ['no input', { inputs: { count: 0 } }, /number of inputs/],
    ['an unknown method', { method: 'guess' as 'gram' }, /found "guess"/],
    [
      'weights that no memory holds',
      { width: 1e6, method: 'weights' },
      /7.45e\+3 GiB are one layer's weights/,
    ],
    ['a batch that no memory holds', { width: 1e9 }, /4.00 GiB, found a need of 74.5 GiB, for signals/],
    ['too many observations', { networks: 1e9 }, /4194304 observations/],
  ])('%s in one sentence, before anything is drawn', (_, change, sentence) => {
    expect(sentenceOf(() => simulate({ ...REQUEST, stream: untouched, ...change }))).toMatch(sentence);
  });

  it.each<[string, InputSpec, RegExp]>([
    ['a negative mean square', { count: 2, meanSquare: -1 }, /found -1/],
    ['an infinite mean square', { count: 2, meanSquare: Infinity }, /found Infinity/],
    ['a NaN correlation', { count: 2, correlation: NaN }, /from -1 to 1, found NaN/],
    ['a correlation that three vectors cannot have', { count: 3, correlation: -0.6 }, /from -0.5 to 1/],
    ['a correlation of one input', { count: 1, correlation: 0 }, /at least 2 inputs/],
    ['more inputs than entries', { count: 40, correlation: 0 }, /at most 31 inputs/],
    ['gaps for other numbers of inputs', { count: 3, pairGaps: [0.1] }, /2 inputs, two for each/],
    ['a gap above 2', { count: 2, pairGaps: [2.1] }, /found 2.1/],
    ['values of another size', { count: 2, values: new Float64Array(61) }, /62 values/],
    ['values that are not numbers', { count: 1, values: new Float64Array(31).fill(NaN) }, /found NaN/],
    [
      'two kinds of inputs',
      { count: 2, correlation: 0, pairGaps: [0.1] },
      /found \["correlation","pairGaps"\]/,
    ],
  ])('%s', (_, inputs, sentence) => {
    expect(sentenceOf(() => simulate({ ...REQUEST, stream: untouched, inputs }))).toMatch(sentence);
  });

  const dense = { dense: initializer } as const;
  const observe = { observe: true } as const;
  it.each<[string, Network, RegExp]>([
    ['nothing to observe', [dense], /a place to observe/],
    ['a branch that ends with another width', [{ residual: [dense] }, observe], /31 units .* found 24/],
    [
      'an inner branch that does',
      [dense, { residual: [{ residual: [{ ...dense, width: 7 }] }, dense] }, observe],
      /24 units .* found 7/,
    ],
    ['a layer of no width', [{ ...dense, width: 0 }, observe], /width to be an integer/],
    ['a negative epsilon', [{ layerNorm: { epsilon: -1 } }, observe], /epsilon .* found -1/],
    ['a layer of no kind', [{ pool: 2 } as never, observe], /one of the keys dense, .* found \{"pool":2\}/],
    ['a layer of two kinds', [{ ...dense, ...observe }], /one of the keys/],
    ['no layer', [undefined as never], /one of the keys .* found nothing/],
  ])('%s', (_, network, sentence) => {
    expect(sentenceOf(() => simulate({ ...REQUEST, stream: untouched, network }))).toMatch(sentence);
  });

  it('branches nested by the thousand', () => {
    let network: Network = [observe];
    for (let depth = 0; depth < 5000; depth++) network = [{ residual: network }];
    expect(sentenceOf(() => simulate({ ...REQUEST, stream: untouched, network }))).toMatch(/1000 nested/);
  });

  it.each(['gram', 'weights'] as const)('signals that outgrow float64, by %s', (method) => {
    const network = perceptron({ activation, initializer: he.create({ weightVariance: 1e200 }), depth: 3 });
    expect(sentenceOf(() => simulate({ ...REQUEST, network, method }))).toMatch(/float64|finite/);
  });

  it('ranges outside the networks, and summaries of nothing, of one network twice or of two kinds', () => {
    expect(sentenceOf(() => simulateNetworks(REQUEST, 2, 7))).toMatch(/within the 6 networks/);
    expect(sentenceOf(() => summarise([]))).toMatch(/found none/);
    const [one] = simulateNetworks(REQUEST, 2, 3);
    expect(sentenceOf(() => summarise([one!, one!]))).toMatch(/network 2 twice/);
    const [other] = simulateNetworks({ ...REQUEST, method: 'weights' }, 3, 4);
    expect(sentenceOf(() => summarise([one!, other!]))).toMatch(/networks 2 and 3 that differ/);
  });
});

describe('networks refuse', () => {
  it.each([0, -1, 1.5, NaN, Infinity, 1e9])('a depth of %d', (depth) => {
    expect(sentenceOf(() => perceptron({ activation, initializer, depth }))).toMatch(
      /depth to be an integer/,
    );
    const parts = { activation, initializer, branchInitializer: initializer, depth };
    expect(sentenceOf(() => residualNetwork(parts))).toMatch(/depth to be an integer/);
  });
});

describe('chooseMethod', () => {
  const other: Initializer = {
    name: 'other',
    statistics: () => initializer.statistics(),
    sample: (layer, stream) => initializer.sample(layer, stream),
  };
  const mixed: Network = [{ dense: initializer }, { dense: other }, { observe: true }];

  it('is gram where that is cheaper: batches below the width', () => {
    expect(chooseMethod(REQUEST)).toBe('gram');
    expect(chooseMethod({ ...REQUEST, inputs: { count: 400 } })).toBe('weights');
    expect(chooseMethod({ ...REQUEST, inputs: { count: 400 }, method: 'gram' })).toBe('gram');
    expect(chooseMethod({ ...REQUEST, method: 'weights' })).toBe('weights');
  });

  it('is weights where an initializer needs them', () => {
    expect(chooseMethod({ ...REQUEST, network: mixed })).toBe('weights');
    expect(
      sentenceOf(() => chooseMethod({ ...REQUEST, network: mixed, method: 'gram' }), 'UNSUPPORTED'),
    ).toMatch(/found other, whose law does not allow it, at dense layer 2/);
  });
});
