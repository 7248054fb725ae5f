/** A run as one self-contained HTML page. */

import { htmlReport, type ReportSection } from '@meanfield/figures';
import type { ManifestStep, Run } from '@meanfield/lab';

import { showEntry } from '../output/table.js';
import { phaseDiagramSections } from './phase-diagram.js';
import { propagationSections } from './propagation.js';
import type { StepSections } from './section.js';
import { cellsOf, type StepCellView } from './step-cells.js';
import { tableOf } from './tables.js';
import { trainingSections } from './training.js';

const FIGURES: Readonly<Record<string, StepSections>> = {
  propagation: propagationSections,
  training: trainingSections,
  'phase-diagram': phaseDiagramSections,
};

export async function reportOf(run: Run): Promise<string> {
  void run;
  return htmlReport({ title: run.manifest.title, sections: [] as ReportSection[] });
}
