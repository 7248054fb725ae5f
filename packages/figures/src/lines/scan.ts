/**
 * Signals against σ_w², one curve a depth: mean-field theory as lines, simulated networks as markers with error bars,
 * predicted boundaries as vertical lines (`singh2021` figs. 2.2, 3.2, 3.6, 3.7).
 */

import { requireNoNaN, requireSome, requireWidth } from '../checks.js';
import { FRAME, INK } from '../draw/svg.js';
import { type ScaleKind } from '../draw/scale.js';
import { seriesStyle, type SeriesStyle } from '../draw/palette.js';
import {
  isShown,
  type MeasuredSignals,
  type PropagationQuantity,
  QUANTITIES,
  type Signals,
  spreadsWide,
  stderrOf,
  SYMBOLS,
  TITLES,
  valueOf,
} from './quantities.js';
import {
  barItem,
  DEFAULT_WIDTH,
  type ErrorMultiple,
  lineItem,
  seriesItem,
  stylesByLabel,
  verticalItem,
  withErrors,
} from './series.js';
import { type Panel, smallMultiples, type Vertical } from './small-multiples.js';
import { type Trace } from './traces.js';

/** Signals at one σ_w²; `weightVariance` above 0. */
export type ScanPoint<T extends Signals = Signals> = T & { readonly weightVariance: number };

/** One curve, of a depth. */
export interface ScanSeries {
  /** A label: plain text, mathematics between dollar signs */
  readonly label: string;
  /** In the order of σ_w² */
  readonly theory?: readonly ScanPoint[];
  readonly simulation?: readonly ScanPoint<MeasuredSignals>[];
  /** Number of the colour, dash and marker; by default its place */
  readonly style?: number;
}

export interface ScanBoundary {
  /** A label, such as "lengths diverge" */
  readonly label: string;
  readonly weightVariance: number;
  /** Panels that show it; default all */
  readonly panels?: readonly PropagationQuantity[];
}

export interface ScanData {
  /** A label; no title is drawn without it */
  readonly title?: string;
  /** Pixels of 1/96 inch; default 326, a paper's column of 3.4 in */
  readonly width?: number;
  readonly series: readonly ScanSeries[];
  readonly boundaries?: readonly ScanBoundary[];
  /** q* of theory, where lengths have a fixed point; null where they have none */
  readonly fixedPoint?: readonly { readonly weightVariance: number; readonly q: number | null }[];
  /** Default: q and c */
  readonly panels?: readonly PropagationQuantity[];
  /** Length of the error bars to either side, in standard errors; default 2 */
  readonly errorMultiple?: ErrorMultiple;
  /** Scale of q; by default log when its values spread over more than a factor 30 */
  readonly qScale?: ScaleKind;
}

const BOUNDARY_DASHES = ['5 3', '1.5 2.5', '8 3 1.5 3'] as const;
const FIXED_POINT: SeriesStyle = { ...seriesStyle(0), colour: INK, dash: '2.5 2' };

const pointsOf = ({ theory = [], simulation = [] }: ScanSeries): readonly ScanPoint[] => [
  ...theory,
  ...simulation,
];

function check({ series, fixedPoint = [], boundaries = [] }: ScanData): void {
  requireSome(series, 'series');
  requireSome(series.flatMap(pointsOf), 'points of theory or simulation');
  const variances = [...series.flatMap(pointsOf), ...fixedPoint, ...boundaries];
  requireNoNaN(
    variances.map(({ weightVariance }) => weightVariance),
    'weight variances',
  );
  requireNoNaN(
    fixedPoint.map(({ q }) => q),
    'q*',
  );
  for (const each of series) {
    for (const quantity of QUANTITIES) {
      requireNoNaN(
        pointsOf(each).map((point) => valueOf(point, quantity)),
        `${quantity} of ${each.label}`,
      );
      requireNoNaN(
        (each.simulation ?? []).map((point) => stderrOf(point, quantity)),
        `${quantity}Stderr of ${each.label}`,
      );
    }
  }
}

function traceOf(
  { theory = [], simulation = [] }: ScanSeries,
  quantity: PropagationQuantity,
  style: SeriesStyle,
  multiple: ErrorMultiple,
): Trace {
  return {
    style,
    line: theory.map((point) => ({ x: point.weightVariance, y: valueOf(point, quantity) })),
    band: [],
    markers: simulation.map((point) =>
      withErrors(point.weightVariance, valueOf(point, quantity), stderrOf(point, quantity), multiple),
    ),
  };
}

function kindOf(data: ScanData, quantity: PropagationQuantity): ScaleKind {
  if (quantity === 'gap') return 'log';
  if (quantity !== 'q') return 'linear';
  const wide = spreadsWide(data.series.flatMap(pointsOf).map((point) => valueOf(point, 'q')));
  return data.qScale ?? (wide ? 'log' : 'linear');
}

const dashOf = (index: number): string => BOUNDARY_DASHES[index % BOUNDARY_DASHES.length]!;

function verticalsOf({ boundaries = [] }: ScanData, quantity: PropagationQuantity): Vertical[] {
  return boundaries.flatMap(({ weightVariance, panels = QUANTITIES }, index) =>
    panels.includes(quantity) ? [{ x: weightVariance, dash: dashOf(index), colour: FRAME }] : [],
  );
}

function panelOf(
  data: ScanData,
  quantity: PropagationQuantity,
  styles: ReadonlyMap<string, SeriesStyle>,
): Panel {
  const traces = data.series.map((series) =>
    traceOf(series, quantity, styles.get(series.label)!, data.errorMultiple ?? 2),
  );
  const line = (data.fixedPoint ?? []).map(({ weightVariance, q }) => ({ x: weightVariance, y: q }));
  const fixedPoint: Trace = { style: FIXED_POINT, line, band: [], markers: [] };
  return {
    title: TITLES[quantity],
    x: { label: 'weight variance $σ_w^2$', kind: 'linear' },
    y: {
      label: SYMBOLS[quantity],
      kind: kindOf(data, quantity),
      ...(quantity === 'deadFraction' ? { domain: [0, 1] as const } : {}),
    },
    traces: quantity === 'q' && line.length > 0 ? [...traces, fixedPoint] : traces,
    verticals: verticalsOf(data, quantity),
  };
}

/**
 * SVG of q, c, 1 − c or the dead fraction of pre-activations against σ_w², a panel each, a curve for each depth.
 *
 * Missing values (null) and infinite ones leave gaps, and so do values at or below 0 on a log scale. Throws
 * INVALID_ARGUMENT without data, on NaN, or when a panel that was asked for has no value to draw.
 */
export function scanFigure(data: ScanData): string {
  check(data);
  const width = requireWidth(data.width ?? DEFAULT_WIDTH);
  const { series, boundaries = [], fixedPoint = [], errorMultiple: multiple = 2 } = data;
  const panels = data.panels ?? ['q', 'c'];
  requireSome(panels, 'panels');
  for (const quantity of panels) {
    const shown = series.flatMap(pointsOf).filter((point) => isShown(valueOf(point, quantity), quantity));
    requireSome(shown, `values of ${TITLES[quantity]}`);
  }
  const styles = stylesByLabel(series);
  const theory = series.some((each) => (each.theory ?? []).length > 0);
  const simulation = series.some((each) => (each.simulation ?? []).length > 0);
  const fixedItem = seriesItem('fixed point $q^*$', FIXED_POINT, { line: true, marker: false });
  return smallMultiples({
    width,
    title: data.title,
    name: 'Signals against weight variance',
    description: `${panels.map((each) => `${TITLES[each]} ${SYMBOLS[each]}`).join(', ')} against the weight variance $σ_w^2$ for ${series.map(({ label }) => label).join(', ')}.${
      theory ? ' Lines: mean-field theory.' : ''
    }${simulation ? ` Markers: simulated networks with bars of ±${multiple} standard errors over networks.` : ''}`,
    legend: () => [
      Array.from(styles, ([label, style]) => seriesItem(label, style, { line: theory, marker: simulation })),
      [
        ...(theory ? [lineItem('theory')] : []),
        ...(simulation ? [barItem(`simulation ± ${multiple} s.e. over networks`)] : []),
        ...(panels.includes('q') && fixedPoint.length > 0 ? [fixedItem] : []),
      ],
      boundaries.map(({ label }, index) => verticalItem(label, dashOf(index))),
    ],
    panels: panels.map((quantity) => panelOf(data, quantity, styles)),
    everyMarker: true,
  });
}
