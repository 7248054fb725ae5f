/** What depth does to an architecture: as a JSON document, for a reader at a terminal, and as a figure. */

import type {
  DepthAdvice,
  DepthAnalysis,
  DepthLimit,
  DepthMode,
  DepthTerm,
  JsonObject,
} from '@meanfield/core';
import { curvesFigure, type CurveSeries } from '@meanfield/figures';
import { jsonNumber } from '@meanfield/lab';

import { properties, table, type Entry } from './table.js';

const limitJson = ({ theorem, meanField }: DepthLimit): JsonObject => ({
  theorem: jsonNumber(theorem),
  meanField: meanField === null ? null : jsonNumber(meanField),
});

function adviceJson({
  targets,
  admissibleSum,
  breakingDepth,
  admissibleTerm,
  branchVariance,
  criticalBiasRatios,
  sentences,
}: DepthAdvice): JsonObject {
  return {
    targets: { ...targets },
    admissibleSum: jsonNumber(admissibleSum),
    admissibleTerm: jsonNumber(admissibleTerm),
    breakingDepth: limitJson(breakingDepth),
    ...(branchVariance && {
      branchVariance: {
        constant: limitJson(branchVariance.constant),
        timesDepth: limitJson(branchVariance.timesDepth),
      },
    }),
    ...(criticalBiasRatios && { criticalBiasRatios: { ...criticalBiasRatios } }),
    sentences: [...sentences],
  };
}

/** How much of the true norm of the Jacobian the bound accounts for, in [0, 1]; null where the norm is 0 or beyond float64. */
function shareOfTruth({ jacobianLowerBound, jacobian }: DepthAnalysis): number | null {
  return jacobian > 0 && Number.isFinite(jacobian) ? jacobianLowerBound / jacobian : null;
}

export function depthJson(found: DepthAnalysis, advice: DepthAdvice): JsonObject {
  return {
    architecture: found.architecture,
    depth: found.depth,
    jacobianLowerBound: found.jacobianLowerBound,
    jacobian: jsonNumber(found.jacobian),
    boundOverJacobian: shareOfTruth(found),
    squaredJacobianLowerBound: found.squaredJacobianLowerBound,
    squaredJacobian: jsonNumber(found.squaredJacobian),
    logSquaredJacobian: jsonNumber(found.logSquaredJacobian),
    rhoMax: found.rhoMax,
    gapMax: found.gapMax,
    gapMaxBound: jsonNumber(found.gapMaxBound.raw),
    gapMaxBoundCapped: found.gapMaxBound.capped,
    regime: found.regime,
    fixedGap: found.fixedGap,
    modes: [...found.modes],
    termSum: found.termSum,
    terms: found.terms.map((term) => ({ ...term, slope: jsonNumber(term.slope) })),
    gaps: [...found.gaps],
    widestGaps: [...found.widestGaps],
    advice: adviceJson(advice),
    theorem: found.theorem,
    method: found.method,
  };
}

const MODES: Readonly<Record<DepthMode, string>> = {
  explosion: 'explosion: the Jacobian is large, so that gradients of first layers explode',
  shrinkage: 'representation shrinkage: all inputs end close to each other',
  'near-linear': 'near-linear: layers are close to linear maps, and do little',
  'small-branches': 'small branches: blocks are close to the identity',
  shallow: 'shallow: the depth is small enough for the bound to demand nothing',
};

/** Runs of layers that are the same to the bound share a row. */
function termRows(terms: readonly DepthTerm[]): readonly (readonly Entry[])[] {
  const alike = (a: DepthTerm, b: DepthTerm): boolean =>
    a.activation === b.activation && a.term === b.term && a.slope === b.slope;
  const runs: { readonly first: DepthTerm; last: number }[] = [];
  for (const term of terms) {
    const run = runs.at(-1);
    if (run !== undefined && alike(run.first, term)) run.last = term.layer;
    else runs.push({ first: term, last: term.layer });
  }
  return runs.map(({ first, last }) => [
    first.layer === last ? String(last) : `${first.layer}–${last}`,
    first.activation,
    first.linearisationError,
    first.derivativeNorm,
    first.term,
    first.slope,
    first.regime,
  ]);
}

const MOST_ROWS = 20;

function termTable(terms: readonly DepthTerm[]): string {
  const rows = termRows(terms);
  const shown = table(['layer', 'φ', '‖φ−φ̄‖²', '‖φ′‖²', 'term', 'P′(1)', 'regime'], rows.slice(0, MOST_ROWS));
  return rows.length <= MOST_ROWS ? shown : `${shown}\n… ${rows.length - MOST_ROWS} more; see --json`;
}

export function depthText(found: DepthAnalysis, advice: DepthAdvice): string {
  const share = shareOfTruth(found);
  const facts: (readonly [string, Entry])[] = [
    [
      '‖∂z^L/∂z^0‖ of infinite width',
      Number.isFinite(found.jacobian) ? found.jacobian : `exp(${found.logSquaredJacobian / 2})`,
    ],
    [`at least, by ${found.theorem}`, found.jacobianLowerBound],
    ['the bound is, of that', share === null ? null : `${Number((100 * share).toPrecision(3))} %`],
    ['ρ_max', found.rhoMax],
    ['1 − ρ_max', found.gapMax],
    [
      '1 − ρ_max at most, were the norm 1',
      Number.isFinite(found.gapMaxBound.raw) ? found.gapMaxBound.raw : 'no limit',
    ],
    ['regime', found.regime],
    ['1 − ρ that more layers lead to', found.fixedGap],
    ['method', found.method],
  ];
  const prose = [
    ...found.modes.map((mode) => MODES[mode]),
    ...advice.sentences.map((sentence) => `→ ${sentence}`),
  ];
  return [termTable(found.terms), properties(facts), prose.join('\n')].join('\n\n');
}

const CURVE_POINTS = 200;
const MOST_POINTS = 2000;

/** Every layer, or as many as are seen. */
function thinned(length: number): readonly number[] {
  const step = Math.max(1, Math.ceil(length / MOST_POINTS));
  return Array.from({ length }, (_, index) => index).filter(
    (index) => index % step === 0 || index === length - 1,
  );
}

/** Correlation of outputs by that of inputs, with the theorem's bound (`shrinkage2021` fig. 1), and gaps by layer. */
export function depthFigure(found: DepthAnalysis, width: number): string {
  const inputs = Array.from({ length: CURVE_POINTS + 1 }, (_, index) => index / CURVE_POINTS);
  const composed: readonly CurveSeries[] = [
    { label: 'infinite width', x: inputs, y: inputs.map((rho) => 1 - found.outputGap(1 - rho)) },
    { label: 'bound', x: inputs, y: inputs.map((rho) => 1 - found.outputGapBound(1 - rho)), dash: 'dashed' },
  ];
  const layers = thinned(found.gaps.length);
  const byLayer = (label: string, gaps: readonly number[]): CurveSeries => ({
    label,
    x: layers,
    y: layers.map((layer) => gaps[layer] ?? null),
  });
  return curvesFigure({
    width,
    panels: [
      {
        x: { label: 'correlation of inputs $ρ_0$', domain: [0, 1] },
        y: { label: 'of outputs $ρ_L$', domain: [0, 1] },
        series: composed,
      },
      {
        x: { label: 'layer', whole: true },
        y: { label: '$1 − ρ$', scale: 'log' },
        series: [byLayer('orthogonal inputs', found.gaps), byLayer('widest inputs', found.widestGaps)],
      },
    ],
  });
}
