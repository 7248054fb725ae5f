/** The same tables for the terminal and for the report. */

import type { ManifestStep } from '@meanfield/lab';

import type { Entry } from '../output/table.js';
import { boundaryResult, propagationResult, resultOf, theoryResult, trainingResult } from './results.js';
import type { StepCellView } from './step-cells.js';

export interface StepTable {
  readonly title: string;
  /** Mathematics between dollar signs, as figures and reports take it */
  readonly head: readonly string[];
  readonly rows: readonly (readonly Entry[])[];
  /** How theory got the numbers, said of whom */
  readonly notes: readonly string[];
}

type Row = (cell: StepCellView) => readonly Entry[] | undefined;

interface Kind {
  readonly head: readonly string[];
  readonly row: Row;
  /** How theory got its numbers */
  readonly method?: (cell: StepCellView) => string | undefined;
}

const measured = (value: number | null | undefined, stderr: number | null | undefined): Entry =>
  typeof value === 'number' && typeof stderr === 'number' ? { value, stderr } : value;

const KINDS: Readonly<Record<string, Kind>> = {
  theory: {
    head: ['$q^*$', '$c^*$', '$χ_1$', '$ξ_q$', '$ξ_c$', 'phase', 'lengths'],
    row({ record }) {
      const found = resultOf(theoryResult, record);
      if (found === undefined) return undefined;
      const { qStar, cStar, chi1, xiQ, xiC, phase, bounded } = found;
      return [qStar, cStar, chi1, xiQ, xiC, phase, bounded ? 'bounded' : 'unbounded'];
    },
    method: ({ record }) => resultOf(theoryResult, record)?.method,
  },
  boundary: {
    head: ['lengths bounded below $σ_w^2$', '$χ_1$ < 1 below $σ_w^2$'],
    row({ record }) {
      const found = resultOf(boundaryResult, record);
      return found === undefined ? undefined : [found.length, found.correlation];
    },
    method: ({ record }) => resultOf(boundaryResult, record)?.method,
  },
  propagation: {
    head: ['layer', '$q$ simulated', '$q$ theory', '$c$ simulated', '$c$ theory', 'dead fraction'],
    row({ record }) {
      const found = resultOf(propagationResult, record);
      const last = found?.layers.at(-1);
      if (found === undefined || last === undefined) return undefined;
      const theory = found.theory?.layers.at(-1);
      const { q, qStderr, c, cStderr, deadFraction, deadFractionStderr } = last;
      return [
        found.layers.length,
        measured(q, qStderr),
        theory?.q,
        measured(c, cStderr),
        theory?.c,
        measured(deadFraction, deadFractionStderr),
      ];
    },
    method: ({ record }) => resultOf(propagationResult, record)?.theory?.method,
  },
  training: {
    head: ['steps', 'networks', 'validation loss', 'accuracy'],
    row({ record }) {
      const found = resultOf(trainingResult, record);
      if (found === undefined) return undefined;
      const { validationLoss, accuracy } = found.final;
      return [
        found.steps,
        found.networks,
        measured(validationLoss.mean, validationLoss.stderr),
        measured(accuracy?.mean, accuracy?.stderr),
      ];
    },
  },
};

/** "He, ACI: closed form" for each method in use. */
function notesOn(cells: readonly StepCellView[], method: Kind['method']): string[] {
  const users = new Map<string, string[]>();
  for (const cell of cells) {
    const used = method?.(cell);
    if (used !== undefined)
      users.set(used, [...(users.get(used) ?? []), Object.values(cell.labels).join(' ')]);
  }
  return [...users].map(([used, names]) => {
    const whose = names.filter((name) => name !== '').join(', ');
    return `Theory${whose === '' ? '' : ` of ${whose}`}: ${used}.`;
  });
}

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
  return { title: step.title, head: keep(head), rows: rows.map(keep), notes: notesOn(cells, kind.method) };
}
