/**
 * Colours of Okabe and Ito (*Color Universal Design*, 2008) without their yellow, which white paper swallows.
 * Each series also has its own dash and marker, so that nothing depends on colour alone.
 */

import { element } from './svg.js';

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'down' | 'plus' | 'cross';

export interface SeriesStyle {
  readonly colour: string;
  readonly dash: string | undefined;
  readonly marker: Marker;
}

const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'] as const;
const DASHES = [undefined, '6 2.2', '1.6 2', '7 2 1.6 2', '3.5 2', '10 3', '1 1.2'] as const;
const MARKERS: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'down', 'plus', 'cross'];

/** The look of a series by its number. After seven the dashes and markers shift against the colours: 49 differ. */
export function seriesStyle(index: number): SeriesStyle {
  const round = Math.floor(index / COLOURS.length);
  const shifted = (index + round) % COLOURS.length;
  return {
    colour: COLOURS[index % COLOURS.length] ?? '#000000',
    dash: DASHES[shifted],
    marker: MARKERS[shifted] ?? 'circle',
  };
}

const POLYGONS: Readonly<
  Record<Exclude<Marker, 'circle' | 'plus' | 'cross'>, readonly (readonly [number, number])[]>
> = {
  square: [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  triangle: [
    [0, -1.15],
    [1.08, 0.75],
    [-1.08, 0.75],
  ],
  diamond: [
    [0, -1.3],
    [1.1, 0],
    [0, 1.3],
    [-1.1, 0],
  ],
  down: [
    [0, 1.15],
    [1.08, -0.75],
    [-1.08, -0.75],
  ],
};

/** A marker of a given radius in px: white inside, so that crowded ones can be told apart. */
export function drawMarker(marker: Marker, x: number, y: number, radius: number, colour: string): string {
  const look = { stroke: colour, 'stroke-width': 1.1 };
  if (marker === 'circle') return element('circle', { cx: x, cy: y, r: radius, fill: '#fff', ...look });
  if (marker === 'plus' || marker === 'cross') {
    const [a, b] = marker === 'plus' ? [radius * 1.2, 0] : [radius * 0.9, radius * 0.9];
    const stroke = (dx: number, dy: number): string =>
      `M${(x - dx).toFixed(2)} ${(y - dy).toFixed(2)}L${(x + dx).toFixed(2)} ${(y + dy).toFixed(2)}`;
    return element('path', { d: stroke(a, b) + stroke(-b, a), fill: 'none', ...look });
  }
  const corners = POLYGONS[marker].map(
    ([dx, dy]) => `${(x + dx * radius).toFixed(2)},${(y + dy * radius).toFixed(2)}`,
  );
  return element('polygon', { points: corners.join(' '), fill: '#fff', ...look });
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

const channel = (colour: string, index: number): number =>
  parseInt(colour.slice(1 + 2 * index, 3 + 2 * index), 16);

/** The ramp's colour at t in [0, 1]. */
export function rampColour(t: number): string {
  const position = Math.min(1, Math.max(0, t)) * (RAMP.length - 1);
  const index = Math.min(RAMP.length - 2, Math.floor(position));
  const [from, to] = [RAMP[index] ?? RAMP[0], RAMP[index + 1] ?? RAMP[0]];
  const mix = [0, 1, 2].map((i) => {
    const start = channel(from, i);
    return Math.round(start + (position - index) * (channel(to, i) - start));
  });
  return `#${mix.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
