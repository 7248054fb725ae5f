/** One step of a run as one section of its report. */

import type { ReportSection } from '@meanfield/figures';
import type { ManifestStep } from '@meanfield/lab';

import type { StepCellView } from './step-cells.js';

/** Draws what a step found. Called with at least one cell, all of which have records. */
export type StepSections = (step: ManifestStep, cells: readonly StepCellView[]) => readonly ReportSection[];
