/** Phase diagrams: regions and traced boundaries from the result of the experiment of that name. */

import {
  phaseDiagramFigure,
  type Phase,
  type PhaseBoundary,
  type PhaseDiagramData,
} from '@meanfield/figures';
import type { z } from 'zod';

import { phaseDiagramResult, resultOf } from './results.js';
import type { StepSections } from './section.js';
import { labelAlong, seriesOption } from './step-cells.js';

type PhaseDiagram = z.output<typeof phaseDiagramResult>;
type Curve = PhaseDiagram['boundaries']['length'];

const PHASES: readonly string[] = ['ordered', 'critical', 'chaotic'] satisfies readonly Phase[];
const phaseOf = (text: string): Phase | null => (PHASES.includes(text) ? (text as Phase) : null);

const AXES: Readonly<Record<string, string>> = {
  biasVariance: 'bias variance $σ_b^2$',
  k: 'correlation strength $k$',
};

function boundary(label: string, { weightVariance, vertical }: Curve): PhaseBoundary[] {
  if (weightVariance.every((x) => x === null)) return [];
  return [{ label, points: weightVariance.map((x, i) => ({ x, y: vertical[i] ?? null })) }];
}

/** Depth scales that a diagram can be coloured by, with their labels */
const HEAT = {
  'xi-c': 'depth scale of correlations $ξ_c$ (layers)',
  'xi-q': 'depth scale of lengths $ξ_q$ (layers)',
} as const;
export type Heat = keyof typeof HEAT;
export const HEATS = Object.keys(HEAT) as readonly Heat[];

interface FigureOptions {
  readonly title?: string;
  readonly width?: number;
  /** Colours by a depth scale instead of by phase */
  readonly heat?: Heat;
}

/** The figure's data. */
export function phaseDiagramData(
  { weightVariance, vertical, phase, bounded, xiQ, xiC, boundaries }: PhaseDiagram,
  { title, width, heat }: FigureOptions = {},
): PhaseDiagramData {
  const depths = heat === 'xi-q' ? xiQ : xiC;
  const { option, values } = vertical;
  return {
    ...(title === undefined ? {} : { title }),
    ...(width === undefined ? {} : { width }),
    ...(heat === undefined ? {} : { depthScale: { label: HEAT[heat] } }),
    y: { label: AXES[option] ?? option },
    grid: {
      x: weightVariance,
      y: values,
      cells: phase.map((row, y) =>
        row.map((name, x) => ({
          phase: phaseOf(name),
          bounded: bounded[y]?.[x] ?? null,
          depthScale: depths[y]?.[x] ?? null,
        })),
      ),
    },
    boundaries: [
      ...boundary('$χ_1$ = 1', boundaries.correlation),
      ...boundary('lengths diverge', boundaries.length),
    ],
  };
}

const WIDTH = 480;

export const phaseDiagramSections: StepSections = (step, cells) => {
  const option = seriesOption(step);
  return cells.flatMap((cell) => {
    const result = resultOf(phaseDiagramResult, cell.record);
    if (result === undefined) return [];
    const label = labelAlong(cell, option, step);
    return {
      heading: label === step.title ? label : `${step.title}: ${label}`,
      paragraphs: step.description === '' ? [] : [step.description],
      figure: {
        svg: phaseDiagramFigure(phaseDiagramData(result, { width: WIDTH })),
        caption: `Phases of infinitely wide networks (${label}); curves are traced, not read off the grid. Method: ${result.method}.`,
      },
    };
  });
};
