/** The cells of a plan, as a run needs them. */

import type { Cell } from '../cell.js';
import type { Manifest } from '../records/manifest.js';

export interface PlannedCell {
  readonly cell: Cell;
  /** Title of the first step that has it, with its labels there */
  readonly title: string;
  /** Optional in every step that has it */
  readonly optional: boolean;
}

export function plannedCells({ steps, cells }: Manifest): readonly PlannedCell[] {
  const uses = new Map<string, Omit<PlannedCell, 'cell'>>();
  for (const step of steps) {
    for (const { cell, labels } of step.cells) {
      const before = uses.get(cell);
      const title = before?.title ?? [step.title, ...Object.values(labels)].join(' · ');
      uses.set(cell, { title, optional: step.optional && (before?.optional ?? true) });
    }
  }
  return cells.map((cell) => ({ cell, ...(uses.get(cell.id) ?? { title: cell.id, optional: false }) }));
}
