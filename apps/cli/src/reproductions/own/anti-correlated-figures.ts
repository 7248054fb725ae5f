/** The figures of `anti-correlated`: lines in the plane of σ_w² and σ_b², and the fixed points of SELU. */

import type { Outcomes, ReproducedFigure } from '@meanfield/core';
import { curvesFigure, type CurveSeries, type CurvesPanel } from '@meanfield/figures';
import { z } from 'zod';

import { phaseDiagramResult, resultOf, theoryResult } from '../../report/results.js';
import { scanOf } from '../readings.js';
import { chosenIn, linePoints } from './anti-correlated-readings.js';
import { labelOf, scanOfStrength, SELU_BIAS, STRENGTHS, TOUCHING } from './anti-correlated-steps.js';

const FIGURE_WIDTH = 660;
const WEIGHT = 'weight variance $σ_w^2$';
const BIAS = 'bias variance $σ_b^2$';

const planeResult = phaseDiagramResult.extend({ chi1: z.array(z.array(z.number())) });
type Plane = z.output<typeof planeResult>;

/** Looks of strengths: lines and markers of the same one share a style. */
const styleOf = (k: number): number => STRENGTHS.findIndex((strength) => strength === k);

/** χ₁ = 1 of an odd activation: a line of independent weights, markers of the others, which lie on it. */
function oddPanel(outcomes: Outcomes, activation: string): CurvesPanel[] {
  const all = linePoints(outcomes, 'odd-lines', 'correlation').filter(
    (each) => each.activation === activation,
  );
  const series = STRENGTHS.flatMap((k): CurveSeries[] => {
    // Markers of two strengths at the same points would hide each other.
    const points = all.filter((point) => point.k === k);
    const shown = k === 0 ? points : points.filter((_, i) => i % 2 === (k > 0 ? 0 : 1));
    return shown.length === 0
      ? []
      : [
          {
            label: labelOf(k),
            x: shown.map(({ at }) => at),
            y: shown.map(({ biasVariance }) => biasVariance),
            style: styleOf(k),
            ...(k === 0 ? {} : { draw: 'markers' as const }),
          },
        ];
  });
  const axes = { x: { label: WEIGHT }, y: { label: BIAS } };
  return series.length === 0 ? [] : [{ title: `${activation}: $χ_1$ = 1`, ...axes, series }];
}

/**
 * χ₁ = 1 of SELU, from the columns of a plane: at each σ_w² it holds at one σ_b² at most, where χ₁, which falls with σ_b², passes
 * through 1 between two rows. (Over σ_b² the line of k < 0 would have two branches.)
 */
function seluLine({ weightVariance, vertical, chi1, bounded }: Plane): { x: number[]; y: number[] } {
  const points = weightVariance.flatMap((x, column) => {
    const logs = chi1.map((row) => Math.log(row[column]!));
    const isBounded = (row: number): boolean => bounded[row]?.[column] === true;
    const at = logs.findIndex(
      (log, row) => log >= 0 && (logs[row + 1] ?? 0) < 0 && isBounded(row) && isBounded(row + 1),
    );
    if (at < 0) return [];
    const [below, above] = [vertical.values[at]!, vertical.values[at + 1]!];
    return [{ x, y: below + ((above - below) * logs[at]!) / (logs[at]! - logs[at + 1]!) }];
  });
  return { x: points.map(({ x }) => x), y: points.map(({ y }) => y) };
}

function seluPanel(outcomes: Outcomes): CurvesPanel[] {
  const planes = outcomes('selu-plane').flatMap((outcome) => {
    const plane = resultOf(planeResult, outcome.record);
    return plane === undefined ? [] : [{ k: chosenIn(outcome).k, plane }];
  });
  const series = planes.flatMap(({ k, plane }): CurveSeries[] => {
    const length = plane.boundaries.length.weightVariance[0] ?? null;
    const top = plane.vertical.values.at(-1) ?? 1;
    return [
      { label: labelOf(k), ...seluLine(plane), style: styleOf(k) },
      ...(length === null
        ? []
        : [
            {
              label: `${labelOf(k)}, lengths diverge`,
              x: [length, length],
              y: [0, top],
              style: styleOf(k),
              dash: 'dash-dotted' as const,
            },
          ]),
    ];
  });
  const touching = {
    label: 'they touch at $q$* = 1',
    x: [TOUCHING.weightVariance],
    y: [TOUCHING.biasVariance],
    draw: 'markers' as const,
    style: 6,
  };
  return planes.length === 0
    ? []
    : [{ title: 'SELU: $χ_1$ = 1', x: { label: WEIGHT }, y: { label: BIAS }, series: [...series, touching] }];
}

/** Networks of the deepest layer of a strength's scan: q and c at each σ_w². */
function networkSeries(outcomes: Outcomes, k: number, quantity: 'qStar' | 'cStar'): CurveSeries[] {
  const scan = scanOf(outcomes, scanOfStrength(k));
  if (scan === undefined) return [];
  const deepest = scan.layers.map((layers) => layers.at(-1));
  return [
    {
      label: `${labelOf(k)}, networks`,
      x: scan.weightVariance,
      y: deepest.map((layer) => (quantity === 'qStar' ? layer?.q : layer?.c) ?? null),
      stderr: deepest.map((layer) => (quantity === 'qStar' ? layer?.qStderr : layer?.cStderr) ?? null),
      draw: 'markers',
      style: styleOf(k),
    },
  ];
}

const QUANTITIES = [
  { quantity: 'qStar', label: 'length $q$*', scale: 'log' },
  { quantity: 'cStar', label: 'correlation $c$*', scale: 'linear' },
  { quantity: 'xiC', label: 'depth scale $ξ_c$ (layers)', scale: 'log' },
] as const;

function fixedPointPanels(outcomes: Outcomes): CurvesPanel[] {
  const points = outcomes('selu-fixed-points').flatMap((outcome) => {
    const found = resultOf(theoryResult, outcome.record);
    return found?.bounded === true ? [{ ...chosenIn(outcome), found }] : [];
  });
  if (points.length === 0) return [];
  return QUANTITIES.map(({ quantity, label, scale }) => {
    const lines = STRENGTHS.map((k): CurveSeries => {
      const own = points.filter((point) => point.k === k);
      const values = own.map(({ found }) => found[quantity]);
      return {
        label: labelOf(k),
        x: own.map(({ weightVariance }) => weightVariance),
        y: values.map((value) => (typeof value === 'number' ? value : null)),
        style: styleOf(k),
      };
    });
    const networks = quantity === 'xiC' ? [] : STRENGTHS.flatMap((k) => networkSeries(outcomes, k, quantity));
    return { x: { label: WEIGHT }, y: { label, scale }, series: [...lines, ...networks] };
  });
}

export function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const drawn = [
    {
      name: 'anti-correlated-lines',
      panels: [
        ...['tanh', 'erf'].flatMap((activation) => oddPanel(outcomes, activation)),
        ...seluPanel(outcomes),
      ],
      caption:
        'Lines χ₁ = 1 of infinitely wide networks, chaotic on their right. Those of tanh and erf are the same at every k (markers ' +
        'on the line). Those of SELU touch at q* = 1 and part above, where that of k = −0.5 turns back, so that its chaotic phase ' +
        'lies under it. Dash-dotted: the boundaries of lengths. Lines of SELU run between the rows of a grid.',
    },
    {
      name: 'anti-correlated-selu',
      panels: fixedPointPanels(outcomes),
      caption:
        `Fixed points of SELU networks at σ_b² = ${SELU_BIAS}: theory of infinite width where lengths that begin at 1 stay ` +
        'bounded (lines), and layer 64 of networks with signals that begin at c = 0.5 (markers, bars of two standard errors), which have not come to c* ' +
        'where ξ_c is longer than that.',
    },
  ];
  return drawn.flatMap(({ name, panels, caption }) =>
    panels.length === 0 ? [] : [{ name, svg: curvesFigure({ width: FIGURE_WIDTH, panels }), caption }],
  );
}
