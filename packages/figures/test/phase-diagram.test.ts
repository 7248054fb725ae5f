import { describe, expect, it } from 'vitest';

import { phaseDiagramFigure, type PhaseCell, type PhaseDiagramData } from '../src/index.js';
import { rasterise } from '../src/phase/raster.js';
import { codeOf, expectStandalone, textOf } from './checks.js';
import { demoHeatMap, demoPhaseDiagram } from './demo.js';

const cell: PhaseCell = { phase: 'ordered', bounded: true };

describe('phaseDiagramFigure', () => {
  it('names axes, regions, boundaries and points', () => {
    const svg = phaseDiagramFigure(demoPhaseDiagram());
    expectStandalone(svg);
    const text = textOf(svg);
    for (const expected of [
      'weight variance σw2',
      'bias variance σb2',
      'χ1 = 1',
      'length, σw2 = 2.92',
      'ACI',
    ]) {
      expect(text).toContain(expected);
    }
    expect(text).toContain('ordered\nbounded');
    expect(text).toContain('chaotic\nbounded');
    expect(text).toContain('chaotic\nunbounded');
    expect(svg).toContain(
      '<desc>bias variance σ_b^2 against weight variance σ_w^2. Phases: ordered, bounded;',
    );
  });

  it('says bounded only where something is not', () => {
    const text = textOf(phaseDiagramFigure({ ...demoHeatMap(), title: 'tanh' }));
    expect(text).toContain('ordered');
    expect(text).not.toContain('bounded');
    expect(text).toContain('tanh');
  });

  it('has a colour bar in layers for a depth scale', () => {
    const svg = phaseDiagramFigure(demoHeatMap());
    expectStandalone(svg);
    expect(textOf(svg)).toContain('depth scale ξc (layers)');
    expect(textOf(svg)).toContain('≥103');
  });

  it('stays as it is', () => {
    const cells = [0, 1].map(() => [cell, { phase: 'chaotic' as const, bounded: false }]);
    const boundaries = [
      {
        label: '$χ_1$ = 1',
        points: [
          { x: 0.5, y: 0 },
          { x: 0.5, y: 1 },
        ],
      },
    ];
    const svg = phaseDiagramFigure({ grid: { x: [0, 1], y: [0, 1], cells }, boundaries });
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('is the same for the same data', () => {
    expect(phaseDiagramFigure(demoHeatMap())).toBe(phaseDiagramFigure(demoHeatMap()));
  });

  it('names a region in a legend when the region has no room for its name', () => {
    const x = Array.from({ length: 81 }, (_, index) => index / 20);
    const cells = [0, 1].map(() =>
      x.map((each): PhaseCell => ({ ...cell, phase: Math.abs(each - 2) < 0.06 ? 'chaotic' : 'ordered' })),
    );
    const boundaries = [1.94, 2.06].map((at) => ({
      label: `at ${at}`,
      points: [
        { x: at, y: 0 },
        { x: at, y: 1 },
      ],
    }));
    const svg = phaseDiagramFigure({ grid: { x, y: [0, 1], cells }, boundaries });
    expect(textOf(svg).trim().split('\n').at(-1)).toBe('chaotic');
  });

  it('takes log axes and other symbols, and breaks curves at missing points', () => {
    const grid = {
      x: [1, 2],
      y: [1, 100],
      cells: [
        [cell, cell],
        [cell, cell],
      ],
    };
    const points = [
      { x: 1, y: 1 },
      { x: 1.5, y: 10 },
      { x: null, y: 20 },
      { x: 1.5, y: 30 },
      { x: 2, y: 100 },
    ];
    const svg = phaseDiagramFigure({
      grid,
      y: { label: 'correlation strength $k$', scale: 'log' },
      boundaries: [{ label: 'length', points }],
    });
    expectStandalone(svg);
    expect(textOf(svg)).toContain('correlation strength k');
    expect(svg).toMatch(/d="M[^"M]*M[^"M]*" fill="none" stroke-linejoin="round" stroke="#1a1a1a"/);
  });

  it('escapes hostile labels', () => {
    const label = '<script>alert(1)</script>&"';
    const svg = phaseDiagramFigure({
      ...demoPhaseDiagram(),
      title: label,
      x: { label },
      points: [{ label, x: 1, y: 0.5 }],
      boundaries: [
        {
          label,
          points: [
            { x: 2, y: 0 },
            { x: 2, y: 1 },
          ],
        },
      ],
    });
    expectStandalone(svg);
  });

  it('refuses data that it cannot draw', () => {
    const data = demoPhaseDiagram();
    const { grid } = data;
    const refused: PhaseDiagramData[] = [
      { grid: { x: [], y: [], cells: [] } },
      { grid: { ...grid, x: [...grid.x].reverse() } },
      { grid: { ...grid, cells: grid.cells.slice(1) } },
      { grid: { ...grid, cells: grid.cells.map((row) => row.slice(1)) } },
      {
        grid: {
          x: [0, NaN],
          y: [0, 1],
          cells: [
            [cell, cell],
            [cell, cell],
          ],
        },
      },
      { ...data, x: { label: 'x', domain: [1, 1] } },
      { ...data, x: { label: 'x', scale: 'log', domain: [0, 1] } },
      { ...data, y: { label: 'y', scale: 'log' } },
      { ...data, boundaries: [{ label: 'b', points: [{ x: NaN, y: 1 }] }] },
      { ...data, depthScale: {} },
    ];
    for (const each of refused) expect(codeOf(() => phaseDiagramFigure(each))).toBe('INVALID_ARGUMENT');
  });
});

describe('rasterise', () => {
  const box = { x: 0, y: 0, width: 100, height: 100 };
  const every = (step: number): number[] =>
    Array.from({ length: 100 / step + 1 }, (_, index) => index * step);

  it('follows a curve between grid points, whatever its direction', () => {
    const columns = every(10);
    const curves = [
      [
        [-5, 33.3],
        [105, 33.3],
      ],
      [
        [33.3, -5],
        [33.3, 105],
      ],
      [
        [-5, -5],
        [105, 105],
      ],
      [
        [-5, 20],
        [40, 60],
        [105, 70],
      ],
    ] as const;
    for (const curve of curves) {
      const above = (x: number, y: number): boolean => {
        const index = curve.findIndex(([cx]) => cx > x);
        const [from, to] = [curve[index - 1] ?? curve[0], curve[index] ?? curve[1]];
        return from[0] === to[0]
          ? x < from[0]
          : y < from[1] + ((x - from[0]) * (to[1] - from[1])) / (to[0] - from[0]);
      };
      const { nearest, width } = rasterise(box, { columns, rows: columns }, [[curve]]);
      const wrong = nearest.filter(([row, column], index) => {
        const [x, y] = [(index % width) + 0.5, Math.floor(index / width) + 0.5];
        return above(x, y) !== above(columns[column] ?? 0, columns[row] ?? 0);
      });
      // Points of the grid may lie on the curve itself; nothing else is off.
      expect(wrong.length).toBeLessThan(curve === curves[2] ? 101 : 1);
    }
  });

  it('lets grid points on a curve speak for no pixel', () => {
    const columns = every(10);
    const { nearest, width } = rasterise(box, { columns, rows: columns.toReversed() }, [
      [
        [
          [50, 100],
          [50, 0],
        ],
      ],
    ]);
    for (const [index, [, column]] of nearest.entries()) {
      const [x, speaker] = [(index % width) + 0.5, columns[column] ?? 50];
      expect(Math.sign(speaker - 50)).toBe(Math.sign(x - 50));
    }
  });

  it('takes the nearest grid point without curves', () => {
    const { nearest } = rasterise(box, { columns: [0, 100], rows: [100, 0] }, []);
    expect(nearest[0]).toEqual([1, 0]);
    expect(nearest.at(-1)).toEqual([0, 1]);
  });
});
