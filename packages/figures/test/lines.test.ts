import { describe, expect, it } from 'vitest';

import { propagationFigure, trainingFigure } from '../src/index.js';
import { codeOf, expectStandalone, textOf } from './checks.js';
import { demoPropagation, demoTraining } from './demo.js';

describe('propagationFigure', () => {
  it('draws a panel for each quantity, says what lines and bars are, and names every series', () => {
    const svg = propagationFigure(demoPropagation());
    expectStandalone(svg);
    const text = textOf(svg);
    for (const [title, symbol] of [
      ['mean square', 'ql'],
      ['correlation', 'cl'],
      ['gap', '1 − cl'],
      ['dead fraction', 'share with hl ≤ 0'],
    ]) {
      expect(text.split('\n')).toContain(title);
      expect(text.split('\n')).toContain(symbol);
    }
    expect(text).toContain('layer l');
    expect(text).toContain('(d)');
    for (const expected of [
      'He',
      'ACI (k = 100)',
      'σw2 = 1.6',
      'theory',
      'simulation ± 2 s.e. over networks',
    ]) {
      expect(text).toContain(expected);
    }
  });

  it('is the same for the same data', () => {
    expect(propagationFigure(demoPropagation())).toBe(propagationFigure(demoPropagation()));
  });

  it('stays as it is', () => {
    const layer = (index: number): { layer: number; q: number } => ({ layer: index, q: 1 / (1 + index) });
    const simulation = [1, 2].map((index) => ({ ...layer(index), qStderr: 0.05 }));
    const svg = propagationFigure({ series: [{ label: 'He', theory: [0, 1, 2].map(layer), simulation }] });
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('draws bars as long as it says', () => {
    const figure = (errorMultiple: 1 | 2): string =>
      propagationFigure({
        errorMultiple,
        series: [
          {
            label: 'He',
            theory: [
              { layer: 0, q: 0 },
              { layer: 2, q: 10 },
            ],
            simulation: [{ layer: 1, q: 5, qStderr: 1 }],
          },
        ],
      });
    const bar = (svg: string): number => {
      const [, high, low] = /d="M[\d.]+ ([\d.]+)V([\d.]+)M/.exec(svg) ?? [];
      return Number(low) - Number(high);
    };
    expect(bar(figure(1))).toBeGreaterThan(5);
    expect(bar(figure(2)) / bar(figure(1))).toBeCloseTo(2, 2);
    expect(textOf(figure(1))).toContain('± 1 s.e.');
  });

  it('leaves gaps for what is missing or has no place, and takes c from the gap', () => {
    const theory = [0.5, null, 0.3, Infinity, 0.1].map((gap, layer) => ({ layer, gap }));
    const svg = propagationFigure({ series: [{ label: 'a', theory }] });
    expectStandalone(svg);
    expect(textOf(svg)).toContain('correlation');
    // Three lone points in each of the two panels: three pieces of path each
    const pieces = Array.from(
      svg.matchAll(/d="(M[^"]*)" fill="none" stroke="#0072b2" stroke-width="1.5"/g),
      ([, d]) => d?.match(/M/g)?.length,
    );
    expect(pieces).toEqual([3, 3]);
  });

  it('shows the markers of every n-th layer where they would run together, and says so', () => {
    const text = textOf(propagationFigure(demoPropagation(60)));
    expect(text).toMatch(/Markers at every \d+(st|nd|rd|th) layer\./);
    expect(textOf(propagationFigure(demoPropagation(10)))).not.toContain('Markers at every');
  });

  it('puts q on a log axis when it spreads far', () => {
    const at = (last: number): string =>
      textOf(
        propagationFigure({ series: [{ label: 'a', theory: [1, last].map((q, layer) => ({ layer, q })) }] }),
      );
    expect(at(1e-6)).toContain('10−6');
    expect(at(0.5)).not.toContain('10−');
  });

  it('escapes hostile labels', () => {
    const label = "</text><script>alert(1)</script> \"onload='x' & $<b>_{<i>}$";
    const svg = propagationFigure({
      ...demoPropagation(),
      title: label,
      series: [{ label, theory: [{ layer: 0, q: 1 }] }],
    });
    expectStandalone(svg);
    expect(svg).toContain('&lt;script&gt;');
  });

  it('refuses data that it cannot draw', () => {
    const refused = [
      { series: [] },
      { series: [{ label: 'a' }] },
      { series: [{ label: 'a', theory: [] }] },
      { series: [{ label: 'a', theory: [{ layer: 1, q: null }] }] },
      { series: [{ label: 'a', theory: [{ layer: 1, q: NaN }] }] },
      { series: [{ label: 'a', theory: [{ layer: 1, q: 1 }] }], panels: ['gap'] as const },
      { ...demoPropagation(), width: 10 },
      { ...demoPropagation(), width: NaN },
    ];
    for (const data of refused) expect(codeOf(() => propagationFigure(data))).toBe('INVALID_ARGUMENT');
  });
});

describe('trainingFigure', () => {
  it('draws every panel with its axes, and one legend', () => {
    const svg = trainingFigure({ ...demoTraining(), width: 660, title: 'Learning' });
    expectStandalone(svg);
    const text = textOf(svg);
    for (const expected of [
      'simple teacher, SGD',
      'simple teacher, Adam',
      'Fashion-MNIST, Adam',
      'Learning',
    ]) {
      expect(text).toContain(expected);
    }
    for (const label of ['He', 'ACI', 'RAI', 'RAAI', 'mean ± 2 s.e. over networks']) {
      expect(text.split('\n').filter((line) => line === label)).toHaveLength(1);
    }
    expect(text.split('\n').filter((line) => line === 'epoch')).toHaveLength(3);
    expect(text.split('\n').filter((line) => line === 'validation loss')).toHaveLength(2);
    expect(text).toContain('validation accuracy');
  });

  it('stays as it is', () => {
    const svg = trainingFigure({
      xScale: 'log',
      panels: [
        {
          quantity: 'loss',
          series: [
            { label: 'He', x: [0, 1, 10, 100], mean: [2, 1, 0.1, 0.01], stderr: [0.1, 0.1, 0.02, 0.02] },
          ],
        },
      ],
    });
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('keeps the look of a label over panels, and of a series that names its style', () => {
    const one = { x: [1, 2], mean: [1, 2] };
    const panel = (...series: readonly { label: string; style?: number }[]) => ({
      quantity: 'loss' as const,
      series: series.map((each) => ({ ...one, ...each })),
    });
    const svg = trainingFigure({ panels: [panel({ label: 'a' }, { label: 'b' }), panel({ label: 'b' })] });
    const strokes = Array.from(
      svg.matchAll(/stroke="(#[0-9a-f]{6})" stroke-width="1.5"/g),
      ([, colour]) => colour,
    );
    expect(strokes).toEqual(['#0072b2', '#d55e00', '#d55e00']);
    expect(trainingFigure({ panels: [panel({ label: 'z', style: 1 })] })).toContain('#d55e00');
  });

  it('leaves out labels under an axis that would run into those before them', () => {
    const series = [{ label: 'a', x: [0.02, 0.04, 0.09, 0.19, 0.4], mean: [1, 2, 3, 4, 5] }];
    const panel = { quantity: 'loss', series } as const;
    const svg = trainingFigure({ width: 660, xScale: 'log', panels: [panel, panel] });
    expect(svg).toContain('>0.04</text>');
    expect(svg).not.toContain('>0.05</text>');
    expect(svg).toContain('>0.1</text>');
  });

  it('lets no point widen one axis that has no place on the other', () => {
    const figure = (x: number[], mean: number[]): string =>
      trainingFigure({ xScale: 'log', panels: [{ quantity: 'loss', series: [{ label: 'a', x, mean }] }] });
    const drawn = figure([1, 10, 100], [1, 0.1, 0.01]);
    expect(figure([0, 1, 10, 100], [1e6, 1, 0.1, 0.01])).toBe(drawn);
    expect(figure([1, 10, 100, 1e6], [1, 0.1, 0.01, 0])).toBe(drawn);
    expect(codeOf(() => figure([0, 1], [1, 0]))).toBe('INVALID_ARGUMENT');
  });

  it('refuses lists of different lengths and curves without a value on the axis', () => {
    const curve = (mean: (number | null)[], stderr?: number[]): Parameters<typeof trainingFigure>[0] => ({
      panels: [
        { quantity: 'loss', series: [{ label: 'a', x: [1, 2], mean, ...(stderr ? { stderr } : {}) }] },
      ],
    });
    expect(codeOf(() => trainingFigure(curve([1, 2])))).toBeUndefined();
    expect(codeOf(() => trainingFigure({ panels: [] }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => trainingFigure(curve([1])))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => trainingFigure(curve([1, 2], [1])))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => trainingFigure(curve([NaN, 2])))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => trainingFigure(curve([null, null])))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => trainingFigure(curve([0, -1])))).toBe('INVALID_ARGUMENT');
  });
});
