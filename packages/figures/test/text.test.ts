import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { escapeMarkup } from '../src/text/escape.js';
import { formatMeasured, formatNumber } from '../src/text/numbers.js';
import { labelToHtml, labelToSvg, labelToText, labelWidth, wrapLabel } from '../src/text/rich-text.js';
import { expectWellFormed } from './checks.js';

const require = createRequire(import.meta.url);

describe('labels', () => {
  it('sets letters of mathematics in italics, and scripts', () => {
    expect(labelToHtml('variance $σ_w^2$ of $W_{ij}$')).toBe(
      'variance <i>σ</i><sub><i>w</i></sub><sup>2</sup> of <i>W</i><sub><i>ij</i></sub>',
    );
    expect(labelToText('$10^{−3}$ and $σ_w^2$')).toBe('10^(−3) and σ_w^2');
  });

  it('puts a superscript over the subscript of the same letter, and comes back to the line', () => {
    const svg = labelToSvg('$σ_w^2$ = 1', 10);
    const moves = Array.from(svg.matchAll(/dy="(-?[\d.]+)"/g), ([, value]) => Number(value));
    expect(moves).toHaveLength(3);
    expect(moves.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 6);
    expect(svg).toMatch(/dx="-6\.05"[^>]*>2</);
  });

  it('leaves a lone dollar sign alone', () => {
    expect(labelToHtml('5 $')).toBe('5 $');
    expect(labelToHtml('a_b^c')).toBe('a_b^c');
  });

  it('never lets a label become mark-up', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('<>&"\'$_^{}a1 \u0000'), '\ud800') }),
        (label) => {
          expectWellFormed(`<text>${labelToSvg(label, 10)}</text>`);
          expectWellFormed(`<p>${labelToHtml(label)}</p>`);
        },
      ),
    );
    expect(escapeMarkup('\u0007\ud800"')).toBe('\ufffd\ufffd&quot;');
  });

  it.each([
    'weight variance',
    'simulation ± 2 s.e. over networks',
    'gap 1 − c',
    '0123456789',
    'ACI (k = 100), σχξ',
    'Fashion-MNIST, Adam',
  ])('knows how wide "%s" is to 2 % or a pixel', (label) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="200"><text x="9" y="99" font-family="DejaVu Sans" font-size="50">|${label}|</text></svg>`;
    const fontFiles = [require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')];
    const box = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).innerBBox();
    // The bars' own side bearings, 0.26 em together, are not ink.
    expect(Math.abs((box?.width ?? 0) + 0.26 * 50 - labelWidth(`|${label}|`, 50))).toBeLessThan(
      Math.max(0.02 * (box?.width ?? 0), 1),
    );
  });

  it('breaks lines at spaces outside mathematics', () => {
    const lines = wrapLabel('simple teacher, $a = b$, SGD', 10, 60);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(' ')).toBe('simple teacher, $a = b$, SGD');
    expect(lines.some((line) => line.includes('$a = b$'))).toBe(true);
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [2.920423, '2.92'],
    [-0.5, '−0.5'],
    [12345.678, '12350'],
    [1e-4, '$10^{−4}$'],
    [-2.5e9, '−2.5 × $10^{9}$'],
    [Infinity, '∞'],
  ])('shows %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([
    [0.042712, 0.00123, '0.0427 ± 0.0012'],
    [123.4, 12, '123 ± 12'],
    [2.213e-5, 3e-7, '(2.213 ± 0.030) × $10^{−5}$'],
    [1.5, 0, '1.5'],
  ])('shows %d with error %d as %s', (value, stderr, text) => {
    expect(formatMeasured(value, stderr)).toBe(text);
  });
});
