/** Which phase an initializer puts a network in, and how sure its measurement makes that. */

import { MeanfieldError, type Activation, type MeanFieldModel, type WeightStatistics } from '@meanfield/core';
import { analyse, type Analysis, type Phase } from '@meanfield/theory';

import type { Estimate } from './measure/estimate.js';

export interface PhaseQuestion {
  readonly activation: Activation;
  /** Describes the law: `@meanfield/mean-field-gaussian` for what is measured */
  readonly model: MeanFieldModel;
}

/** A number at the measured σ_w², and at three standard errors less and more */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface PhaseAnswer {
  /** That of the interval: 'critical' where χ₁ = 1 lies within the error of σ_w² */
  readonly phase: Phase;
  /** Whether it is called critical because χ₁ = 1 lies within the error, whatever phase the value itself is in */
  readonly withinError: boolean;
  /** One sentence: the phase, whether within the error, χ₁ and depth scales */
  readonly verdict: string;
  readonly weightVariance: Interval;
  readonly chi1: Interval;
  /** ξ_q in layers, over which lengths settle; Infinity where they do not */
  readonly xiQ: Interval;
  /** ξ_c in layers, over which correlations settle; Infinity where they do more slowly or vanish with the lengths */
  readonly xiC: Interval;
  /** Everything that theory says at the measured σ_w² itself, its phase included */
  readonly analysis: Analysis;
}

/** Standard errors on either side */
const SPREAD = 3;

/** Statistics with the error of their σ_w² */
export interface MeasuredStatistics {
  readonly statistics: WeightStatistics;
  /** 'plugin' for statistics that a plugin declares, which count as exact whatever was measured */
  readonly statisticsFrom: 'measured' | 'plugin';
  readonly measured: { readonly weightVariance: Estimate };
}

type Subject = WeightStatistics | MeasuredStatistics;

/**
 * The phase of an infinitely wide network with this activation and these weights, from `@meanfield/theory`. A measured
 * σ_w² counts with three standard errors on either side; statistics on their own, or declared by a plugin, count as exact.
 *
 * @throws MeanfieldError UNSUPPORTED where the model does not describe the law, as none does an 'empirical' one
 */
export function phaseOf(subject: Subject, { activation, model }: PhaseQuestion): PhaseAnswer {
  const statistics = 'statistics' in subject ? subject.statistics : subject;
  requireAccepted(statistics, activation, model);
  const map = model.map(activation, statistics);
  const error = errorOf(subject);
  const value = map.weightVariance;
  const weightVariance = { value, low: Math.max(0, value - SPREAD * error), high: value + SPREAD * error };
  const analysis = analyse(map);
  const at = (variance: number): Analysis =>
    variance === value ? analysis : analyse(map.withWeightVariance(variance));
  const [low, high] = [at(weightVariance.low), at(weightVariance.high)];
  const interval = (key: 'chi1' | 'xiQ' | 'xiC'): Interval => ({
    value: analysis[key],
    low: low[key],
    high: high[key],
  });
  const withinError = error > 0 && low.chi1 <= 1 && high.chi1 >= 1;
  const answer = {
    phase: withinError ? 'critical' : analysis.phase,
    withinError,
    weightVariance,
    chi1: interval('chi1'),
    xiQ: interval('xiQ'),
    xiC: interval('xiC'),
    analysis,
  } as const;
  return { ...answer, verdict: verdict(answer, activation) };
}

function errorOf(subject: Subject): number {
  if (!('statistics' in subject) || subject.statisticsFrom === 'plugin') return 0;
  return subject.measured.weightVariance.stderr;
}

function requireAccepted(statistics: WeightStatistics, activation: Activation, model: MeanFieldModel): void {
  const answer = model.accepts(statistics, activation);
  if (answer.accepted) return;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: `a law of weights that model ${model.name} describes`,
    found: statistics.law === 'empirical' ? statistics.reason : answer.reason,
    remedy: 'choose a model that describes this law, or simulate',
  });
}

function verdict(answer: Omit<PhaseAnswer, 'verdict'>, activation: Activation): string {
  const number = ({ value, low, high }: Interval): string => {
    const range = low === high ? '' : ` (${low.toPrecision(4)} to ${high.toPrecision(4)})`;
    return value.toPrecision(4) + range;
  };
  const depth = ({ value }: Interval): string => (Number.isFinite(value) ? value.toPrecision(3) : '∞');
  const { phase, withinError, weightVariance, chi1, xiQ, xiC } = answer;
  return (
    `${phase}${withinError ? ' within its error' : ''} for ${activation.name}: σ_w² = ${number(weightVariance)}, ` +
    `χ₁ = ${number(chi1)}, depth scales ξ_q = ${depth(xiQ)} and ξ_c = ${depth(xiC)} layers`
  );
}
