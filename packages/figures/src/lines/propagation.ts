/** Signals by layer: mean-field theory as lines, simulated networks as markers with error bars (`singh2021` §2.1, §3.1). */

import { requireNoNaN, requireSome, requireWidth } from '../checks.js';
import { type ScaleKind } from '../draw/scale.js';
import { type SeriesStyle } from '../draw/palette.js';
import {
  barItem,
  DEFAULT_WIDTH,
  type ErrorMultiple,
  lineItem,
  noteItem,
  seriesItem,
  stylesByLabel,
  withErrors,
} from './series.js';
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
import { type Panel, smallMultiples } from './small-multiples.js';
import { type MeasuredPoint, type Trace } from './traces.js';

/** Pre-activations of one layer in the limit of infinite width. */
export interface TheoryLayer extends Signals {
  readonly layer: number;
}

/** Pre-activations of one layer, averaged over simulated networks. */
export interface SimulatedLayer extends MeasuredSignals {
  readonly layer: number;
}

export interface PropagationSeries {
  /** A label: plain text, mathematics between dollar signs */
  readonly label: string;
  readonly theory?: readonly TheoryLayer[];
  readonly simulation?: readonly SimulatedLayer[];
  /** Number of the colour, dash and marker, to keep them over several figures; by default its place */
  readonly style?: number;
}

export interface PropagationData {
  /** A label; no title is drawn without it */
  readonly title?: string;
  /** Pixels of 1/96 inch; default 326, a paper's column of 3.4 in */
  readonly width?: number;
  readonly series: readonly PropagationSeries[];
  /** Default: every quantity that has a value, in the order q, c, gap, deadFraction */
  readonly panels?: readonly PropagationQuantity[];
  /** Length of the error bars to either side, in standard errors; default 2 */
  readonly errorMultiple?: ErrorMultiple;
  /** Scale of q; by default log when its values spread over more than a factor 30 */
  readonly qScale?: ScaleKind;
}

const ordinal = (value: number): string => {
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[value % 100 > 10 && value % 100 < 14 ? 0 : value % 10];
  return `${value}${ending ?? 'th'}`;
};

const layersOf = ({ theory = [], simulation = [] }: PropagationSeries): readonly TheoryLayer[] => [
  ...theory,
  ...simulation,
];

function check({ series }: PropagationData): void {
  requireSome(series, 'series');
  requireSome(series.flatMap(layersOf), 'layers of theory or simulation');
  for (const each of series) {
    requireNoNaN(
      layersOf(each).map(({ layer }) => layer),
      `layer numbers of ${each.label}`,
    );
    for (const quantity of QUANTITIES) {
      requireNoNaN(
        layersOf(each).map((layer) => valueOf(layer, quantity)),
        `${quantity} of ${each.label}`,
      );
      requireNoNaN(
        (each.simulation ?? []).map((layer) => stderrOf(layer, quantity)),
        `${quantity}Stderr of ${each.label}`,
      );
    }
  }
}

function traceOf(
  series: PropagationSeries,
  quantity: PropagationQuantity,
  style: SeriesStyle,
  multiple: ErrorMultiple,
): Trace {
  const measured = (layer: SimulatedLayer): MeasuredPoint =>
    withErrors(layer.layer, valueOf(layer, quantity), stderrOf(layer, quantity), multiple);
  return {
    style,
    line: (series.theory ?? []).map((layer) => ({ x: layer.layer, y: valueOf(layer, quantity) })),
    band: [],
    markers: (series.simulation ?? []).map(measured),
  };
}

function scaleOf(data: PropagationData, quantity: PropagationQuantity): ScaleKind {
  if (quantity === 'gap') return 'log';
  if (quantity !== 'q') return 'linear';
  if (data.qScale !== undefined) return data.qScale;
  const values = data.series.flatMap(layersOf).map((layer) => valueOf(layer, 'q'));
  return spreadsWide(values) ? 'log' : 'linear';
}

function panelOf(
  data: PropagationData,
  quantity: PropagationQuantity,
  styles: ReadonlyMap<string, SeriesStyle>,
): Panel {
  return {
    title: TITLES[quantity],
    x: { label: 'layer $l$', kind: 'linear', whole: true },
    y: {
      label: SYMBOLS[quantity],
      kind: scaleOf(data, quantity),
      ...(quantity === 'deadFraction' ? { domain: [0, 1] as const } : {}),
    },
    traces: data.series.flatMap((series) => {
      const style = styles.get(series.label);
      return style === undefined ? [] : [traceOf(series, quantity, style, data.errorMultiple ?? 2)];
    }),
  };
}

/**
 * SVG of q, c, 1 − c and the dead fraction of pre-activations by layer, a panel each.
 *
 * Missing values (null) and infinite ones leave gaps, and so do values at or below 0 on a log scale. Where
 * panels are too narrow for the markers of all layers they show every n-th, and the legend says so. Throws INVALID_ARGUMENT without
 * data, on NaN, or when a panel that was asked for has no value to draw.
 */
export function propagationFigure(data: PropagationData): string {
  check(data);
  const width = requireWidth(data.width ?? DEFAULT_WIDTH);
  const styles = stylesByLabel(data.series);
  const hasValue = (quantity: PropagationQuantity): boolean =>
    data.series.flatMap(layersOf).some((layer) => isShown(valueOf(layer, quantity), quantity));
  const quantities = data.panels ?? QUANTITIES.filter(hasValue);
  requireSome(quantities, 'panels');
  const theory = data.series.some((series) => (series.theory ?? []).length > 0);
  const simulation = data.series.some((series) => (series.simulation ?? []).length > 0);
  const multiple = data.errorMultiple ?? 2;
  return smallMultiples({
    width,
    title: data.title,
    name: 'Signal propagation by layer',
    description: `${quantities.map((each) => `${TITLES[each]} ${SYMBOLS[each]}`).join(', ')} by layer for ${data.series.map(({ label }) => label).join(', ')}.${
      theory ? ' Lines: mean-field theory.' : ''
    }${simulation ? ` Markers: simulated networks with bars of ±${multiple} standard errors over networks.` : ''}`,
    legend: (stride) => [
      Array.from(styles, ([label, style]) => seriesItem(label, style, { line: theory, marker: simulation })),
      [
        ...(theory ? [lineItem('theory')] : []),
        ...(simulation ? [barItem(`simulation ± ${multiple} s.e. over networks`)] : []),
      ],
      simulation && stride > 1 ? [noteItem(`Markers at every ${ordinal(stride)} layer.`)] : [],
    ],
    panels: quantities.map((quantity) => panelOf(data, quantity, styles)),
  });
}
