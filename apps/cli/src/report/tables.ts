/** The same tables for the terminal and for the report. */

import type { ManifestStep } from '@meanfield/lab';

import type { Entry } from '../output/table.js';
import { boundaryResult, propagationResult, resultOf, theoryResult, trainingResult } from './results.js';
import type { StepCellView } from './step-cells.js';

export interface StepTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Entry[])[];
}

type Row = (cell: StepCellView) => readonly Entry[] | undefined;

interface Kind {
  readonly head: readonly string[];
  readonly row: Row;
}

const pair = (mean: Entry, stderr: Entry): readonly Entry[] => [mean, stderr];

const KINDS: Readonly<Record<string, Kind>> = {
  theory: {
    head: ['q*', 'c*', 'χ₁', 'ξ_q', 'ξ_c', 'phase', 'lengths'],
    row({ record }) {
      const found = resultOf(theoryResult, record);
      if (found === undefined) return undefined;
      const { qStar, cStar, chi1, xiQ, xiC, phase, bounded } = found;
      return [qStar, cStar, chi1, xiQ, xiC, phase, bounded ? 'bounded' : 'unbounded'];
    },
  },
  boundary: {
    head: ['lengths bounded below σ_w² =', 'c = 1 stable below σ_w² =', 'method'],
    row({ record }) {
      const found = resultOf(boundaryResult, record);
      return found === undefined ? undefined : [found.length, found.correlation, found.method];
    },
  },
  propagation: {
    head: [
      'layer',
      'q simulated',
      '± s.e.',
      'q theory',
      'c simulated',
      '± s.e.',
      'c theory',
      'dead fraction',
    ],
    row({ record }) {
      const found = resultOf(propagationResult, record);
      const last = found?.layers.at(-1);
      if (found === undefined || last === undefined) return undefined;
      const theory = found.theory?.layers.at(-1);
      return [
        found.layers.length,
        ...pair(last.q, last.qStderr),
        theory?.q,
        ...pair(last.c, last.cStderr),
        theory?.c,
        last.deadFraction,
      ];
    },
  },
  training: {
    head: ['steps', 'validation loss', '± s.e.', 'accuracy', '± s.e.'],
    row({ record }) {
      const found = resultOf(trainingResult, record);
      if (found === undefined) return undefined;
      const { validationLoss, accuracy } = found.final;
      return [
        found.steps,
        ...pair(validationLoss.mean, validationLoss.stderr),
        accuracy?.mean,
        accuracy?.stderr,
      ];
    },
  },
};

/** A row for each complete cell; undefined for experiments without a table, or before any cell is complete. */
export function tableOf(step: ManifestStep, cells: readonly StepCellView[]): StepTable | undefined {
  const kind = KINDS[step.experiment];
  if (kind === undefined) return undefined;
  const paths = [...new Set(cells.flatMap(({ labels }) => Object.keys(labels)))];
  const rows = cells.flatMap((cell) => {
    const row = kind.row(cell);
    return row === undefined ? [] : [[...paths.map((path) => cell.labels[path]), ...row]];
  });
  if (rows.length === 0) return undefined;
  const head = [...paths, ...kind.head];
  const used = head.map((_, column) => rows.some((row) => row[column] !== undefined));
  const keep = <T>(entries: readonly T[]): T[] => entries.filter((_, column) => used[column]);
  return { title: step.title, head: keep(head), rows: rows.map(keep) };
}
