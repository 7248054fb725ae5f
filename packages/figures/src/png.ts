/** SVG to PNG through resvg with DejaVu Sans from its npm package and no fonts of the system: the same bytes everywhere. */

import { createRequire } from 'node:module';
import type * as ResvgModule from '@resvg/resvg-js';

import { MeanfieldError, show } from '@meanfield/core';

const FACES = ['DejaVuSans', 'DejaVuSans-Oblique', 'DejaVuSans-Bold', 'DejaVuSans-BoldOblique'];
const LARGEST_WIDTH = 20_000;

export interface PngOptions {
  /** Pixels; the height follows. A figure of 326 px printed 3.4 in wide has 300 dots an inch at 1020. */
  readonly width: number;
}

/** PNG of an SVG that this package drew. Throws INVALID_ARGUMENT on a bad width or when it is no SVG. */
export function svgToPng(svg: string, { width }: PngOptions): Uint8Array {
  if (!Number.isInteger(width) || width < 1 || width > LARGEST_WIDTH) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `a whole width from 1 to ${LARGEST_WIDTH} pixels`,
      found: show(width),
      remedy: 'choose a width inside it',
    });
  }
  // Loaded on first use: importing the package stays cheap, and pages that draw only SVG never need it.
  const require = createRequire(import.meta.url);
  const { Resvg } = require('@resvg/resvg-js') as typeof ResvgModule;
  try {
    const image = new Resvg(svg, {
      fitTo: { mode: 'width', value: width },
      font: {
        loadSystemFonts: false,
        fontFiles: FACES.map((face) => require.resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`)),
        defaultFontFamily: 'DejaVu Sans',
        sansSerifFamily: 'DejaVu Sans',
      },
    });
    return new Uint8Array(image.render().asPng());
  } catch (cause) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'an SVG document',
      found: `${show(svg)} (${cause instanceof Error ? cause.message : String(cause)})`,
      remedy: 'pass the text that a figure function returned',
      cause,
    });
  }
}
