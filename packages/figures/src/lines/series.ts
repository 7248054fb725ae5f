/** What the series of line figures share: their look, their samples in a legend, and error bars. */

import { symbolCircle } from 'd3-shape';

import { type LegendItem, SAMPLE_WIDTH } from '../draw/legend.js';
import { drawMarker, seriesStyle, type SeriesStyle } from '../draw/palette.js';
import { element, FRAME } from '../draw/svg.js';
import { DOT, type MeasuredPoint } from './traces.js';

/** Bars and bands reach this many standard errors to either side; 2 hold a Gaussian mean in 95 % of cases. */
export type ErrorMultiple = 1 | 2;

export const DEFAULT_WIDTH = 326;

/** One style for each label in the order of first appearance, unless the series says which. */
export function stylesByLabel(
  series: readonly { readonly label: string; readonly style?: number }[],
): ReadonlyMap<string, SeriesStyle> {
  const styles = new Map<string, SeriesStyle>();
  for (const { label, style } of series) {
    if (!styles.has(label)) styles.set(label, seriesStyle(style ?? styles.size));
  }
  return styles;
}

export function withErrors(
  x: number,
  y: number | null | undefined,
  stderr: number | null | undefined,
  multiple: ErrorMultiple,
): MeasuredPoint {
  if (y === null || y === undefined) return { x, y: null, low: null, high: null };
  if (stderr === null || stderr === undefined || !Number.isFinite(stderr))
    return { x, y, low: null, high: null };
  return { x, y, low: y - multiple * stderr, high: y + multiple * stderr };
}

const line = (x: number, y: number, colour: string, dash: string | undefined): string =>
  element('path', {
    d: `M${x.toFixed(2)} ${y.toFixed(2)}h${SAMPLE_WIDTH}`,
    stroke: colour,
    'stroke-width': 1.6,
    'stroke-dasharray': dash,
    fill: 'none',
  });

/** A series' line, with its marker on it where the figure has markers. */
export function seriesItem(
  label: string,
  style: SeriesStyle,
  parts: { readonly line: boolean; readonly marker: boolean },
): LegendItem {
  return {
    label,
    sample: (x, y) =>
      (parts.line ? line(x, y, style.colour, style.dash) : '') +
      (parts.marker ? drawMarker(style.marker, x + SAMPLE_WIDTH / 2, y, 2.9, style.colour) : ''),
  };
}

/** What lines are, in ink, for all series. */
export const lineItem = (label: string): LegendItem => ({
  label,
  sample: (x, y) => line(x, y, FRAME, undefined),
});

/** What markers with bars are, in ink, for all series. */
export const barItem = (label: string): LegendItem => ({
  label,
  sample(x, y) {
    const middle = x + SAMPLE_WIDTH / 2;
    const d = `M${middle} ${y - 5.5}v11m-1.6 0h3.2m0 -11h-3.2`;
    return (
      element('path', { d, stroke: FRAME, fill: 'none' }) + drawMarker(symbolCircle, middle, y, 2.7, FRAME)
    );
  },
});

/** What lines with bands are, in ink, for all series. */
export const bandItem = (label: string): LegendItem => ({
  label,
  sample: (x, y) =>
    element('rect', { x, y: y - 4.5, width: SAMPLE_WIDTH, height: 9, fill: FRAME, 'fill-opacity': 0.22 }) +
    line(x, y, FRAME, undefined),
});

/** What a vertical line stands for. */
export const verticalItem = (label: string, dash: string): LegendItem => ({
  label,
  sample: (x, y) =>
    element('path', {
      d: `M${(x + SAMPLE_WIDTH / 2).toFixed(2)} ${(y - 6).toFixed(2)}v12`,
      stroke: FRAME,
      'stroke-width': 1.1,
      'stroke-dasharray': dash,
    }),
});

/** What dots of one colour are. */
export const dotItem = (label: string, colour: string): LegendItem => ({
  label,
  sample: (x, y) => element('circle', { cx: x + SAMPLE_WIDTH / 2, cy: y, r: DOT, fill: colour }),
});

/** A line of words without a sample. */
export const noteItem = (label: string): LegendItem => ({ label, sample: undefined });
