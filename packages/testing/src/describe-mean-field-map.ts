/** The contract of a mean-field plugin, as a test of a few lines. */

import {
  createLab,
  type Activation,
  type MeanFieldModel,
  type PluginDefinition,
  type WeightStatistics,
} from '@meanfield/core';
import { expect } from 'vitest';

import { registerChecks, type Check } from './check.js';
import { definitionChecks, errorCodeOf } from './definition-checks.js';
import { mapChecks } from './mean-field/map-checks.js';

/** An activation and a law of weights. */
export interface MeanFieldCase {
  readonly activation: Activation;
  readonly statistics: WeightStatistics;
}

export interface MeanFieldContract {
  /** `new URL('../package.json', import.meta.url)` */
  readonly packageFile: URL;
  /** Options of the model under test; the defaults where left out */
  readonly options?: unknown;
  /** Plugins that the model asks its lab for */
  readonly plugins?: readonly PluginDefinition[];
  /** Set false for maps of two networks that differ, which part equal signals; default true */
  readonly keepsEqualSignals?: boolean;
  /** What the model describes, at least once of each law; its map is tested at each */
  readonly cases: readonly MeanFieldCase[];
  /** What it must refuse of these laws; a law of which there is no case it must refuse in any case */
  readonly refuses?: readonly MeanFieldCase[];
}

/** One of each law */
const LAWS: readonly WeightStatistics[] = [
  { law: 'gaussian-rows', weightVariance: 2, biasVariance: 0, correlationStrength: 0 },
  {
    law: 'replaced-entry-rows',
    weightVariance: 0.36,
    correlationStrength: 0,
    replacement: { law: 'beta', a: 2, b: 1 },
  },
  { law: 'empirical', reason: 'made up' },
];

function otherLaws(cases: readonly MeanFieldCase[]): readonly MeanFieldCase[] {
  const described = new Set(cases.map(({ statistics }) => statistics.law));
  const others = LAWS.filter(({ law }) => !described.has(law));
  return cases
    .slice(0, 1)
    .flatMap(({ activation }) => others.map((statistics) => ({ activation, statistics })));
}

const nameOf = ({ activation, statistics }: MeanFieldCase): string =>
  `${activation.name}, ${JSON.stringify(statistics)}`;

function refusalCheck(model: MeanFieldModel, refused: MeanFieldCase): Check {
  const { activation, statistics } = refused;
  return {
    name: `refuses ${nameOf(refused)} with a reason`,
    run() {
      const answer = model.accepts(statistics, activation);
      expect(answer.accepted).toBe(false);
      if (!answer.accepted) expect(answer.reason).toMatch(/\S/);
      expect(errorCodeOf(() => model.map(activation, statistics))).toBe('UNSUPPORTED');
    },
  };
}

/** The checks of `describeMeanFieldMap` as values. */
export function meanFieldChecks(
  definition: PluginDefinition<'mean-field'>,
  { packageFile, options, plugins, keepsEqualSignals = true, cases, refuses = [] }: MeanFieldContract,
): readonly Check[] {
  const lab = createLab([definition, ...(plugins ?? [])]);
  const model = lab.get('mean-field', definition.name, options);
  return [
    ...definitionChecks(definition, packageFile),
    { name: 'is named as its definition', run: () => expect(model.name).toBe(definition.name) },
    ...[...refuses, ...otherLaws(cases)].map((refused) => refusalCheck(model, refused)),
    ...cases.flatMap((accepted) => [
      {
        name: `accepts ${nameOf(accepted)}`,
        run: () =>
          expect(model.accepts(accepted.statistics, accepted.activation)).toEqual({ accepted: true }),
      },
      ...mapChecks(() => model.map(accepted.activation, accepted.statistics), keepsEqualSignals).map(
        ({ name, run }) => ({ name: `${name}: ${nameOf(accepted)}`, run }),
      ),
    ]),
  ];
}

/**
 * Registers the contract tests of a mean-field plugin with vitest: its definition, what it accepts and refuses, and
 * at every case that its map keeps states in range, treats both signals alike, leaves equal signals equal (or parts
 * them, where the contract says so), carries small gaps without cancellation, and that its linearisation and limits
 * are those of its own steps.
 */
export function describeMeanFieldMap(
  definition: PluginDefinition<'mean-field'>,
  contract: MeanFieldContract,
): void {
  const options = contract.options === undefined ? '' : ` with ${JSON.stringify(contract.options)}`;
  registerChecks(`mean-field ${definition.name}${options}`, meanFieldChecks(definition, contract));
}
