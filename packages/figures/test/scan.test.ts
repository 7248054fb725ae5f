import { describe, expect, it } from 'vitest';

import { nodeActivityFigure, scanFigure } from '../src/index.js';
import { codeOf, expectStandalone, textOf } from './checks.js';
import { demoNodes, demoScan } from './demo.js';

/** Paths of vertical lines from foot to head: a move, then `v` and a length, with dashes. */
const verticals = (svg: string): number[] =>
  [...svg.matchAll(/<path d="M([\d.]+) [\d.]+v(\d{3}[\d.]*)"[^>]*dasharray/g)].map(([, x]) => Number(x));

describe('scanFigure', () => {
  it('draws a curve for each depth, and names boundaries and what lines and bars are', () => {
    const svg = scanFigure({ ...demoScan(), width: 660 });
    expectStandalone(svg);
    const text = textOf(svg);
    for (const part of [
      'l = 32',
      'theory',
      '± 2 s.e.',
      'lengths diverge',
      'fixed point q',
      'weight variance σw2',
    ])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(part);
  });

  it('draws a boundary in the panels that it is meant for, in its place', () => {
    const base = demoScan();
    const boundary = { label: 'here', weightVariance: 2 };
    const [first, second] = verticals(scanFigure({ ...base, width: 660, boundaries: [boundary] }));
    expect(second).toBeGreaterThan(first ?? Infinity);
    const alone = scanFigure({ ...base, width: 660, boundaries: [{ ...boundary, panels: ['c'] }] });
    expect(verticals(alone)).toEqual([second]);
    const beyond = scanFigure({ ...base, width: 660, boundaries: [{ ...boundary, weightVariance: -1e9 }] });
    expect(verticals(beyond).every((x) => x < 0)).toBe(true);
  });

  it('refuses what it cannot draw', () => {
    const { series } = demoScan();
    const bad = { label: 'bad', simulation: [{ weightVariance: 1, q: Number.NaN }] };
    expect(codeOf(() => scanFigure({ series: [] }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => scanFigure({ series: [...series, bad] }))).toBe('INVALID_ARGUMENT');
    const onlyLengths = { label: 'q', theory: [{ weightVariance: 1, q: 1 }] };
    expect(codeOf(() => scanFigure({ series: [onlyLengths], panels: ['c'] }))).toBe('INVALID_ARGUMENT');
  });
});

describe('nodeActivityFigure', () => {
  it('draws every node once, a panel for each network', () => {
    const svg = nodeActivityFigure({ ...demoNodes(), width: 660 });
    expectStandalone(svg);
    expect(svg.match(/M[\d.]+ [\d.]+h0/g)).toHaveLength(2 * 2 * 200);
    expect(textOf(svg)).toContain('layer 10');
  });

  it('refuses lists of different lengths and NaN', () => {
    const group = { label: 'layer 1', mean: [0, 1], deviation: [1, 1] };
    const draw = (change: object) => () =>
      nodeActivityFigure({ panels: [{ groups: [{ ...group, ...change }] }] });
    expect(codeOf(draw({ deviation: [1] }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(draw({ mean: [0, Number.NaN] }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(draw({}))).toBeUndefined();
  });
});
