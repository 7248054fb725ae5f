/** How a cost grows with a size: points and lines on two log axes. */

import { requireNoNaN, requireSameLength, requireSome, requireWidth } from '../checks.js';
import { DEFAULT_WIDTH, seriesItem, stylesByLabel } from './series.js';
import { smallMultiples } from './small-multiples.js';

export interface ScalingSeries {
  /** A label, such as one that tells the exponent */
  readonly label: string;
  /** Sizes, above 0 */
  readonly x: readonly number[];
  /** Costs, above 0 */
  readonly y: readonly number[];
}

export interface ScalingData {
  /** A label; no title is drawn without it */
  readonly title?: string;
  /** Pixels of 1/96 inch; default 326, a paper's column of 3.4 in */
  readonly width?: number;
  /** Labels, with units */
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly ScalingSeries[];
}

/** SVG of costs by size. Throws INVALID_ARGUMENT without data, on NaN, on lists of different lengths. */
export function scalingFigure({ title, width, xLabel, yLabel, series }: ScalingData): string {
  requireSome(series, 'series');
  for (const { label, x, y } of series) {
    requireSome(x, `points of ${label}`);
    requireSameLength(y.length, x.length, `costs of ${label}`);
    requireNoNaN(x, `sizes of ${label}`);
    requireNoNaN(y, `costs of ${label}`);
  }
  const styles = stylesByLabel(series);
  const items = Array.from(styles, ([label, style]) =>
    seriesItem(label, style, { line: true, marker: true }),
  );
  return smallMultiples({
    width: requireWidth(width ?? DEFAULT_WIDTH),
    title,
    name: `${yLabel} by ${xLabel}`,
    description: `${yLabel} by ${xLabel} on two log axes, for ${[...styles.keys()].join(', ')}.`,
    legend: () => [items],
    everyMarker: true,
    panels: [
      {
        title: undefined,
        x: { label: xLabel, kind: 'log' },
        y: { label: yLabel, kind: 'log' },
        traces: series.flatMap(({ label, x, y }) => {
          const style = styles.get(label);
          const points = x.map((size, at) => ({ x: size, y: y[at] ?? null, low: null, high: null }));
          return style === undefined ? [] : [{ style, line: points, band: [], markers: points }];
        }),
      },
    ],
  });
}
