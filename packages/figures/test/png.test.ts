import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { propagationFigure, svgToPng } from '../src/index.js';
import { codeOf } from './checks.js';
import { demoPropagation } from './demo.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

describe('svgToPng', () => {
  const svg = propagationFigure(demoPropagation());

  it('makes a PNG of the asked width and the same shape', () => {
    const png = svgToPng(svg, { width: 652 });
    expect([...png.subarray(0, 8)]).toEqual(SIGNATURE);
    const view = new DataView(png.buffer, png.byteOffset);
    const height = Number(/ height="(\d+)"/.exec(svg)?.[1]);
    expect(view.getUint32(16)).toBe(652);
    expect(Math.abs(view.getUint32(20) - 2 * height)).toBeLessThanOrEqual(1);
  });

  it('makes the same bytes of the same figure', () => {
    const hash = (): string =>
      createHash('sha256')
        .update(svgToPng(svg, { width: 326 }))
        .digest('hex');
    expect(hash()).toBe(hash());
  });

  it('draws text with the fonts that come with it', () => {
    const words = (text: string): Uint8Array =>
      svgToPng(
        `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><text x="2" y="15" font-family="'DejaVu Sans', sans-serif">${text}</text></svg>`,
        { width: 80 },
      );
    expect(words('σ')).not.toEqual(words(''));
  });

  it('refuses a bad width and what is no SVG', () => {
    for (const width of [0, -1, 1.5, NaN, 1e9])
      expect(codeOf(() => svgToPng(svg, { width }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => svgToPng('<p>', { width: 100 }))).toBe('INVALID_ARGUMENT');
  });
});
