import { describe, expect, it } from 'vitest';

import { curvesFigure, type CurvesData, type CurveSeries } from '../src/index.js';
import { codeOf, expectStandalone, textOf } from './checks.js';

const one = (
  series: Partial<CurveSeries>,
  panel: Partial<CurvesData['panels'][number]> = {},
): CurvesData => ({
  panels: [
    {
      x: { label: 'depth' },
      y: { label: '$1 - ρ_L$' },
      ...panel,
      series: [{ label: 'a', x: [1, 2, 4], y: [4, 2, 1], ...series }],
    },
  ],
});

/** The marks of series in the plots, not of the legend: lines, bands, dots and markers by what only they have. */
const marks = (svg: string) => ({
  lines: svg.match(/stroke-width="1.5"/g)?.length ?? 0,
  bands: svg.match(/d="[^"]+Z" fill="#[0-9a-f]{6}" fill-opacity="0.22"/g)?.length ?? 0,
  dots: svg.match(/stroke-opacity="0.6"/g)?.length ?? 0,
  // One more sample in the legend
  markers: Math.max(0, (svg.match(/transform="translate[^"]+" fill="#fff"/g)?.length ?? 0) - 1),
});

describe('curvesFigure', () => {
  it('draws each series as it asks, with bands about lines and bars on markers', () => {
    const none = { lines: 0, bands: 0, dots: 0, markers: 0 };
    expect(marks(curvesFigure(one({})))).toEqual({ ...none, lines: 1 });
    expect(marks(curvesFigure(one({ draw: 'markers' })))).toEqual({ ...none, markers: 3 });
    expect(marks(curvesFigure(one({ draw: 'both' })))).toEqual({ ...none, lines: 1, markers: 3 });
    expect(marks(curvesFigure(one({ draw: 'dots' })))).toEqual({ ...none, dots: 1 });
    const banded = curvesFigure(one({ stderr: [0.1, 0.1, null] }));
    expect(marks(banded)).toEqual({ ...none, lines: 1, bands: 1 });
    expect(textOf(banded)).toContain('mean ± 2 s.e.');
    const ranged = curvesFigure({
      ...one({ draw: 'markers', range: { low: [3, 1, 0], high: [5, 3, null] } }),
      notes: ['Bars: smallest to largest of 10 pairs.'],
    });
    expect(textOf(ranged)).toContain('Bars: smallest to largest of 10 pairs.');
    expect(textOf(ranged)).not.toContain('s.e.');
    // Two bars with caps; the third point has no upper end
    expect(/d="(M[^"]+V[^"]+)" fill="none" stroke="#0072b2"/.exec(ranged)?.[1]?.match(/V/g)).toHaveLength(3);
  });

  it('keeps the look of a label over panels, once in the legend, and takes the dash and marker it is told', () => {
    const pair = { label: 'pairs', x: [1, 2], y: [1, 2], style: 6, dash: 'solid', marker: 'plus' } as const;
    const data = one({});
    const svg = curvesFigure({
      width: 660,
      panels: [...data.panels, { ...data.panels[0]!, series: [pair, pair] }],
    });
    expectStandalone(svg);
    expect(
      textOf(svg)
        .split('\n')
        .filter((line) => line === 'pairs'),
    ).toHaveLength(1);
    expect(svg.match(/stroke="#000000" stroke-width="1.5" stroke-linejoin/g)).toHaveLength(2);
    const dashed = curvesFigure(one({ dash: 'dashed' }));
    expect(dashed).toContain('stroke-width="1.5" stroke-dasharray="6 2.2"');
  });

  it('has log axes, ends that the caller fixes, and gaps where a value has no place', () => {
    const log = one(
      { x: [0, 1, 10, 100], y: [1, 1, 0, 0.01] },
      { x: { label: 'depth', scale: 'log' }, y: { label: 'gap', scale: 'log', domain: [1e-3, 10] } },
    );
    const svg = curvesFigure(log);
    expectStandalone(svg);
    expect(textOf(svg)).toContain('10−3');
    expect(
      /d="(M[^"]*)" fill="none" stroke="#0072b2" stroke-width="1.5"/.exec(svg)?.[1]?.match(/M/g),
    ).toHaveLength(2);
  });

  it('refuses what it cannot draw', () => {
    const refused: CurvesData[] = [
      { panels: [] },
      one({ x: [], y: [] }),
      one({ y: [1, 2] }),
      one({ y: [1, NaN, 2] }),
      one({ stderr: [1] }),
      one({ range: { low: [1, 2, 3], high: [NaN, 1, 1] } }),
      one({ y: [null, null, null] }),
      one({}, { y: { label: 'y', domain: [1, 1] } }),
      { ...one({}), width: 3 },
    ];
    for (const data of refused) expect(codeOf(() => curvesFigure(data))).toBe('INVALID_ARGUMENT');
  });
});
