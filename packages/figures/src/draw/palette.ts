/**
 * Colours of Okabe and Ito (*Color Universal Design*, 2008) without their yellow, which white paper swallows.
 * Each series also has its own dash and marker, so that nothing depends on colour alone.
 */

import { scaleLinear } from 'd3-scale';
import {
  symbol,
  symbolAsterisk,
  symbolCircle,
  symbolDiamond2,
  symbolPlus,
  symbolSquare2,
  symbolTimes,
  symbolTriangle2,
  type SymbolType,
} from 'd3-shape';

import { element } from './svg.js';

export interface SeriesStyle {
  readonly colour: string;
  readonly dash: string | undefined;
  readonly marker: SymbolType;
}

const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'] as const;
const DASHES = [undefined, '6 2.2', '1.6 2', '7 2 1.6 2', '3.5 2', '10 3', '1 1.2'] as const;
const DASH_NAMES = ['solid', 'dashed', 'dotted', 'dash-dotted'] as const;
export type Dash = (typeof DASH_NAMES)[number];

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'asterisk' | 'plus' | 'times';
const MARKERS_BY_NAME: Readonly<Record<Marker, SymbolType>> = {
  circle: symbolCircle,
  square: symbolSquare2,
  triangle: symbolTriangle2,
  diamond: symbolDiamond2,
  asterisk: symbolAsterisk,
  plus: symbolPlus,
  times: symbolTimes,
};
const MARKERS: readonly SymbolType[] = Object.values(MARKERS_BY_NAME);

/** Lengths of strokes and gaps in px; undefined for a solid line. */
export const dashOf = (name: Dash): string | undefined => DASHES[DASH_NAMES.indexOf(name)];
export const markerOf = (name: Marker): SymbolType => MARKERS_BY_NAME[name];

/** The look of a series by its number. After seven the dashes and markers shift against the colours: 49 differ. */
export function seriesStyle(index: number): SeriesStyle {
  const round = Math.floor(index / COLOURS.length);
  const shifted = (index + round) % COLOURS.length;
  return {
    colour: COLOURS[index % COLOURS.length] ?? '#000000',
    dash: DASHES[shifted],
    marker: MARKERS[shifted] ?? symbolCircle,
  };
}

/** A marker about as large as a circle of this radius in px: white inside, so that crowded ones can be told apart. */
export function drawMarker(marker: SymbolType, x: number, y: number, radius: number, colour: string): string {
  const d = symbol(marker, Math.PI * radius ** 2).digits(2)();
  const transform = `translate(${x.toFixed(2)} ${y.toFixed(2)})`;
  return element('path', { d: d ?? undefined, transform, fill: '#fff', stroke: colour, 'stroke-width': 1.1 });
}

/** ColorBrewer's YlGnBu: lightness falls steadily, so that it survives greyscale and colour blindness. */
const RAMP = [
  '#ffffd9',
  '#edf8b1',
  '#c7e9b4',
  '#7fcdbb',
  '#41b6c4',
  '#1d91c0',
  '#225ea8',
  '#253494',
] as const;

/** The ramp's colour at t in [0, 1]. */
export const rampColour: (t: number) => string = scaleLinear(RAMP)
  .domain(RAMP.map((_, index) => index / (RAMP.length - 1)))
  .clamp(true);
