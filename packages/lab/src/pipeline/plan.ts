/** A pipeline in a lab: every cell resolved, before anything runs. */

import {
  bibliographyOf,
  isMeanfieldError,
  MeanfieldError,
  type JsonObject,
  type Lab,
  type Reference,
} from '@meanfield/core';

import type { Cell } from '../cell.js';
import type { Manifest, ManifestStep, StepCell } from '../records/manifest.js';
import { resolveCell, type CellRequest, type ResolvedCell } from '../resolve.js';
import { expandStep, type Combination } from './expand.js';
import type { Pipeline, PipelineStep } from './pipeline.js';

/** Says in which step of the pipeline a request is wrong. */
function resolveIn(step: PipelineStep, lab: Lab, combination: Combination): ResolvedCell {
  try {
    return resolveCell(lab, { experiment: step.experiment, ...combination });
  } catch (error) {
    if (!isMeanfieldError(error)) throw error;
    const { code, expected, found, remedy } = error;
    throw new MeanfieldError({
      code,
      expected: `${expected} in step ${step.id} of the pipeline`,
      found,
      remedy,
      cause: error,
    });
  }
}

/**
 * What a run of the pipeline consists of. Equal cells of different steps are one cell.
 *
 * @param settle names the backends of requests that leave them to `auto`; they stay unsettled without it
 * @throws MeanfieldError for whatever is wrong with a step's experiment, options or plugins
 */
export function planPipeline(
  pipeline: Pipeline,
  lab: Lab,
  settle: (request: CellRequest) => CellRequest = (request) => request,
): Manifest {
  const cells = new Map<string, Cell>();
  const references: Reference[] = [];
  const planStep = (step: PipelineStep): ManifestStep => {
    const stepCells = expandStep(step, pipeline.seed).map((combination): StepCell => {
      const { options } = settle({ experiment: step.experiment, ...combination });
      const { cell, definitions } = resolveIn(step, lab, { ...combination, options: options as JsonObject });
      if (!cells.has(cell.id)) cells.set(cell.id, cell);
      references.push(...definitions.flatMap((definition) => definition.references));
      return { cell: cell.id, labels: combination.labels };
    });
    const { id, title, description, experiment, optional, figure } = step;
    return { id, title, description, experiment, optional, figure, cells: stepCells };
  };
  const steps = pipeline.steps.map(planStep);
  const { name, title, description, seed, plugins } = pipeline;
  return {
    format: 1,
    name,
    title,
    description,
    seed,
    plugins,
    steps,
    cells: [...cells.values()],
    earlier: [],
    bibliography: bibliographyOf(references),
  };
}
