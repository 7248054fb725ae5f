import type { Activation, MeanfieldError } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import {
  nngp,
  ntk,
  perceptron,
  type InputBatch,
  type KernelLayer,
  type KernelNetwork,
} from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };
import values from './fixtures/kernels.json' with { type: 'json' };
import {
  activationOf,
  activations,
  architecture,
  batch,
  largestError,
  normalBatch,
  twoSlopes,
} from './networks.js';

const VARIANCES = { weightVariance: 1.7, biasVariance: 0.1 };
const ARCHITECTURES = ['mlp', 'mlp_layernorm', 'residual'];

describe('kernels of a network', () => {
  it.each(golden.networks)('$architecture of $activation: NNGP of the reference values', (network) => {
    const variances = { weightVariance: Number(golden.sigma_w2), biasVariance: Number(golden.sigma_b2) };
    const options = { depth: network.depth, epsilon: golden.layernorm_eps };
    const activation = activationOf(network.activation);
    const layers = architecture(network.architecture, activation, variances, options);
    const kernel = nngp(layers, batch(golden.inputs));
    expect(largestError(kernel.nngp, network.nngp.flat())).toBeLessThan(2e-15);
  });

  it.each(values.networks)('$architecture of $activation: NNGP and NTK by recursion', (network) => {
    const activation = activationOf(network.activation);
    const epsilon = Number(values.epsilon);
    const layers = architecture(network.architecture, activation, VARIANCES, { epsilon });
    const kernel = ntk(layers, batch(values.inputs));
    // tanh: the series' and the reference's own errors, four layers of them
    const allowed = network.activation === 'tanh' ? 1e-13 : 4e-15;
    expect(largestError(kernel.nngp, network.nngp.flat())).toBeLessThan(allowed);
    expect(largestError(kernel.ntk, network.ntk.flat())).toBeLessThan(allowed);
    expect(kernel.method).toBe(network.activation === 'tanh' ? 'quadrature' : 'closed form');
  });

  it.each(ARCHITECTURES)('%s: homogeneous activations agree with integration', (name) => {
    const general: Activation = { ...twoSlopes(-0.3), homogeneous: false };
    const inputs = normalBatch('general', 3, 4);
    const [fast, slow] = [twoSlopes(-0.3), general].map((activation) =>
      ntk(architecture(name, activation, VARIANCES), inputs),
    );
    expect(largestError(fast!.nngp, slow!.nngp)).toBeLessThan(1e-14);
    expect(largestError(fast!.ntk, slow!.ntk)).toBeLessThan(1e-14);
  });

  it('of ReLU agrees with the closed forms pair by pair, in blocks of every shape', () => {
    const relu = activations.relu;
    const general: Activation = { ...relu, homogeneous: false };
    for (const count of [1, 16, 17, 100]) {
      const inputs = normalBatch('blocks', count, 5);
      const [fast, slow] = [relu, general].map((activation) =>
        nngp(perceptron({ activation, depth: 10, ...VARIANCES }), inputs),
      );
      expect(largestError(fast!.nngp, slow!.nngp)).toBeLessThan(1e-14);
    }
  });
});

describe('a batch against another', () => {
  it.each(['relu', 'tanh'])('is a part of the batch of both, for %s', (name) => {
    const both = normalBatch('cross', 21, 3);
    const part = (from: number, to: number): InputBatch => ({
      values: both.values.slice(3 * from, 3 * to),
      count: to - from,
      dimension: 3,
    });
    const layers = architecture('residual', activationOf(name), VARIANCES);
    const whole = ntk(layers, both);
    const cross = ntk(layers, part(0, 5), { against: part(5, 21) });
    expect([cross.rows, cross.columns]).toEqual([5, 16]);
    for (const key of ['nngp', 'ntk', 'gaps'] as const) {
      const expected = Array.from(
        { length: 80 },
        (_, at) => whole[key][Math.floor(at / 16) * 21 + 5 + (at % 16)]!,
      );
      expect(largestError(cross[key], expected)).toBeLessThan(1e-14);
    }
  });
});

describe('gaps', () => {
  const parallel = (distance: number): InputBatch =>
    batch([
      [1, 2, 3, 4],
      // at right angles to the first row, so that the angle is the ratio of the lengths
      [1 + 4 * distance, 2 - 3 * distance, 3 + 2 * distance, 4 - distance],
    ]);

  it.each([1e-2, 1e-5, 1e-8])('of inputs at a relative distance of %f keep their digits', (distance) => {
    const { gaps } = nngp([], parallel(distance));
    const expected = 1 - 1 / Math.sqrt(1 + distance * distance);
    // 1 − 1/√(1 + d²) without cancellation
    const exact =
      (distance * distance) / (Math.sqrt(1 + distance * distance) * (1 + Math.sqrt(1 + distance * distance)));
    expect(Math.abs(gaps[1]! / exact - 1)).toBeLessThan(1e-7 * (1e-8 / distance) + 1e-12);
    expect(Math.abs(expected - exact)).toBeLessThan(2e-16);
  });

  it.each(values.nearbyErf)('behind layers of erf keep their digits, $gap', ({ inputs, gap }) => {
    const block: KernelLayer[] = [{ dense: VARIANCES }, { activation: activations.erf }];
    const { gaps } = nngp([...block, ...block, ...block, ...block], batch(inputs));
    expect(Math.abs(gaps[1]! / Number(gap) - 1)).toBeLessThan(1e-8);
  });

  it('of equal inputs, and of multiples by powers of two, are exactly 0', () => {
    const rows = [
      [0.1, 0.7, -3],
      [0.1, 0.7, -3],
      [0.4, 2.8, -12],
      [-0.1, -0.7, 3],
    ];
    const { gaps, nngp: kernel } = nngp(
      perceptron({ activation: activations.relu, depth: 5, ...VARIANCES, biasVariance: 0 }),
      batch(rows),
    );
    expect([gaps[1], gaps[2], gaps[6]]).toEqual([0, 0, 0]);
    expect(kernel[2]).toBe(4 * kernel[0]!);
    expect(nngp([], batch(rows)).gaps[3]).toBe(2);
  });

  it('of tiny and of huge inputs are those of middling ones', () => {
    const rows = [
      [1, 2, 3],
      [-2, 0.5, 1],
      [1, 2, 3.001],
    ];
    const { gaps } = nngp([], batch(rows));
    const tiny = nngp([], batch(rows.map((row) => row.map((value) => value * 2 ** -1060))));
    const huge = nngp([], batch(rows.map((row) => row.map((value) => value * 2 ** 500))));
    expect(huge.gaps).toEqual(gaps);
    expect(largestError(tiny.gaps, gaps)).toBeLessThan(1e-3);
  });

  it('of an input of zeros are 1, and the kernel is that of the biases', () => {
    const inputs = batch([
      [0, 0],
      [1, 1],
      [0, 0],
    ]);
    expect([...nngp([], inputs).gaps.slice(0, 3)]).toEqual([0, 1, 0]);
    const { nngp: kernel } = nngp([{ dense: { weightVariance: 2, biasVariance: 0.5 } }], inputs);
    expect([...kernel].map((value) => Number(value.toFixed(14)))).toEqual([
      0.5, 0.5, 0.5, 0.5, 2.5, 0.5, 0.5, 0.5, 0.5,
    ]);
    const deep = ntk(perceptron({ activation: activations.relu, depth: 3, weightVariance: 2 }), inputs);
    for (const matrix of [deep.nngp, deep.ntk, deep.gaps]) expect(matrix.every(Number.isFinite)).toBe(true);
  });
});

it('reports progress', () => {
  const completed: number[] = [];
  nngp(perceptron({ activation: activations.relu, depth: 1, ...VARIANCES }), normalBatch('progress', 33, 2), {
    report: (event) => completed.push(event.completed / event.total),
  });
  expect(completed).toEqual([0, 16 / 33, 32 / 33, 1]);
});

describe('bad input', () => {
  const inputs = batch([[1, 2]]);
  const dense = { dense: { weightVariance: 1 } };
  const refusals: readonly (readonly [string, KernelNetwork, InputBatch])[] = [
    ['Gaussian signals in front of the activation at layer 1', [{ activation: activations.relu }], inputs],
    [
      'layer 3 of the network',
      [dense, { activation: activations.relu }, { activation: activations.relu }],
      inputs,
    ],
    [
      'a dense layer at the end of the branch at layer 2',
      [dense, { residual: [{ activation: activations.relu }] }],
      inputs,
    ],
    ['a dense layer at the end of the branch at layer 1', [{ residual: [] }], inputs],
    ['weightVariance of layer 1', [{ dense: { weightVariance: -1 } }], inputs],
    ['biasVariance of layer 1', [{ dense: { weightVariance: 1, biasVariance: NaN } }], inputs],
    ['epsilon of layer 1', [{ layerNorm: { epsilon: -1 } }], inputs],
    ['positive length in front of a layer normalisation', [{ layerNorm: {} }], batch([[0, 0]])],
    ['finite lengths behind every layer', [{ dense: { weightVariance: 1e308 } }], batch([[1e10, 0]])],
    ['inputs of finite mean square', [], batch([[1e200, 0]])],
    ['finite inputs', [dense], batch([[1, NaN]])],
    [
      'finite inputs',
      [dense],
      batch([
        [1, 1],
        [1, -Infinity],
      ]),
    ],
    ['2 × 2 entries', [dense], { ...inputs, count: 2 }],
    ['a whole count of inputs', [dense], { ...inputs, count: 0 }],
  ];
  it.each(refusals)('is refused: %s', (sentence, network, batchOfInputs) => {
    expect(() => nngp(network, batchOfInputs)).toThrow(sentence);
    try {
      nngp(network, batchOfInputs);
    } catch (error) {
      expect((error as MeanfieldError).code).toBe('INVALID_ARGUMENT');
    }
  });

  it('is refused: batches of other dimensions', () => {
    expect(() => nngp([dense], inputs, { against: batch([[1, 2, 3]]) })).toThrow('dimension 2');
    expect(() => perceptron({ activation: activations.relu, depth: 1.5, ...VARIANCES })).toThrow(
      'whole number',
    );
  });
});
