/** The frame of a panel: its box, ticks, tick labels and axis labels. */

import { labelWidth } from '../text/rich-text.js';
import { type Scale } from './scale.js';
import { type Box, element, FRAME, LABEL_SIZE, text, TICK_SIZE } from './svg.js';

const TICK = 3.5;
const MINOR_TICK = 2;
const GAP = 3;

/** Room left of a plot for the labels of its y axis. */
export const leftMargin = (scale: Scale, label: string): number =>
  Math.ceil(
    TICK +
      GAP +
      Math.max(8, ...scale.ticks.map((tick) => labelWidth(tick.label ?? '', TICK_SIZE))) +
      (label === '' ? 2 : LABEL_SIZE + 6),
  );

/** Room under a plot for the labels of its x axis. */
export const BOTTOM_MARGIN: number = TICK + GAP + TICK_SIZE + LABEL_SIZE + 5;

/** The labels that have room beside those before them, from the left: on a log axis they come closer together. */
function roomyLabels(scale: Scale): ReadonlySet<string> {
  const shown = new Set<string>();
  let end = -Infinity;
  for (const { value, label } of scale.ticks) {
    const x = scale.at(value);
    if (label === undefined || x === null) continue;
    const half = labelWidth(label, TICK_SIZE) / 2;
    if (x - half < end + GAP) continue;
    shown.add(label);
    end = x + half;
  }
  return shown;
}

function xAxis(box: Box, scale: Scale, label: string): string {
  const bottom = box.y + box.height;
  const roomy = roomyLabels(scale);
  const parts = scale.ticks.map((tick) => {
    const x = scale.at(tick.value) ?? box.x;
    const length = tick.label === undefined ? MINOR_TICK : TICK;
    const line = element('path', { d: `M${x.toFixed(2)} ${bottom.toFixed(2)}v${length}` });
    return {
      line,
      label:
        tick.label === undefined || !roomy.has(tick.label)
          ? ''
          : text(tick.label, x, bottom + TICK + GAP + TICK_SIZE * 0.76, {
              size: TICK_SIZE,
              anchor: 'middle',
            }),
    };
  });
  return [
    element('g', { stroke: FRAME, 'stroke-width': 0.8 }, ...parts.map((part) => part.line)),
    ...parts.map((part) => part.label),
    text(label, box.x + box.width / 2, bottom + TICK + GAP + TICK_SIZE + LABEL_SIZE + 2, {
      anchor: 'middle',
    }),
  ].join('');
}

function yAxis(box: Box, scale: Scale, label: string, margin: number): string {
  const parts = scale.ticks.map((tick) => {
    const y = scale.at(tick.value) ?? box.y;
    const length = tick.label === undefined ? MINOR_TICK : TICK;
    const line = element('path', { d: `M${box.x.toFixed(2)} ${y.toFixed(2)}h-${length}` });
    return {
      line,
      label:
        tick.label === undefined
          ? ''
          : text(tick.label, box.x - TICK - GAP, y + TICK_SIZE * 0.36, { size: TICK_SIZE, anchor: 'end' }),
    };
  });
  return [
    element('g', { stroke: FRAME, 'stroke-width': 0.8 }, ...parts.map((part) => part.line)),
    ...parts.map((part) => part.label),
    text(label, box.x - margin + LABEL_SIZE, box.y + box.height / 2, { anchor: 'middle', angle: -90 }),
  ].join('');
}

export interface FrameParts {
  readonly box: Box;
  readonly x: { readonly scale: Scale; readonly label: string };
  /** `margin`: room kept left of the box, where the label's far edge goes */
  readonly y: { readonly scale: Scale; readonly label: string; readonly margin: number };
}

export function drawFrame({ box, x, y }: FrameParts): string {
  return [
    element('rect', { ...box, fill: 'none', stroke: FRAME, 'stroke-width': 0.8 }),
    xAxis(box, x.scale, x.label),
    yAxis(box, y.scale, y.label, y.margin),
  ].join('');
}

/** Faint lines across the box at the y axis' labelled ticks. */
export function drawGrid(box: Box, scale: Scale): string {
  const lines = scale.ticks
    .filter((tick) => tick.label !== undefined)
    .map(
      (tick) => `M${box.x.toFixed(2)} ${(scale.at(tick.value) ?? box.y).toFixed(2)}h${box.width.toFixed(2)}`,
    );
  return lines.length === 0
    ? ''
    : element('path', { d: lines.join(''), stroke: '#e4e4e4', 'stroke-width': 0.7, fill: 'none' });
}
