/** SVG as strings: no DOM, so that a figure is a pure function and the same data give the same bytes. */

import { MeanfieldError } from '@meanfield/core';

import { escapeMarkup } from '../text/escape.js';
import { labelToSvg, labelToText } from '../text/rich-text.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const FONT = "'DejaVu Sans', Verdana, sans-serif";
/** Font sizes in px: 96 px are an inch, so that 9.6 px are 7.2 pt when a figure is printed at its own size. */
export const TICK_SIZE = 9.6;
export const LABEL_SIZE = 10.4;
export const TITLE_SIZE = 11.5;
export const INK = '#1a1a1a';
export const FRAME = '#4d4d4d';

/** Coordinates to a hundredth of a pixel. A coordinate that is not finite is a fault of the figure. */
function coordinate(value: number): string {
  if (!Number.isFinite(value)) {
    throw new MeanfieldError({
      code: 'INTERNAL',
      expected: 'a finite coordinate in a figure',
      found: String(value),
      remedy: 'report the data that gave it',
    });
  }
  // + 0 turns −0 into 0
  return String(Number(value.toFixed(2)) + 0);
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; attribute values are escaped, children are mark-up already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? coordinate(value) : escapeMarkup(value ?? '')}"`,
    )
    .join('');
  const content = children.join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export interface TextOptions {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  /** Degrees, clockwise, about (x, y) */
  readonly angle?: number;
  /** A white rim, for text over curves and colours */
  readonly halo?: boolean;
}

/** A label (see rich-text.ts) with its baseline's reference point at (x, y). */
export function text(label: string, x: number, y: number, options: TextOptions = {}): string {
  const { size = LABEL_SIZE, anchor = 'start', bold = false, angle = 0, halo = false } = options;
  return element(
    'text',
    {
      x,
      y,
      'font-size': size,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'font-weight': bold ? 'bold' : undefined,
      transform: angle === 0 ? undefined : `rotate(${coordinate(angle)} ${coordinate(x)} ${coordinate(y)})`,
      ...(halo
        ? { stroke: '#fff', 'stroke-width': 2.6, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
        : {}),
    },
    labelToSvg(label, size),
  );
}

/** Children cut at the box's edges, in the same coordinates. A nested svg needs no id, unlike a clip path. */
export function clipped({ x, y, width, height }: Box, ...children: readonly string[]): string {
  const viewBox = [x, y, width, height].map(coordinate).join(' ');
  return element('svg', { x, y, width, height, viewBox, overflow: 'hidden' }, ...children);
}

export interface DocumentParts {
  readonly width: number;
  readonly height: number;
  /** Short name of the figure, for assistive technology; a label */
  readonly title: string;
  /** What is to be seen, in a sentence or two; a label */
  readonly description: string;
  readonly content: readonly string[];
}

/** A standalone SVG on a white ground. It has no ids, no scripts and no style sheet, so that many fit on one page. */
export function svgDocument({ width, height, title, description, content }: DocumentParts): string {
  const name = labelToText(title);
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${coordinate(width)} ${coordinate(height)}`,
      role: 'img',
      'aria-label': name,
      'font-family': FONT,
      fill: INK,
    },
    element('title', {}, escapeMarkup(name)),
    element('desc', {}, escapeMarkup(labelToText(description))),
    element('rect', { width, height, fill: '#fff' }),
    ...content,
  )}\n`;
}
