/** A scan as figures 2.2, 3.2, 3.6 and 3.7 of `singh2021` show it. */

import type { Outcomes, ReproducedFigure } from '@meanfield/core';
import { scanFigure, type ScanBoundary, type ScanSeries } from '@meanfield/figures';

import { scanOf, type Scan } from './readings.js';

const DEPTHS = [2, 4, 8, 16, 32];
const WIDTH = 660;

function seriesOf({ weightVariance, layers, theory }: Scan): ScanSeries[] {
  const deepest = layers[0]?.length ?? 0;
  return DEPTHS.filter((depth) => depth <= deepest).map((depth) => ({
    label: `$l$ = ${depth}`,
    simulation: weightVariance.map((variance, point) => {
      return { weightVariance: variance, ...layers[point]?.[depth - 1] };
    }),
    ...(theory === null
      ? {}
      : {
          theory: weightVariance.map((variance, point) => {
            return { weightVariance: variance, ...theory[point]?.layers[depth - 1] };
          }),
        }),
  }));
}

function boundariesOf({ weightVariance, boundaries }: Scan): ScanBoundary[] {
  const [low, high] = [Math.min(...weightVariance), Math.max(...weightVariance)];
  const shown = (at: number | null | undefined): at is number =>
    typeof at === 'number' && at >= low && at <= high;
  const [length, correlation] = [boundaries?.length, boundaries?.correlation];
  return [
    ...(shown(length)
      ? [{ label: `lengths diverge: ${length.toFixed(3)}`, weightVariance: length, panels: ['q'] as const }]
      : []),
    // Above the length boundary there is no bounded phase for correlations to be chaotic in.
    ...(shown(correlation) && !(typeof length === 'number' && correlation >= length)
      ? [
          {
            label: `$c$ = 1 loses its stability: ${correlation.toFixed(3)}`,
            weightVariance: correlation,
            panels: ['c', 'gap'] as const,
          },
        ]
      : []),
  ];
}

/** The largest standard errors over the scan: q's relative to q, c's as it is. */
function errorsReached({ layers }: Scan): string {
  const all = layers.flat();
  const largest = (errors: readonly (number | null)[]): string =>
    Math.max(0, ...errors.map((error) => error ?? 0)).toPrecision(2);
  const relative = all.map(({ q, qStderr }) => (q === null || qStderr === null || q === 0 ? 0 : qStderr / q));
  return `Largest standard errors: ${largest(relative)} of q, ${largest(all.map(({ cStderr }) => cStderr))} in c.`;
}

/** @param remark closes the caption */
export function scanFigures(
  outcomes: Outcomes,
  step: string,
  name: string,
  remark: string,
): readonly ReproducedFigure[] {
  const scan = scanOf(outcomes, step);
  const options = outcomes(step)[0]?.options;
  if (scan === undefined || options === undefined) return [];
  const fixedPoint = scan.weightVariance.map((variance, point) => {
    return { weightVariance: variance, q: scan.theory?.[point]?.qStar ?? null };
  });
  const svg = scanFigure({
    width: WIDTH,
    series: seriesOf(scan),
    boundaries: boundariesOf(scan),
    ...(fixedPoint.some(({ q }) => q !== null) ? { fixedPoint } : {}),
    panels: ['q', 'c'],
  });
  const caption =
    `Mean square q and correlation c of pre-activations in layer l of ${Number(options['networks'])} networks of width ` +
    `${Number(options['width'])} (points; bars of two standard errors over networks) and theory of infinite width ` +
    `(lines: ${scan.theory?.[0]?.method ?? 'none'}). ${errorsReached(scan)} ${remark}`;
  return [{ name, svg, caption }];
}
