import {
  cite,
  definePlugin,
  MeanfieldError,
  poole2016,
  type Activation,
  type MeanFieldMap,
  type MeanFieldModel,
  type PluginDefinition,
  type SignalPair,
  type WeightStatistics,
} from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { failingChecks, meanFieldChecks } from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);

const identity: Activation = {
  name: 'identity',
  phi: (x) => x,
  derivative: () => 1,
  kinks: [],
  homogeneous: true,
  closedForms: {},
  tensorForm: (x) => x,
};
const statistics: WeightStatistics = {
  law: 'gaussian-rows',
  weightVariance: 0.8,
  biasVariance: 0.1,
  correlationStrength: 0,
};
const BIAS = 0.1;

/** φ(x) = x: V(q) = a q + b, C = a √(q1 q2) c + b. */
function linearMap(a: number): MeanFieldMap<SignalPair> {
  const length = (q: number): number => a * q + BIAS;
  const root = (q1: number, q2: number): number => Math.sqrt(length(q1) * length(q2));
  return {
    method: 'closed form',
    weightVariance: a,
    stateKind: 'moments',
    start: (pair) => pair,
    step({ q1, q2, gap }) {
      const atOne = a * Math.sqrt(q1 * q2) + BIAS;
      const opened = (a * BIAS * (Math.sqrt(q1) - Math.sqrt(q2)) ** 2) / (root(q1, q2) + atOne);
      return {
        q1: length(q1),
        q2: length(q2),
        gap: (opened + a * Math.sqrt(q1 * q2) * gap) / root(q1, q2),
      };
    },
    observe: (pair) => pair,
    linearise: ({ q1, q2 }) => ({
      lengthSlope: a,
      chi1: a,
      correlationSlope: (a * Math.sqrt(q1 * q2)) / root(q1, q2),
    }),
    activity: ({ q1 }) => ({ meanSquare: q1, mean: 0, deadFraction: 0.5 }),
    asymptotics: () => ({ lengthGrowth: a, chi1: a }),
    withWeightVariance: linearMap,
  };
}

/** Two networks of such layers, with an overlap √(1 − η²) = ¾ of their weights and biases. */
const OVERLAP = 0.75;
const parting = (map: MeanFieldMap<SignalPair>): Partial<MeanFieldMap<SignalPair>> => ({
  step(pair) {
    const { q1, q2, gap } = map.step(pair);
    return { q1, q2, gap: 1 - OVERLAP + OVERLAP * gap };
  },
  linearise(pair) {
    const { lengthSlope, chi1, correlationSlope } = map.linearise(pair);
    return { lengthSlope, chi1: OVERLAP * chi1, correlationSlope: OVERLAP * correlationSlope };
  },
  asymptotics: () => ({ lengthGrowth: map.weightVariance, chi1: OVERLAP * map.weightVariance }),
});

function definitionOf(
  change: (map: MeanFieldMap<SignalPair>) => Partial<MeanFieldMap<SignalPair>> = () => ({}),
  model: Partial<MeanFieldModel> = {},
): PluginDefinition<'mean-field'> {
  const changed = (a: number): MeanFieldMap<SignalPair> => {
    const map = linearMap(a);
    return { ...map, withWeightVariance: changed, ...change(map) };
  };
  return definePlugin({
    kind: 'mean-field',
    name: 'linear',
    package: '@meanfield/testing',
    version: '0.1.0',
    summary: 'straight lines',
    options: {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (input) =>
          Object.keys(input as object).length === 0
            ? { value: {} }
            : { issues: [{ message: 'unknown', path: Object.keys(input as object) }] },
      },
    },
    optionDocs: {},
    references: [cite(poole2016)],
    create: () => ({
      name: 'linear',
      accepts: (law) =>
        law.law === 'gaussian-rows'
          ? { accepted: true }
          : { accepted: false, reason: `its law is ${law.law}` },
      map(_activation, law) {
        if (law.law === 'gaussian-rows') return changed(law.weightVariance);
        throw new MeanfieldError({ code: 'UNSUPPORTED', expected: 'a', found: 'b', remedy: 'c' });
      },
      ...model,
    }),
  });
}

async function failuresOf(
  definition: PluginDefinition<'mean-field'>,
  contract: { readonly keepsEqualSignals?: boolean } = {},
): Promise<string> {
  const checks = meanFieldChecks(definition, {
    packageFile,
    ...contract,
    cases: [{ activation: identity, statistics }],
  });
  return (await failingChecks(checks)).join('\n');
}

describe('meanFieldChecks', () => {
  it('pass for a right map', async () => {
    expect(await failuresOf(definitionOf())).toBe('');
  });

  it.each<[string, string, (map: MeanFieldMap<SignalPair>) => Partial<MeanFieldMap<SignalPair>>]>([
    ['starts elsewhere', 'starts where it is told', () => ({ start: (pair) => ({ ...pair, gap: 0 }) })],
    [
      'lets a gap run below 0',
      'in range',
      (map) => ({ step: (pair) => ({ ...map.step(pair), gap: map.step(pair).gap - 1e-3 }) }),
    ],
    [
      'treats the second signal as the first',
      'treats both signals alike',
      (map) => ({ step: (pair) => ({ ...map.step(pair), q2: map.step(pair).q1 }) }),
    ],
    [
      'loses small gaps to rounding',
      'carries gaps of 1e-200',
      (map) => ({ step: (pair) => ({ ...map.step(pair), gap: 1 - (1 - map.step(pair).gap) }) }),
    ],
    [
      'leaves the lengths out of the correlation slope',
      'slopes of its own steps',
      (map) => ({ linearise: (pair) => ({ ...map.linearise(pair), correlationSlope: map.weightVariance }) }),
    ],
    [
      'has another limit than it grows at',
      'grows at large lengths',
      () => ({ asymptotics: () => ({ lengthGrowth: 0.5, chi1: 0.8 }) }),
    ],
    [
      'hands on a mean above its root mean square',
      'hands on moments in range',
      () => ({ activity: () => ({ meanSquare: 1, mean: -1.5, deadFraction: 0.5 }) }),
    ],
    ['ignores another weight variance', 'another at another', (map) => ({ withWeightVariance: () => map })],
  ])('catch a map that %s', async (_, failing, change) => {
    expect(await failuresOf(definitionOf(change))).toContain(failing);
  });

  it('tell maps that part equal signals from those that leave them equal, as the contract says', async () => {
    const apart = { keepsEqualSignals: false };
    expect(await failuresOf(definitionOf(parting), apart)).toBe('');
    expect(await failuresOf(definitionOf(parting))).toContain('leaves equal signals equal');
    expect(await failuresOf(definitionOf(), apart)).toContain('parts equal signals');
    const wrongSlope = (map: MeanFieldMap<SignalPair>): Partial<MeanFieldMap<SignalPair>> => ({
      ...parting(map),
      linearise: (pair) => map.linearise(pair),
    });
    expect(await failuresOf(definitionOf(wrongSlope), apart)).toContain('adds small gaps by the slope');
  });

  it('catch a model that accepts what it cannot map', async () => {
    const failures = await failuresOf(definitionOf(undefined, { accepts: () => ({ accepted: true }) }));
    for (const law of ['replaced-entry-rows', 'empirical'])
      expect(failures).toMatch(new RegExp(`^refuses identity.*${law}`, 'm'));
    expect(failures).not.toContain('gaussian-rows');
  });
});
