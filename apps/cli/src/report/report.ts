/** A run as one self-contained HTML page. Times apart, the same records give the same bytes. */

import { htmlReport, type ReportCell, type ReportSection, type ReportTable } from '@meanfield/figures';
import type { ManifestStep, Run } from '@meanfield/lab';
import { relative } from 'node:path';

import { isMeasured, showEntry, type Entry } from '../output/table.js';
import { phaseDiagramSections } from './phase-diagram.js';
import { propagationSections } from './propagation.js';
import type { StepSections } from './section.js';
import { cellsOf, type StepCellView } from './step-cells.js';
import { tableOf, type StepTable } from './tables.js';
import { timeTable } from './time-to-accuracy.js';
import { trainingSections } from './training.js';

const FIGURES: Readonly<Record<string, StepSections>> = {
  propagation: propagationSections,
  training: trainingSections,
  'phase-diagram': phaseDiagramSections,
};

const DIGITS = 6;

function cellOf(entry: Entry): ReportCell {
  if (entry === null || entry === undefined) return null;
  return typeof entry === 'number' || typeof entry === 'string' || isMeasured(entry)
    ? entry
    : showEntry(entry);
}

const reportTable = ({ head, rows, notes }: StepTable): ReportTable => ({
  columns: head.map((heading) => ({ heading, digits: DIGITS })),
  rows: rows.map((row) => row.map(cellOf)),
  notes,
});

function timeSections(
  step: ManifestStep,
  cells: readonly StepCellView[],
  targets: readonly number[],
): readonly ReportSection[] {
  const found = timeTable(step, cells, targets);
  return found === undefined ? [] : [{ heading: found.title, table: reportTable(found) }];
}

/** What did not come about, in the words of its error. */
function remarksOn(cells: readonly StepCellView[]): string[] {
  return cells.flatMap(({ labels, record }) => {
    if (record.status === 'complete') return [];
    const name = Object.values(labels).join(', ');
    return [`${name === '' ? '' : `${name}: `}${record.status}. ${record.error.message}`];
  });
}

function sectionsOf(run: Run, step: ManifestStep, targets: readonly number[]): readonly ReportSection[] {
  const cells = cellsOf(run, step);
  if (cells.length === 0) {
    return [
      { heading: step.title, paragraphs: [step.description, 'Not run yet.'].filter((text) => text !== '') },
    ];
  }
  const figures = FIGURES[step.experiment]?.(step, cells) ?? [];
  const table = tableOf(step, cells);
  const remarks = remarksOn(cells);
  const [
    first = { heading: step.title, paragraphs: step.description === '' ? [] : [step.description] },
    ...rest
  ] = figures;
  const paragraphs = [...(first.paragraphs ?? []), ...remarks];
  return [
    { ...first, paragraphs, ...(table === undefined ? {} : { table: reportTable(table) }) },
    ...rest,
    ...timeSections(step, cells, targets),
  ];
}

function versionsOf({ manifest }: Run): Record<string, string> {
  const uses = manifest.cells.flatMap(({ plugins }) => plugins);
  return Object.fromEntries(uses.map(({ package: name, version }) => [name, version] as const).sort());
}

/** Lower-case words joined by '-': a heading as a file's name. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** Every figure of the run's report, for files of their own. */
export function figuresOf(run: Run): { readonly name: string; readonly svg: string }[] {
  return run.manifest.steps
    .flatMap((step) => sectionsOf(run, step, []))
    .flatMap(({ heading, figure }) => (figure === undefined ? [] : { name: slug(heading), svg: figure.svg }));
}

/** @param targets accuracies for which a table says how long networks trained */
export function reportOf(run: Run, targets: readonly number[] = []): string {
  const { manifest, folder } = run;
  return htmlReport({
    title: manifest.title,
    ...(manifest.description === '' ? {} : { summary: [manifest.description] }),
    sections: manifest.steps.flatMap((step) => sectionsOf(run, step, targets)),
    provenance: {
      command: `meanfield run (pipeline ${manifest.name})`,
      seed: manifest.seed,
      recordsPath: relative(process.cwd(), folder) || folder,
      versions: versionsOf(run),
    },
    bibtex: manifest.bibliography,
  });
}
