/** Phase diagrams as figures 2.1 and 3.1 of `singh2021` show them: σ_w² to the right, σ_b² upwards. */

import type { JsonObject, Json, Outcomes, ReproducedFigure, ReproductionStep, Size } from '@meanfield/core';
import { phaseDiagramFigure } from '@meanfield/figures';

import { phaseDiagramData } from '../../report/phase-diagram.js';
import { diagramOf } from '../phase-readings.js';

const WIDTH = 480;

const GRID: Readonly<Record<Size, JsonObject>> = {
  quick: {
    weightVariance: { from: 0.1, to: 4, count: 40 },
    vertical: { option: 'biasVariance', from: 0, to: 1, count: 21 },
  },
  full: {
    weightVariance: { from: 0.1, to: 4, count: 118 },
    vertical: { option: 'biasVariance', from: 0, to: 1, count: 61 },
  },
};

export const phaseStep = (
  id: string,
  title: string,
  size: Size,
  network: { readonly activation: Json; readonly initializer: Json },
): ReproductionStep => ({ id, title, experiment: 'phase-diagram', options: { ...GRID[size], ...network } });

export interface PhasePanel {
  readonly step: string;
  /** Of its files */
  readonly name: string;
  readonly caption: string;
}

export function phaseFigures(outcomes: Outcomes, panels: readonly PhasePanel[]): readonly ReproducedFigure[] {
  return panels.flatMap(({ step, name, caption }) => {
    const diagram = diagramOf(outcomes, step);
    if (diagram === undefined) return [];
    const svg = phaseDiagramFigure(phaseDiagramData(diagram, { width: WIDTH }));
    return [{ name, svg, caption: `${caption} Boundaries are traced. Method: ${diagram.method}.` }];
  });
}
