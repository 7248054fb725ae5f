/** The contract of an analysis of depth, as a test of a few lines. */

import {
  createLab,
  type Analysis,
  type DeepArchitecture,
  type DepthAnalysis,
  type DepthQuestion,
  type PluginDefinition,
} from '@meanfield/core';
import { expect } from 'vitest';

import { expectClose, registerChecks, type Check } from './check.js';
import { definitionChecks, errorCodeOf } from './definition-checks.js';

export interface AnalysisContract {
  /** `new URL('../package.json', import.meta.url)` */
  readonly packageFile: URL;
  /** Plugins that the analysis asks its lab for */
  readonly plugins?: readonly PluginDefinition[];
  /** What it describes, by a name for the tests */
  readonly accepts: Readonly<Record<string, DeepArchitecture>>;
  /** What it must refuse */
  readonly refuses: Readonly<Record<string, DeepArchitecture>>;
}

const GAPS: readonly number[] = [0, 1e-12, 0.01, 0.3, 0.7, 1];
const ROUNDING = 1e-11;

const depthOf = (architecture: DeepArchitecture): number =>
  architecture.kind === 'mlp' ? architecture.layers.length : architecture.blocks.length;

function expectConsistent(found: DepthAnalysis, architecture: DeepArchitecture): void {
  const depth = depthOf(architecture);
  expect(found).toMatchObject({ architecture: architecture.kind, depth, rhoMax: 1 - found.gapMax });
  expect(found.terms.map(({ layer }) => layer)).toEqual(Array.from({ length: depth }, (_, i) => i + 1));
  const sum = found.terms.reduce((total, { term }) => total + term, 0);
  expectClose(found.termSum, sum, { relative: ROUNDING }, 'sum of terms');
  const log = found.terms.reduce((total, { slope }) => total + Math.log(slope), 0);
  expectClose(found.logSquaredJacobian, log, { relative: ROUNDING, absolute: ROUNDING }, 'ln of slopes');
  for (const gaps of [found.gaps, found.widestGaps]) {
    expect(gaps).toHaveLength(depth + 1);
    expect(gaps.every((gap) => gap >= 0 && gap <= 2)).toBe(true);
  }
  expect(found.gapMax).toBe(Math.min(...found.widestGaps.slice(1)));
  expect(found.gaps[depth]).toBe(found.outputGap(1));
}

function expectBounds(found: DepthAnalysis): void {
  expectClose(
    found.squaredJacobianLowerBound,
    found.jacobianLowerBound ** 2,
    { relative: ROUNDING },
    'the bound squared',
  );
  expect(found.squaredJacobian).toBeGreaterThanOrEqual(found.squaredJacobianLowerBound);
  expect(found.gapMax).toBeLessThanOrEqual(found.gapMaxBound.raw * found.jacobian);
  expect(found.gapMaxBound.capped).toBe(Math.min(2, found.gapMaxBound.raw));
  for (const gap of GAPS)
    expect(found.outputGap(gap) * (1 + ROUNDING)).toBeGreaterThanOrEqual(found.outputGapBound(gap));
}

const QUESTIONS: readonly DepthQuestion[] = [{}, { inputGap: 0.2, targets: { jacobianNorm: 2, gap: 0.05 } }];
const BAD_QUESTIONS: readonly DepthQuestion[] = [
  { inputGap: 0 },
  { inputGap: Number.NaN },
  { targets: { gap: 2.5 } },
  { targets: { jacobianNorm: -1 } },
];

function acceptedChecks(analysis: Analysis, name: string, architecture: DeepArchitecture): readonly Check[] {
  return [
    {
      name: `accepts ${name}`,
      run: () => expect(analysis.accepts(architecture)).toEqual({ accepted: true }),
    },
    {
      name: `adds up, and is within its bounds: ${name}`,
      run() {
        for (const question of QUESTIONS) {
          const found = analysis.analyse(architecture, question);
          expectConsistent(found, architecture);
          expectBounds(found);
          expect(found.widestGaps[0]).toBe(question.inputGap ?? 2);
        }
      },
    },
    {
      name: `advises in sentences: ${name}`,
      run() {
        for (const question of QUESTIONS) {
          const { sentences, breakingDepth, targets } = analysis.advise(architecture, question);
          expect(targets).toMatchObject(question.targets ?? {});
          expect(sentences.length).toBeGreaterThan(0);
          for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*[^ ]\.$/);
          expect(breakingDepth.theorem).toBeGreaterThan(0);
          expect(breakingDepth.meanField ?? 1).toBeGreaterThan(0);
        }
      },
    },
    {
      name: `refuses questions that are none: ${name}`,
      run() {
        for (const question of BAD_QUESTIONS) {
          expect(errorCodeOf(() => analysis.analyse(architecture, question))).toBe('INVALID_ARGUMENT');
          expect(errorCodeOf(() => analysis.advise(architecture, question))).toBe('INVALID_ARGUMENT');
        }
      },
    },
  ];
}

function refusalCheck(analysis: Analysis, name: string, architecture: DeepArchitecture): Check {
  return {
    name: `refuses ${name} with a reason`,
    run() {
      const answer = analysis.accepts(architecture);
      expect(answer.accepted).toBe(false);
      if (!answer.accepted) expect(answer.reason).toMatch(/\S/);
      expect(errorCodeOf(() => analysis.analyse(architecture))).toBe('UNSUPPORTED');
      expect(errorCodeOf(() => analysis.advise(architecture))).toBe('UNSUPPORTED');
    },
  };
}

/** The checks of `describeAnalysis` as values. */
export function analysisChecks(
  definition: PluginDefinition<'analysis'>,
  { packageFile, plugins, accepts, refuses }: AnalysisContract,
): readonly Check[] {
  const analysis = createLab([definition, ...(plugins ?? [])]).get('analysis', definition.name);
  return [
    ...definitionChecks(definition, packageFile),
    { name: 'is named as its definition', run: () => expect(analysis.name).toBe(definition.name) },
    ...Object.entries(accepts).flatMap(([name, accepted]) => acceptedChecks(analysis, name, accepted)),
    ...Object.entries(refuses).map(([name, refused]) => refusalCheck(analysis, name, refused)),
  ];
}

/**
 * Registers the contract tests of an analysis of depth with vitest: its definition, what it accepts and refuses, that its numbers
 * add up, that what an infinitely wide network does is within the bounds, and that advice comes in sentences.
 */
export function describeAnalysis(definition: PluginDefinition<'analysis'>, contract: AnalysisContract): void {
  registerChecks(`analysis ${definition.name}`, analysisChecks(definition, contract));
}
