/** Figures of a report: inline SVG on a white card, so that colours mean the same in light and dark. */

import { MeanfieldError, show } from '@meanfield/core';

import { labelToHtml } from '../text/rich-text.js';
import type { ReportFigure } from './types.js';

/** How much larger than in print a figure may be shown, and how much smaller before it scrolls instead. */
const [LARGEST, SMALLEST] = [1.5, 0.8];

/** Tags that would run or fetch something, and tags with attributes that would. Quoted text is escaped, so no `>` hides in it. */
const ACTIVE =
  /<(?:script|foreignobject|iframe|image|style|use|a|animate|set)\b|<[^>]*\s(?:on\w+|href|xlink:href|src)\s*=|<[^>]*(?:url\s*\(|javascript:)/i;

function requirePassive(svg: string): void {
  const active = ACTIVE.exec(svg)?.[0];
  if (svg.startsWith('<svg') && active === undefined) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'an SVG element that runs and fetches nothing',
    found: show(active ?? svg),
    remedy: 'pass what a figure function of this package returned',
  });
}

/** The SVG shown between 0.8 and 1.5 times its own size: below that it scrolls, so that its text stays legible. */
export function figureToHtml({ svg, caption }: ReportFigure, name: string): string {
  requirePassive(svg);
  const width = Number(/^<svg[^>]*?\swidth="([\d.]+)"/.exec(svg)?.[1] ?? 600);
  const style = `width:100%;min-width:${Math.round(width * SMALLEST)}px;max-width:${Math.round(width * LARGEST)}px`;
  const sized = svg.trimEnd().replace(/^<svg/, `<svg style="${style}"`);
  return `<figure><div class="card">${sized}</div><figcaption><span class="name">${name}.</span> ${labelToHtml(caption)}</figcaption></figure>`;
}
