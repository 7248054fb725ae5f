/** The phase of a deep network of layers such as a measured one. */

import type { Activation, MeanFieldMap, MeanFieldModel, WeightStatistics } from '@meanfield/core';
import { phasePoint, type Phase, type PhasePoint } from '@meanfield/theory';

import type { AuditLayer, AuditQuestion } from './audit.js';
import type { Estimate } from './measure/estimate.js';
import type { MeasuredLayer } from './measure/layer-law.js';
import { phaseOf, type Interval } from './phase-of.js';

/** Intervals are three standard errors of σ_w² wide on either side. */
export interface LayerPhase {
  readonly phase: Phase;
  /** Whether it is called critical because χ₁ = 1 lies within the error of σ_w² */
  readonly withinError: boolean;
  readonly chi1: Interval;
  /** ξ_q in layers */
  readonly xiQ: Interval;
  /** ξ_c in layers; null where c* takes a population of samples, as in the chaotic phase of RAI and RAAI */
  readonly xiC: Interval | null;
}

/** Standard errors on either side, as in `phaseOf` */
const SPREAD = 3;

/** @param isLast whether no dense layer follows, so that its activation goes nowhere */
export function layerPhase(
  { activation }: AuditLayer,
  { statistics, weightVariance, reason }: MeasuredLayer,
  question: AuditQuestion,
  isLast: boolean,
): LayerPhase | string {
  if (isLast) return 'no dense layer follows it';
  if (typeof activation === 'string') return activation;
  if (statistics === null) return reason ?? 'its weights have no law that theory describes';
  return phaseWith(question.modelOf(statistics, activation), statistics, activation, weightVariance);
}

/** The phase at σ_w² with its error, of a map by this model. */
export function phaseWith(
  model: MeanFieldModel,
  statistics: WeightStatistics,
  activation: Activation,
  weightVariance: Estimate,
): LayerPhase {
  const map = model.map(activation, statistics);
  if (map.stateKind === 'law') return phaseOfLaw(map, weightVariance);
  const answer = phaseOf(
    { statistics, statisticsFrom: 'measured', measured: { weightVariance } },
    { activation, model },
  );
  const { phase, withinError, chi1, xiQ, xiC } = answer;
  // It diverges between the ends where χ₁ = 1 lies between them.
  return { phase, withinError, chi1, xiQ, xiC: withinError ? { ...xiC, high: Infinity } : xiC };
}

/** Without c*, which a population of samples would take seconds to find. */
function phaseOfLaw(map: MeanFieldMap, { value, stderr }: Estimate): LayerPhase {
  const at = (variance: number): PhasePoint => phasePoint(map.withWeightVariance(Math.max(0, variance)));
  const [low, middle, high] = [at(value - SPREAD * stderr), at(value), at(value + SPREAD * stderr)];
  const interval = (key: 'chi1' | 'xiQ'): Interval => ({
    value: middle[key],
    low: low[key],
    high: high[key],
  });
  const withinError = stderr > 0 && low.chi1 <= 1 && high.chi1 >= 1;
  return {
    phase: withinError ? 'critical' : middle.phase,
    withinError,
    chi1: interval('chi1'),
    xiQ: interval('xiQ'),
    xiC: null,
  };
}
