import {
  cite,
  definePlugin,
  he2015,
  type Initializer,
  type LayerBatch,
  type PluginDefinition,
  type RandomStream,
  type ReplacedEntryRows,
} from '@meanfield/core';
import {
  createStream,
  sampleGaussianPreActivations,
  sampleOrthogonalPreActivations,
  sampleReplacedEntryPreActivations,
  sampleReplacedEntryRows,
  type GaussianLaw,
} from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { failingChecks, initializerChecks } from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
const LAW = { law: 'gaussian-rows', weightVariance: 2, biasVariance: 0.5, correlationStrength: 0 } as const;
const ASYMMETRIC: ReplacedEntryRows = {
  law: 'replaced-entry-rows',
  weightVariance: 0.36,
  correlationStrength: 0,
  replacement: { law: 'beta', a: 2, b: 1 },
};

type Sampler = (batch: LayerBatch, stream: RandomStream) => void;

const gaussian: Initializer = {
  name: 'test',
  statistics: () => LAW,
  sample({ fanIn, weights, bias }, stream) {
    stream.child('weights').fillNormal(weights, Math.sqrt(2 / fanIn));
    stream.child('bias').fillNormal(bias, Math.sqrt(0.5));
  },
};
const asymmetric: Initializer = {
  name: 'test',
  statistics: () => ASYMMETRIC,
  sample: (layer, stream) => sampleReplacedEntryRows(layer, ASYMMETRIC, stream),
};

const definitionOf = (
  initializer: Initializer,
  samplePreActivations: Sampler,
): PluginDefinition<'initializer'> =>
  definePlugin({
    kind: 'initializer',
    name: 'test',
    package: '@meanfield/testing',
    version: '0.1.0',
    summary: 'an initializer under test',
    options: z.strictObject({}),
    optionDocs: {},
    references: [cite(he2015)],
    create: () => ({ ...initializer, samplePreActivations }),
  });

const failuresOf = (initializer: Initializer, sampler: Sampler): Promise<readonly string[]> =>
  failingChecks(
    initializerChecks(definitionOf(initializer, sampler), { packageFile }).filter(({ name }) =>
      name.includes('pre-activation'),
    ),
  );

const right: Sampler = (batch, stream) => sampleGaussianPreActivations(batch, LAW, stream);
const of =
  (law: Partial<GaussianLaw>): Sampler =>
  (batch, stream) =>
    sampleGaussianPreActivations(batch, { ...LAW, ...law }, stream);

/** `right`, and then something else */
const spoiled =
  (spoil: (batch: LayerBatch, stream: RandomStream) => void): Sampler =>
  (batch, stream) => {
    right(batch, stream);
    spoil(batch, stream);
  };

const FINITE = 'overwrites every pre-activation with a finite number, at every shape';
const FIXED = 'has pre-activations that are fixed by seed and path and differ from layer to layer';
const LAW_OF = 'has pre-activations of the law that sampled weights give, ';
const [SQUARE, DEPENDENT, WIDE] = ['in a square layer', 'of dependent signals', 'in a wide layer'].map(
  (where) => LAW_OF + where,
) as [string, string, string];

describe('pre-activations without weights', () => {
  it('are not asked for where an initializer has none', () => {
    const definition = definePlugin({
      ...definitionOf(gaussian, right),
      options: z.strictObject({}),
      create: () => gaussian,
    });
    const names = initializerChecks(definition, { packageFile }).map(({ name }) => name);
    expect(names.filter((name) => name.includes('pre-activation'))).toEqual([]);
  });

  it.each<[string, Initializer, Sampler]>([
    ['Gaussian rows', gaussian, right],
    [
      'replaced entries',
      asymmetric,
      (batch, stream) => sampleReplacedEntryPreActivations(batch, ASYMMETRIC, stream),
    ],
  ])('pass for %s', async (_, initializer, sampler) => {
    expect(await failuresOf(initializer, sampler)).toEqual([]);
  });

  let calls = 0;
  it.each<[string, Initializer, Sampler, string[]]>([
    ['a variance 6 % off', gaussian, of({ weightVariance: 2.12 }), [WIDE]],
    ['no biases', gaussian, of({ biasVariance: 0 }), [SQUARE, DEPENDENT, WIDE]],
    ['rows that are correlated', gaussian, of({ correlationStrength: 1 }), [SQUARE, WIDE]],
    [
      'orthogonal rows in the place of Gaussian ones',
      gaussian,
      (batch, stream) => sampleOrthogonalPreActivations(batch, LAW, stream),
      [SQUARE],
    ],
    [
      'Gaussian rows of the same second moments in the place of replaced entries',
      asymmetric,
      (batch, stream) =>
        sampleGaussianPreActivations(
          batch,
          {
            weightVariance: (0.36 * batch.fanIn + 0.5 * batch.fanIn) / (batch.fanIn + 1),
            biasVariance: 0,
            correlationStrength: 0,
          },
          stream,
        ),
      [WIDE],
    ],
    [
      'inputs that are independent of each other',
      gaussian,
      spoiled(({ fanOut, inputs, preActivations }, stream) => {
        for (let at = 0; at < fanOut * inputs; at++) preActivations[at]! *= stream.normal();
      }),
      [SQUARE, DEPENDENT, WIDE],
    ],
    [
      'fan-out in the place of fan-in',
      gaussian,
      (batch, stream) => of({ weightVariance: (2 * batch.fanIn) / batch.fanOut })(batch, stream),
      [DEPENDENT, WIDE],
    ],
    [
      'all units alike',
      gaussian,
      spoiled(({ fanOut, inputs, preActivations }) => {
        for (let unit = 1; unit < fanOut; unit++) preActivations.copyWithin(unit * inputs, 0, inputs);
      }),
      [SQUARE, WIDE],
    ],
    ['a stream of its own', gaussian, (batch) => right(batch, createStream(1, 'fixed')), [FIXED]],
    [
      'numbers from outside the stream',
      gaussian,
      spoiled(({ preActivations }) => preActivations.fill(Math.sin(++calls), 0, 1)),
      [FIXED],
    ],
    [
      'a last unit left out',
      gaussian,
      spoiled(({ preActivations }) => preActivations.fill(NaN, -1)),
      [FINITE],
    ],
  ])('fail for %s', async (_, initializer, sampler, expected) => {
    expect(await failuresOf(initializer, sampler)).toEqual(expect.arrayContaining(expected));
  });
});
