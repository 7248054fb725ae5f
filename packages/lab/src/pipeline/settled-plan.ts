/** A pipeline's plan in which every training names its backend. */

import type { Json, JsonObject, Lab } from '@meanfield/core';

import { BackendSettler, hasBackend } from '../backends/settle.js';
import { canonicalJson } from '../canonical-json.js';
import type { Manifest } from '../records/manifest.js';
import type { CellRequest } from '../resolve.js';
import { expandStep } from './expand.js';
import type { Pipeline } from './pipeline.js';
import { planPipeline } from './plan.js';

const keyOf = ({ experiment, options = {}, seed }: CellRequest): string =>
  canonicalJson([experiment, options as Json, seed], 'a request for training');

/**
 * Backends that are left to `auto` are those of the cells that the folder has, so that a run goes on as it began; others are
 * measured. Nothing is before the whole pipeline has been found to be right.
 *
 * @param before the manifest that the run's folder has
 * @throws MeanfieldError as `planPipeline`; BACKEND_UNAVAILABLE
 */
export async function planSettled(pipeline: Pipeline, lab: Lab, before: Manifest | null): Promise<Manifest> {
  const unsettled = planPipeline(pipeline, lab);
  const trainings = pipeline.steps.filter(({ experiment }) => hasBackend(experiment));
  if (trainings.length === 0) return unsettled;
  const had = new Set([...(before?.cells ?? []), ...(before?.earlier ?? [])].map(({ id }) => id));
  const settler = new BackendSettler(lab, { known: (id) => had.has(id) });
  const settled = new Map<string, JsonObject>();
  for (const step of trainings) {
    for (const { options, seed } of expandStep(step, pipeline.seed)) {
      const request = { experiment: step.experiment, options, seed };
      settled.set(keyOf(request), (await settler.settle(request)).request.options);
    }
  }
  return planPipeline(pipeline, lab, (request) =>
    hasBackend(request.experiment)
      ? { ...request, options: settled.get(keyOf(request)) ?? request.options }
      : request,
  );
}
