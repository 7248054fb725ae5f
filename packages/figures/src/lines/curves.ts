/** Curves of any quantities: panels of series on linear or log axes, as lines, markers or dots, with bands or error bars. */

import { requireNoNaN, requireSameLength, requireSome, requireWidth } from '../checks.js';
import { type LegendItem } from '../draw/legend.js';
import { type Dash, dashOf, type Marker, markerOf, type SeriesStyle } from '../draw/palette.js';
import { type ScaleKind } from '../draw/scale.js';
import {
  bandItem,
  barItem,
  DEFAULT_WIDTH,
  dotItem,
  type ErrorMultiple,
  noteItem,
  seriesItem,
  stylesByLabel,
  withErrors,
} from './series.js';
import { type Panel, smallMultiples } from './small-multiples.js';
import { type MeasuredPoint, type Trace } from './traces.js';

export interface CurveSeries {
  /** A label: plain text, mathematics between dollar signs. The same label has the same look in all panels. */
  readonly label: string;
  readonly x: readonly number[];
  /** null where a value is missing */
  readonly y: readonly (number | null)[];
  /** Standard errors of y: a band about a line, bars on markers */
  readonly stderr?: readonly (number | null)[];
  /** Ends of a band or bars that are no standard errors; say in `notes` what they are. Not together with `stderr`. */
  readonly range?: {
    readonly low: readonly (number | null)[];
    readonly high: readonly (number | null)[];
  };
  /** Default 'line'; 'both' is a line with markers, 'dots' a cloud of small ones */
  readonly draw?: 'line' | 'markers' | 'both' | 'dots';
  /** Number of the colour, dash and marker; by default the label's place */
  readonly style?: number;
  /** In place of the style's own */
  readonly dash?: Dash;
  readonly marker?: Marker;
}

export interface CurveAxis {
  /** A label, with the unit */
  readonly label: string;
  /** Default 'linear' */
  readonly scale?: ScaleKind;
  /** By default around the values */
  readonly domain?: readonly [number, number];
  /** Ticks at whole numbers only: layers, epochs */
  readonly whole?: boolean;
}

export interface CurvesPanel {
  /** A label over the panel */
  readonly title?: string;
  readonly x: CurveAxis;
  readonly y: CurveAxis;
  readonly series: readonly CurveSeries[];
}

export interface CurvesData {
  /** A label; no title is drawn without it */
  readonly title?: string;
  /** Pixels of 1/96 inch; default 326, a paper's column of 3.4 in */
  readonly width?: number;
  /** Half-width of bands and bars from `stderr` in standard errors; default 2 */
  readonly errorMultiple?: ErrorMultiple;
  /** Labels: lines of words under the legend */
  readonly notes?: readonly string[];
  readonly panels: readonly CurvesPanel[];
}

function check({ panels }: CurvesData): void {
  requireSome(panels, 'panels');
  for (const { title, series } of panels) {
    requireSome(series, `series of panel ${title ?? 'without a title'}`);
    for (const { label, x, y, stderr, range } of series) {
      requireSome(x, `points of ${label}`);
      requireNoNaN(x, `x of ${label}`);
      const lists = { y, stderr, 'lower ends': range?.low, 'upper ends': range?.high };
      for (const [name, values] of Object.entries(lists)) {
        if (values === undefined) continue;
        requireSameLength(values.length, x.length, `${name} of ${label}`);
        requireNoNaN(values, `${name} of ${label}`);
      }
    }
  }
}

function pointsOf({ x, y, stderr, range }: CurveSeries, multiple: ErrorMultiple): MeasuredPoint[] {
  return x.map((at, index) =>
    range === undefined
      ? withErrors(at, y[index], stderr?.[index], multiple)
      : { x: at, y: y[index] ?? null, low: range.low[index] ?? null, high: range.high[index] ?? null },
  );
}

const hasErrors = ({ stderr, range }: CurveSeries): boolean => stderr !== undefined || range !== undefined;

function traceOf(series: CurveSeries, style: SeriesStyle, multiple: ErrorMultiple): Trace {
  const points = pointsOf(series, multiple);
  const { draw = 'line' } = series;
  return {
    style,
    line: draw === 'line' || draw === 'both' ? points : [],
    band: draw === 'line' && hasErrors(series) ? points : [],
    markers: draw === 'markers' || draw === 'both' ? points : [],
    dots: draw === 'dots' ? points : [],
  };
}

/** The look of each label: its style, with what its first series replaces. */
function looks(series: readonly CurveSeries[]): ReadonlyMap<string, SeriesStyle> {
  return new Map(
    Array.from(stylesByLabel(series), ([label, style]): [string, SeriesStyle] => {
      const { dash, marker } = series.find((each) => each.label === label) ?? {};
      return [
        label,
        {
          colour: style.colour,
          dash: dash === undefined ? style.dash : dashOf(dash),
          marker: marker === undefined ? style.marker : markerOf(marker),
        },
      ];
    }),
  );
}

/** One sample a label, of all that its series draw in any panel. */
function legendItems(series: readonly CurveSeries[], styles: ReadonlyMap<string, SeriesStyle>): LegendItem[] {
  return Array.from(styles, ([label, style]) => {
    const ways = new Set(series.filter((each) => each.label === label).map(({ draw }) => draw ?? 'line'));
    if (ways.size === 1 && ways.has('dots')) return dotItem(label, style.colour);
    const marker = ways.has('markers') || ways.has('both');
    return seriesItem(label, style, { line: ways.has('line') || ways.has('both'), marker });
  });
}

/** What bands and bars of standard errors are; none where no series has them. */
function errorItems(series: readonly CurveSeries[], multiple: ErrorMultiple): LegendItem[] {
  const measured = series.filter(({ stderr }) => stderr !== undefined);
  const bands = measured.some(({ draw = 'line' }) => draw === 'line');
  const bars = measured.some(({ draw }) => draw === 'markers' || draw === 'both');
  return [
    ...(bands ? [bandItem(`mean ± ${multiple} s.e.`)] : []),
    ...(bars ? [barItem(`mean ± ${multiple} s.e.`)] : []),
  ];
}

/**
 * SVG of the series, a panel for each entry of `panels`; all markers are drawn.
 *
 * Missing values (null) and infinite ones leave gaps, and so do values at or below 0 on a log scale, where the lower
 * end of a band or bar runs off the panel. Throws INVALID_ARGUMENT without data, on NaN, on lists of different lengths,
 * or when a panel has no value to draw.
 */
export function curvesFigure(data: CurvesData): string {
  check(data);
  const { errorMultiple = 2, panels, notes = [] } = data;
  const all = panels.flatMap(({ series }) => series);
  const styles = looks(all);
  const names = panels.map(({ title, x, y }) =>
    [`${y.label} by ${x.label}`, title].filter(Boolean).join(', '),
  );
  return smallMultiples({
    width: requireWidth(data.width ?? DEFAULT_WIDTH),
    title: data.title,
    name: names[0] ?? 'Curves',
    description: `${names.join('; ')}, for ${[...styles.keys()].join(', ')}.`,
    legend: () => [
      legendItems(all, styles),
      errorItems(all, errorMultiple),
      ...notes.map((note) => [noteItem(note)]),
    ],
    everyMarker: true,
    panels: panels.map(({ title, x, y, series }): Panel => ({
      title,
      x: { label: x.label, kind: x.scale ?? 'linear', whole: x.whole ?? false, domain: x.domain },
      y: { label: y.label, kind: y.scale ?? 'linear', whole: y.whole ?? false, domain: y.domain },
      traces: series.map((each) => traceOf(each, styles.get(each.label)!, errorMultiple)),
    })),
  });
}
