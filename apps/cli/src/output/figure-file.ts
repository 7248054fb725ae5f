/** Figures that a command writes to --out. */

import { MeanfieldError, show } from '@meanfield/core';
import { svgToPng } from '@meanfield/figures';
import { extname } from 'node:path';

import { writeWhole } from './files.js';

const FORMATS = ['.svg', '.png', '.json'] as const;
export type FigureFormat = (typeof FORMATS)[number];

const PNG_SCALE = 3;

/** By the ending of the path. Throws INVALID_ARGUMENT. */
export function figureFormatOf(path: string | undefined): FigureFormat {
  const ending = path === undefined ? '' : extname(path).toLowerCase();
  const format = FORMATS.find((each) => each === ending);
  if (format !== undefined) return format;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: '--out FILE.svg, FILE.png or FILE.json',
    found: show(path),
    remedy: 'name a file with one of these endings',
  });
}

/** @param width of the figure in pixels of 1/96 inch. Throws OUTPUT_UNWRITABLE. */
export function writeFigure(path: string, format: '.svg' | '.png', svg: string, width: number): void {
  writeWhole(path, format === '.svg' ? svg : svgToPng(svg, { width: PNG_SCALE * width }));
}
