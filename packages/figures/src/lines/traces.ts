/** What a panel draws for one series: a line, a band about it, markers with error bars. Gaps stay gaps. */

import { area, line } from 'd3-shape';

import { drawMarker, type SeriesStyle } from '../draw/palette.js';
import { type Scale } from '../draw/scale.js';
import { type Box, element } from '../draw/svg.js';

/** A point; null where the value is missing. */
export interface Point {
  readonly x: number;
  readonly y: number | null;
}

/** A point with the ends of its error bar or band; null when it has none. */
export interface MeasuredPoint extends Point {
  readonly low: number | null;
  readonly high: number | null;
}

export interface Trace {
  readonly style: SeriesStyle;
  readonly line: readonly Point[];
  readonly band: readonly MeasuredPoint[];
  readonly markers: readonly MeasuredPoint[];
  /** A cloud of small dots, all of them drawn */
  readonly dots?: readonly Point[];
}

export interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

interface Position {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

const LINE_WIDTH = 1.5;
const BAR_WIDTH = 1;
/** Diameter */
export const DOT = 2.4;
const LARGEST_MARKER = 2.7;
const SMALLEST_MARKER = 1.9;
/** Least distance in px between the markers of one series. */
const MARKER_SPACING = 8.5;

/** Positions in px, null where there is none; a lower end off a log axis goes to the box's foot. */
function positionsOf(points: readonly MeasuredPoint[], { x, y }: Scales, box: Box): (Position | null)[] {
  return points.map((point) => {
    const [px, py] = [x.at(point.x), y.at(point.y)];
    if (px === null || py === null) return null;
    const low = point.low === null ? py : (y.at(point.low) ?? box.y + box.height);
    const high = point.high === null ? py : (y.at(point.high) ?? box.y);
    return { x: px, y: py, low, high };
  });
}

const isThere = (position: Position | null): position is Position => position !== null;

/** A lone point between gaps becomes a line of no length, which round ends make a dot. */
const linePath = line<Position | null>(
  (at) => at?.x ?? 0,
  (at) => at?.y ?? 0,
)
  .defined(isThere)
  .digits(2);

const bandPath = area<Position | null>(
  (at) => at?.x ?? 0,
  (at) => at?.low ?? 0,
  (at) => at?.high ?? 0,
)
  .defined(isThere)
  .digits(2);

function drawLine({ line: points, style }: Trace, scales: Scales, box: Box): string {
  const bare = points.map((point) => ({ ...point, low: null, high: null }));
  const d = linePath(positionsOf(bare, scales, box));
  if (d === null) return '';
  return element('path', {
    d,
    fill: 'none',
    stroke: style.colour,
    'stroke-width': LINE_WIDTH,
    'stroke-dasharray': style.dash,
    'stroke-linejoin': 'round',
    'stroke-linecap': style.dash === undefined ? 'round' : undefined,
  });
}

function drawBand({ band, style }: Trace, scales: Scales, box: Box): string {
  const d = bandPath(positionsOf(band, scales, box));
  return d === null ? '' : element('path', { d, fill: style.colour, 'fill-opacity': 0.22 });
}

/** Every how many-th marker to draw: all of them unless they would run into each other. */
export function markerStride(markers: readonly Point[], scale: Scale): number {
  const positions = markers.map(({ x }) => scale.at(x)).filter((x) => x !== null);
  const [first, last] = [positions[0], positions.at(-1)];
  if (first === undefined || last === undefined || positions.length < 2) return 1;
  const spacing = Math.abs(last - first) / (positions.length - 1);
  return Math.max(1, Math.ceil(MARKER_SPACING / Math.max(spacing, 1e-3)));
}

function drawMarkers({ markers, style }: Trace, scales: Scales, box: Box, stride: number): string {
  const every = markers.filter((_, index) => index % stride === 0);
  const shown = positionsOf(every, scales, box).filter(isThere);
  const bars = shown
    .filter(({ low, high }) => low - high > 0.05)
    .map(({ x, low, high }) => {
      const cap = (y: number): string => `M${(x - 1.6).toFixed(2)} ${y.toFixed(2)}h3.2`;
      return `M${x.toFixed(2)} ${high.toFixed(2)}V${low.toFixed(2)}${cap(high)}${cap(low)}`;
    })
    .join('');
  const radius = shown.length > 16 ? SMALLEST_MARKER : LARGEST_MARKER;
  return [
    bars === ''
      ? ''
      : element('path', { d: bars, fill: 'none', stroke: style.colour, 'stroke-width': BAR_WIDTH }),
    ...shown.map(({ x, y }) => drawMarker(style.marker, x, y, radius, style.colour)),
  ].join('');
}

/** One path for all dots: each is a line of no length with round ends. */
function drawDots({ dots = [], style }: Trace, { x, y }: Scales): string {
  const d = dots
    .map((dot) => [x.at(dot.x), y.at(dot.y)] as const)
    .map(([px, py]) => (px === null || py === null ? '' : `M${px.toFixed(1)} ${py.toFixed(1)}h0`))
    .join('');
  if (d === '') return '';
  const look = { stroke: style.colour, 'stroke-width': DOT, 'stroke-opacity': 0.6 };
  return element('path', { d, fill: 'none', 'stroke-linecap': 'round', ...look });
}

/** All series of a panel: bands lowest, then lines, then dots, then every stride-th marker. */
export function drawTraces(traces: readonly Trace[], scales: Scales, box: Box, stride: number): string {
  return [drawBand, drawLine, drawDots, drawMarkers]
    .flatMap((draw) => traces.map((trace) => draw(trace, scales, box, stride)))
    .join('');
}
