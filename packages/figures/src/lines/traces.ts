/** What a panel draws for one series: a line, a band about it, markers with error bars. Gaps stay gaps. */

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
const LARGEST_MARKER = 2.7;
const SMALLEST_MARKER = 1.9;
/** Least distance in px between the markers of one series. */
const MARKER_SPACING = 8.5;

/** Runs of neighbouring points that have a position; a lower end off a log axis goes to the box's foot. */
function runs(points: readonly MeasuredPoint[], { x, y }: Scales, box: Box): Position[][] {
  const out: Position[][] = [[]];
  for (const point of points) {
    const [px, py] = [x.at(point.x), y.at(point.y)];
    if (px === null || py === null) {
      out.push([]);
      continue;
    }
    const low = point.low === null ? py : (y.at(point.low) ?? box.y + box.height);
    const high = point.high === null ? py : (y.at(point.high) ?? box.y);
    out.at(-1)?.push({ x: px, y: py, low, high });
  }
  return out.filter((run) => run.length > 0);
}

const join = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L');

function drawLine({ line, style }: Trace, scales: Scales, box: Box): string {
  const bare = line.map((point) => ({ ...point, low: null, high: null }));
  const d = runs(bare, scales, box)
    // A lone point between gaps is a dot: a line of no length with round ends.
    .map((run) => `M${join((run.length === 1 ? [...run, ...run] : run).map(({ x, y }) => [x, y]))}`)
    .join('');
  if (d === '') return '';
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
  const d = runs(band, scales, box)
    .filter((run) => run.length > 1)
    .map((run) => {
      const back = run.toReversed().map(({ x, low }) => [x, low] as const);
      return `M${join([...run.map(({ x, high }) => [x, high] as const), ...back])}Z`;
    })
    .join('');
  return d === '' ? '' : element('path', { d, fill: style.colour, 'fill-opacity': 0.22 });
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
  const shown = runs(
    markers.filter((_, index) => index % stride === 0),
    scales,
    box,
  ).flat();
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

/** All series of a panel: bands lowest, then lines, then every stride-th marker. */
export function drawTraces(traces: readonly Trace[], scales: Scales, box: Box, stride: number): string {
  return [drawBand, drawLine, drawMarkers]
    .flatMap((draw) => traces.map((trace) => draw(trace, scales, box, stride)))
    .join('');
}
