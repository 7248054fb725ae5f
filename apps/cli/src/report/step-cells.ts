/** The cells of one step of a run as its section of a report needs them. */

import type { CellRecord, Manifest, ManifestStep, Run } from '@meanfield/lab';

export interface StepCellView {
  /** By option that the step goes through, such as `initializer`: how its value is called */
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Manifest['cells'][number]['options'];
  readonly record: CellRecord;
}

/** Cells of the step that have a record, in the step's order. */
export function cellsOf({ manifest, records }: Run, step: ManifestStep): StepCellView[] {
  const byId = new Map(manifest.cells.map((cell) => [cell.id, cell]));
  return step.cells.flatMap(({ cell, labels }) => {
    const record = records.get(cell);
    const options = byId.get(cell)?.options;
    return record === undefined || options === undefined ? [] : [{ labels, options, record }];
  });
}

/** The option whose values are the series of a figure: the one the step names, or the first it goes through. */
export function seriesOption(step: ManifestStep): string | undefined {
  const named = step.figure['series'];
  return typeof named === 'string' ? named : Object.keys(step.cells[0]?.labels ?? {})[0];
}

/** What tells this cell from the others along `option`; the step's title when nothing varies. */
export function labelAlong(cell: StepCellView, option: string | undefined, step: ManifestStep): string {
  return (option === undefined ? undefined : cell.labels[option]) ?? step.title;
}

/** Everything else that varies, in words: what tells panels or figures apart. */
function labelBeside({ labels }: StepCellView, option: string | undefined): string {
  return Object.entries(labels)
    .filter(([path]) => path !== option)
    .map(([, label]) => label)
    .join(', ');
}

/** Cells by `labelBeside`, in order of first appearance. */
export function groupBeside(
  cells: readonly StepCellView[],
  option: string | undefined,
): ReadonlyMap<string, readonly StepCellView[]> {
  const groups = new Map<string, StepCellView[]>();
  for (const cell of cells) {
    const key = labelBeside(cell, option);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return groups;
}
