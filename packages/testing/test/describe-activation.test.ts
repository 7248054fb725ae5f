import {
  cho2009,
  cite,
  definePlugin,
  type Activation,
  type AdvancePairs,
  type PluginDefinition,
} from '@meanfield/core';
import { gaussianExpectations } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { functionChecks } from '../src/activation/function-checks.js';
import { activationChecks, failingChecks, type ActivationContract } from '../src/index.js';

const contract: ActivationContract = { packageFile: new URL('../package.json', import.meta.url) };

type Definition = PluginDefinition<'activation'>;

/** Leaky ReLU of slope 1/2 with some closed forms: right in everything. */
const right: Activation = {
  name: 'test',
  phi: (x) => (x > 0 ? x : x / 2),
  derivative: (x) => (x > 0 ? 1 : 1 / 2),
  secondDerivative: () => 0,
  kinks: [0],
  homogeneous: true,
  closedForms: {
    meanSquare: (q) => (q * 5) / 8,
    derivativeMeanSquare: () => 5 / 8,
    product: (q1, q2, gap) => leakyProduct(q1, q2, 1 - gap),
  },
  tensorForm: (x, ops) => ops.add(ops.scale(ops.relu(x), 1 / 2), ops.scale(x, 1 / 2)),
};

function leakyProduct(q1: number, q2: number, c: number): number {
  const theta = Math.acos(c);
  const kernel = (Math.sin(theta) + (Math.PI - theta) * c) / (2 * Math.PI);
  return Math.sqrt(q1 * q2) * (c / 2 + kernel / 4);
}

function definitionOf(
  change: Partial<Activation>,
  about: { readonly version?: string; readonly loose?: boolean } = {},
): Definition {
  return definePlugin({
    kind: 'activation',
    name: 'test',
    package: '@meanfield/testing',
    version: about.version ?? '0.1.0',
    summary: 'an activation under test',
    options: about.loose === true ? z.looseObject({}) : z.strictObject({}),
    optionDocs: {},
    references: [cite(cho2009)],
    create: () => ({ ...right, ...change }),
  });
}

const failuresOf = (
  change: Partial<Activation>,
  options: Partial<ActivationContract> = {},
): Promise<readonly string[]> =>
  failingChecks(activationChecks(definitionOf(change), { ...contract, ...options }));

const QUADRATURE = 'has closed forms that agree with quadrature';
const KINKS = 'declares its kinks, and all of them';
const PAIRS = 'takes many pairs through layers as its expectations do, if it does';
const MONTE_CARLO = 'has Gaussian expectations that agree with Monte Carlo';

describe('describeActivation', () => {
  it('passes a right activation', async () => {
    const golden = [{ quantity: 'derivativeMeanSquare', at: [2], value: '0.625' }] as const;
    expect(await failuresOf({}, { golden })).toEqual([]);
  });

  it('asks layers of many pairs to be those of the expectations', async () => {
    const expectations = gaussianExpectations(right);
    const layersThatLose =
      (lost: number): AdvancePairs =>
      ({ weightVariances, biasVariances, lengths, gaps }, layers) => {
        for (let step = 0; step < layers * gaps.length; step++) {
          const i = step % gaps.length;
          const q = lengths[i]!;
          lengths[i] = weightVariances[i]! * expectations.meanSquare(q) + biasVariances[i]!;
          const drop = weightVariances[i]! * expectations.productDrop(q, q, gaps[i]!);
          gaps[i] = (drop * (1 - lost)) / lengths[i];
        }
      };
    expect(await failuresOf({ advancePairs: layersThatLose(0) })).toEqual([]);
    expect(await failuresOf({ advancePairs: layersThatLose(1e-10) })).toEqual([PAIRS]);
  });

  it('passes one whose functions need their object', async () => {
    class Shifted implements Activation {
      readonly name = 'test';
      readonly kinks: readonly number[] = [];
      readonly homogeneous = false;
      readonly closedForms = {};
      readonly shift = 0.25;
      phi(x: number): number {
        return Math.tanh(x + this.shift);
      }
      derivative(x: number): number {
        return 1 / Math.cosh(x + this.shift) ** 2;
      }
      tensorForm: Activation['tensorForm'] = (x, ops) => ops.tanh(ops.shift(x, this.shift));
    }
    const create: Definition['create'] = (options) => {
      definitionOf({}).create(options);
      return new Shifted();
    };
    expect(await failingChecks(activationChecks({ ...definitionOf({}), create }, contract))).toEqual([]);
  });

  it.each<[string, Partial<Activation>, readonly string[]]>([
    ['another name', { name: 'other' }, ['is named as its definition']],
    [
      'a wrong slope on one side',
      { derivative: (x) => (x > 0 ? 1 : 0.49), closedForms: {} },
      ["has the derivative φ'"],
    ],
    [
      "a wrong φ''",
      {
        phi: Math.tanh,
        derivative: (x) => 1 - Math.tanh(x) ** 2,
        homogeneous: false,
        kinks: [],
        closedForms: {},
      },
      // The slope of E φ² is integrated with φ'', so it is wrong too.
      ['has a tensor form that computes φ', "has the second derivative φ''", MONTE_CARLO],
    ],
    [
      'a derivative at the kink that is neither side nor between',
      { derivative: (x) => (x === 0 ? 2 : x > 0 ? 1 : 1 / 2) },
      [KINKS],
    ],
    ['homogeneity not claimed', { homogeneous: false }, ['is homogeneous exactly if it says so']],
    ['another tensor form', { tensorForm: (x, ops) => ops.relu(x) }, ['has a tensor form that computes φ']],
    [
      'a length map that is wrong by a part in a million',
      { closedForms: { meanSquare: (q: number) => q * 0.625000625 } },
      [QUADRATURE],
    ],
    [
      'a slope of another factor',
      { closedForms: { derivativeMeanSquare: () => 0.5 } },
      [QUADRATURE, MONTE_CARLO],
    ],
    [
      'a product that takes both lengths for the first',
      { closedForms: { product: (q1: number, _: number, gap: number) => leakyProduct(q1, q1, 1 - gap) } },
      [QUADRATURE, MONTE_CARLO, 'has closed forms that hold at q = 0 and are symmetric'],
    ],
    [
      'a drop that cancels',
      {
        closedForms: {
          productDrop: (q1: number, q2: number, gap: number) =>
            leakyProduct(q1, q2, 1) - leakyProduct(q1, q2, 1 - gap),
        },
      },
      [QUADRATURE],
    ],
    [
      'a closed form that is NaN at q = 0',
      { closedForms: { derivativeMeanSquare: (q: number) => (0.625 * q) / q } },
      ['has closed forms that hold at q = 0 and are symmetric'],
    ],
  ])('fails %s', async (_, change, expected) => {
    expect(await failuresOf(change)).toEqual(expected);
  });

  it('fails a kink left out', async () => {
    expect(await failingChecks(functionChecks({ ...right, kinks: [] }))).toContain(KINKS);
    const elsewhere = {
      ...right,
      phi: (x: number) => right.phi(x - 0.5),
      derivative: (x: number) => right.derivative(x - 0.5),
    };
    expect(await failingChecks(functionChecks(elsewhere))).toContain(KINKS);
  });

  it('fails an activation that overflows far from 0', async () => {
    const softplus: Partial<Activation> = {
      phi: (x) => Math.log(1 + Math.exp(x)),
      derivative: (x) => 1 / (1 + Math.exp(-x)),
      secondDerivative: (x) => 1 / (2 + Math.exp(x) + Math.exp(-x)),
      homogeneous: false,
      kinks: [],
      closedForms: {},
    };
    expect(await failuresOf(softplus)).toContain('is finite far from 0');
  });

  it('fails a golden value that is not met', async () => {
    const golden = [{ quantity: 'mean', at: [1], value: 0.2 }] as const;
    expect(await failuresOf({}, { golden })).toEqual(['has the golden Gaussian expectations']);
  });

  it('fails a definition that differs from its package or takes any option', async () => {
    const failed = await failingChecks(
      activationChecks(definitionOf({}, { version: '0.2.0', loose: true }), contract),
    );
    expect(failed).toEqual([
      'names the package and version that its package.json names',
      'refuses an option that it does not know',
    ]);
  });
});
