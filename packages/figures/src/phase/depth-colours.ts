/** The heat map of a depth scale and its colour bar, both on a log scale. */

import { scaleLog } from 'd3-scale';

import { requireDomain, requireDrawable } from '../checks.js';
import { rampColour } from '../draw/palette.js';
import { createScale } from '../draw/scale.js';
import { type Box, element, FRAME, LABEL_SIZE, text, TICK_SIZE } from '../draw/svg.js';
import { labelWidth } from '../text/rich-text.js';

const LEVELS = 32;
/** Depth scales beyond this many layers look alike, unless the caller says otherwise. */
const LONGEST = 1000;

const BAR_WIDTH = 11;
/** As many on any height, so that the room for their labels can be known before it. */
const BAR_TICKS = 6;

export interface DepthColours {
  readonly domain: readonly [number, number];
  /** A value's colour; null where it has none */
  colour(value: number | null | undefined): string | null;
}

/** Infinity takes the last colour; 0 (an infinitely short scale) the first. */
export function depthColours(
  values: readonly (number | null | undefined)[],
  domain: readonly [number, number] | undefined,
): DepthColours {
  const finite = values.filter(
    (value): value is number => typeof value === 'number' && value > 0 && value < Infinity,
  );
  requireDrawable(finite, 'positive finite depth scale');
  const ends = domain ?? decadesAbout(Math.min(...finite), Math.max(...finite));
  requireDomain(ends, 'log', 'a colour scale');
  const level = scaleLog(ends, [0, LEVELS]).clamp(true);
  return {
    domain: ends,
    colour(value) {
      if (value === null || value === undefined || value < 0) return null;
      return rampColour(Math.round(level(value)) / LEVELS);
    },
  };
}

/** Whole decades about the depths, at least one. */
function decadesAbout(shortest: number, longest: number): readonly [number, number] {
  const low = Math.min(shortest, LONGEST / 10);
  // A little more than `low`, so that the ends differ
  const high = Math.max(low * 1.001, Math.min(longest, LONGEST));
  const [first = low, last = high] = scaleLog().domain([low, high]).nice().domain();
  return [first, last];
}

/** The bar right of a plot; `≥` on its last label says that greater values have the last colour. */
export function drawColourBar(plot: Box, label: string, domain: readonly [number, number]): string {
  const x = plot.x + plot.width + 10;
  const bottom = plot.y + plot.height;
  const scale = createScale({
    kind: 'log',
    domain,
    range: [bottom, plot.y],
    count: BAR_TICKS,
  });
  const step = plot.height / LEVELS;
  const bars = Array.from({ length: LEVELS }, (_, index) =>
    element('rect', {
      x,
      y: bottom - (index + 1) * step,
      width: BAR_WIDTH,
      // A little more than the step, so that no white shows between neighbours
      height: index === 0 ? step : step + 0.6,
      fill: rampColour((index + 0.5) / LEVELS),
    }),
  );
  const ticks = scale.ticks.map((tick) => {
    const y = scale.at(tick.value) ?? bottom;
    const name =
      tick.label === undefined ? undefined : tick.value === domain[1] ? `≥${tick.label}` : tick.label;
    const line = element('path', {
      d: `M${(x + BAR_WIDTH).toFixed(2)} ${y.toFixed(2)}h${name === undefined ? 2 : 3}`,
      stroke: FRAME,
      'stroke-width': 0.8,
    });
    return (
      line +
      (name === undefined ? '' : text(name, x + BAR_WIDTH + 5, y + TICK_SIZE * 0.36, { size: TICK_SIZE }))
    );
  });
  const widest = Math.max(...scale.ticks.map((tick) => labelWidth(`≥${tick.label ?? ''}`, TICK_SIZE)));
  const labelX = x + BAR_WIDTH + 5 + widest + LABEL_SIZE;
  return [
    ...bars,
    element('rect', {
      x,
      y: plot.y,
      width: BAR_WIDTH,
      height: plot.height,
      fill: 'none',
      stroke: FRAME,
      'stroke-width': 0.8,
    }),
    ...ticks,
    text(label, labelX, plot.y + plot.height / 2, { anchor: 'middle', angle: -90 }),
  ].join('');
}

/** Room that the bar and its labels take right of a plot. */
export function colourBarMargin(domain: readonly [number, number]): number {
  const scale = createScale({ kind: 'log', domain, range: [1, 0], count: BAR_TICKS });
  const widest = Math.max(...scale.ticks.map((tick) => labelWidth(`≥${tick.label ?? ''}`, TICK_SIZE)));
  return 10 + BAR_WIDTH + 5 + widest + LABEL_SIZE + 4;
}
