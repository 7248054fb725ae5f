import {
  cite,
  definePlugin,
  he2015,
  type DenseLayer,
  type Initializer,
  type PluginDefinition,
  type PluginSpec,
  type RandomStream,
  type ReplacedEntryRows,
  type WeightStatistics,
} from '@meanfield/core';
import { createStream, sampleExchangeableRows, sampleReplacedEntryRows } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { failingChecks, initializerChecks } from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);

const gaussian = (correlationStrength: number, biasVariance = 0.5): WeightStatistics => ({
  law: 'gaussian-rows',
  weightVariance: 2,
  biasVariance,
  correlationStrength,
});
const asymmetric: ReplacedEntryRows = {
  law: 'replaced-entry-rows',
  weightVariance: 0.9,
  correlationStrength: 100,
  replacement: { law: 'beta', a: 2, b: 1 },
};

type Sample = Initializer['sample'];
type Options = Record<string, unknown>;
type Schema = PluginSpec<'initializer', Options>['options'];

/** Options with no key but weightVariance, whose value `accepts`. */
const schemaOf = (accepts: (value: unknown) => boolean): Schema => ({
  '~standard': {
    version: 1,
    vendor: 'test',
    validate(input) {
      const options = input as Options;
      const wrong = Object.entries(options).filter(
        ([key, value]) => key !== 'weightVariance' || !accepts(value),
      );
      return wrong.length === 0
        ? { value: options }
        : { issues: [{ message: 'wrong', path: [wrong[0]?.[0] ?? ''] }] };
    },
  },
});
const isVariance = (value: unknown): boolean => Number.isFinite(value) && Number(value) >= 0;

function definitionOf(
  statistics: WeightStatistics,
  sample: Sample,
  accepts: (value: unknown) => boolean = isVariance,
): PluginDefinition<'initializer'> {
  return definePlugin({
    kind: 'initializer',
    name: 'test',
    package: '@meanfield/testing',
    version: '0.1.0',
    summary: 'an initializer under test',
    options: schemaOf(accepts),
    optionDocs: { weightVariance: 'at least 0' },
    references: [cite(he2015)],
    create: () => ({ name: 'test', statistics: () => statistics, sample }),
  });
}

const failuresOf = (statistics: WeightStatistics, sample: Sample): Promise<readonly string[]> =>
  failingChecks(initializerChecks(definitionOf(statistics, sample), { packageFile }));

const independent: Sample = ({ fanIn, weights, bias }, stream) => {
  stream.child('weights').fillNormal(weights, Math.sqrt(2 / fanIn));
  stream.child('bias').fillNormal(bias, Math.sqrt(0.5));
};

const correlated =
  (correlationStrength: number): Sample =>
  (layer, stream) => {
    sampleExchangeableRows(
      layer,
      { entryVariance: 2 / layer.fanIn, correlationStrength },
      stream.child('weights'),
    );
    stream.child('bias').fillNormal(layer.bias, Math.sqrt(0.5));
  };

/** Weights drawn independently by `draw`, at deviation √(2/N). */
const drawnBy =
  (draw: (stream: RandomStream) => number): Sample =>
  ({ fanIn, weights, bias }, stream) => {
    const source = stream.child('weights');
    for (let index = 0; index < weights.length; index++) weights[index] = Math.sqrt(2 / fanIn) * draw(source);
    stream.child('bias').fillNormal(bias, Math.sqrt(0.5));
  };

function truncatedNormal(stream: RandomStream): number {
  const z = stream.normal();
  return Math.abs(z) < 2 ? z : truncatedNormal(stream);
}

/** `right`, and then something else. */
const spoiled =
  (right: Sample, spoil: (layer: DenseLayer, stream: RandomStream) => void): Sample =>
  (layer, stream) => {
    right(layer, stream);
    spoil(layer, stream);
  };

const asymmetricRight: Sample = (layer, stream) => sampleReplacedEntryRows(layer, asymmetric, stream);

describe('describeInitializer', () => {
  it.each<[string, WeightStatistics, Sample]>([
    ['independent rows', gaussian(0), independent],
    ['anti-correlated rows', gaussian(100), correlated(100)],
    ['correlated rows', gaussian(-0.9), correlated(-0.9)],
    ['replaced entries', asymmetric, asymmetricRight],
    ['a law without theory', { law: 'empirical', reason: 'test' }, drawnBy((stream) => stream.uniform())],
  ])('passes %s', async (_, statistics, sample) => {
    expect(await failuresOf(statistics, sample)).toEqual([]);
  });

  const VARIANCE = 'has the declared variance';
  const CORRELATION = 'has the declared correlation of the entries of a row';
  const EVERYWHERE = 'has one law at every input';
  const FOURTH = 'has the fourth moment of its law';
  const FINITE = 'overwrites every entry with a finite number, at every shape';
  let calls = 0;

  it.each<[string, WeightStatistics, Sample, string[]]>([
    ['a variance 2 % off', gaussian(0), drawnBy((stream) => 1.01 * stream.normal()), [VARIANCE, FOURTH]],
    ['a truncated normal', gaussian(0), drawnBy(truncatedNormal), [VARIANCE, EVERYWHERE, FOURTH]],
    [
      'a uniform law called Gaussian',
      gaussian(0),
      drawnBy((stream) => Math.sqrt(12) * (stream.uniform() - 0.5)),
      [FOURTH],
    ],
    ['a mean', gaussian(0), drawnBy((stream) => stream.normal() + 0.01), ['has the declared mean']],
    ['independent rows called correlated', gaussian(100), independent, [VARIANCE, CORRELATION]],
    ['correlated rows called independent', gaussian(0), correlated(1), [VARIANCE, CORRELATION]],
    [
      'fan-out in the place of fan-in',
      gaussian(0),
      ({ fanIn, fanOut, weights, bias }, stream) =>
        independent({ fanIn: fanOut, fanOut: fanIn, weights, bias }, stream),
      [VARIANCE, EVERYWHERE, FOURTH],
    ],
    [
      'correlation along the wrong axis',
      gaussian(100),
      ({ fanIn, fanOut, weights, bias }, stream) => {
        correlated(100)({ fanIn: fanOut, fanOut: fanIn, weights, bias: new Float64Array(fanIn) }, stream);
        stream.child('bias').fillNormal(bias, Math.sqrt(0.5));
      },
      [CORRELATION],
    ],
    [
      'deviations of biases in the place of variances',
      gaussian(0),
      spoiled(independent, ({ bias }, stream) => stream.child('bias').fillNormal(bias, 0.5)),
      ['has the declared variance of biases', 'has the fourth moment of its law of biases'],
    ],
    [
      "biases of the weights' normals",
      gaussian(0),
      ({ fanIn, weights, bias }, stream) => {
        stream.child('same').fillNormal(weights, Math.sqrt(2 / fanIn));
        stream.child('same').fillNormal(bias, Math.sqrt(0.5));
      },
      ['has the declared correlation of bias and weights'],
    ],
    [
      'a last row left out',
      gaussian(0),
      ({ fanIn, fanOut, weights, bias }, stream) => {
        stream.child('weights').fillNormal(weights, Math.sqrt(2 / fanIn), 0, (fanIn - 1) * fanOut);
        bias.fill(0);
      },
      [FINITE],
    ],
    [
      'one neuron twice',
      gaussian(0),
      spoiled(independent, ({ fanIn, fanOut, weights }) => {
        for (let index = 0; index + 1 < fanIn * fanOut; index += 2) weights[index + 1] = weights[index]!;
      }),
      ['draws neurons independently of each other'],
    ],
    [
      'a stream of its own',
      gaussian(0),
      (layer) => independent(layer, createStream(1, 'fixed')),
      ['differs from layer to layer and from seed to seed'],
    ],
    [
      'numbers from outside the stream',
      gaussian(0),
      drawnBy(() => Math.sin(++calls) * Math.SQRT2),
      ['is fixed by seed and path'],
    ],
    [
      'no bias among the replaced entries',
      asymmetric,
      spoiled(asymmetricRight, ({ bias, fanIn }, stream) =>
        stream.child('b').fillNormal(bias, 1 / Math.sqrt(fanIn)),
      ),
      ['has the declared mean of biases', 'has the declared variance of biases'],
    ],
    [
      'replaced entries of another law',
      asymmetric,
      (layer, stream) => {
        const replacement = { law: 'beta', a: 1, b: 1 } as const;
        sampleReplacedEntryRows(layer, { ...asymmetric, replacement }, stream);
      },
      ['has the declared mean', VARIANCE],
    ],
  ])('finds %s', async (_, statistics, sample, expected) => {
    const failures = await failuresOf(statistics, sample);
    expect(failures).toEqual(expect.arrayContaining(expected));
  });

  it('finds options that are not checked', async () => {
    const definition = definitionOf(gaussian(0), independent, () => true);
    const failures = await failingChecks(initializerChecks(definition, { packageFile }));
    expect(failures).toContain('refuses values out of the range of weightVariance');
  });
});
