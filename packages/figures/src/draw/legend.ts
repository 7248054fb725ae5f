/** A legend: samples with labels, set in as many rows as the width needs. */

import { labelWidth } from '../text/rich-text.js';
import { text, TICK_SIZE } from './svg.js';

export interface LegendItem {
  /** A label (see rich-text.ts) */
  readonly label: string;
  /** The sample's mark-up, drawn from x to x + SAMPLE_WIDTH about the height y; a note has none */
  readonly sample: ((x: number, y: number) => string) | undefined;
}

export const SAMPLE_WIDTH = 24;
const SAMPLE_GAP = 5;
const ITEM_GAP = 14;
const ROW = 15;

export interface PlacedLegend {
  readonly height: number;
  readonly svg: string;
}

/** Rows of items from the left; `rows` begin a new line each. */
export function layOutLegend(
  rows: readonly (readonly LegendItem[])[],
  left: number,
  top: number,
  width: number,
): PlacedLegend {
  let y = top - ROW / 2;
  const parts: string[] = [];
  for (const row of rows.filter((each) => each.length > 0)) {
    let x = left;
    y += ROW;
    for (const item of row) {
      const indent = item.sample === undefined ? 0 : SAMPLE_WIDTH + SAMPLE_GAP;
      const itemWidth = indent + labelWidth(item.label, TICK_SIZE);
      if (x > left && x + itemWidth > left + width) {
        x = left;
        y += ROW;
      }
      parts.push(
        item.sample?.(x, y) ?? '',
        text(item.label, x + indent, y + TICK_SIZE * 0.36, { size: TICK_SIZE }),
      );
      x += itemWidth + ITEM_GAP;
    }
  }
  return { height: y + ROW / 2 - top, svg: parts.join('') };
}
