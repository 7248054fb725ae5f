/** A run of training: all that it works with, at its beginning or where a checkpoint left it. */

import { silent, type Ensemble, type Examples } from '@meanfield/core';

import { BatchRows, sliceExamples } from './batches.js';
import { CheckpointWriter, findState, identityOf, openFrom, type Found } from './checkpoints.js';
import { CurveRecorder } from './curves.js';
import { sampleNetworks } from './initial-networks.js';
import { TrainingProgress } from './progress.js';
import type { TrainingPlan, TrainingRequest } from './request.js';
import { createStepper, type Stepper } from './stepper.js';

/** Most training examples that the training loss of a point is measured on. */
const TRAIN_LOSS_ROWS = 2000;

/** A run under way */
export interface Run {
  readonly request: TrainingRequest;
  readonly plan: TrainingPlan;
  /** The fixed training examples that points are measured on */
  readonly trainPart: Examples;
  readonly ensemble: Ensemble;
  readonly recorder: CurveRecorder;
  readonly progress: TrainingProgress;
  readonly stepper: Stepper;
  readonly checkpoints: CheckpointWriter | undefined;
}

/** Opens the ensemble at its beginning, or where a checkpoint left it. */
export async function openRun(
  request: TrainingRequest,
  plan: TrainingPlan,
): Promise<{ readonly run: Run; readonly found: Found }> {
  const { task, data, activation, initializer, backend, optimizer, stream, checkpoint } = request;
  const { sizes, activateOutput, networks, batchSize, steps } = plan;
  const identity = checkpoint === undefined ? '' : await identityOf(request, plan);
  const kept = checkpoint === undefined ? { state: null } : await findState(checkpoint, identity);
  const initial = sampleNetworks(initializer, sizes, networks, stream);
  const network = { sizes, activation, activateOutput };
  const spec = { network, loss: task.loss, optimizer, initial };
  const { ensemble, found } = await openFrom(backend, spec, kept);
  const recorder =
    found.state === null ? new CurveRecorder(networks) : CurveRecorder.from(found.state.recorded);
  const rows = initial.map((_, each) => {
    return new BatchRows(data.train.count, batchSize, stream.child('network').child(each));
  });
  const run: Run = {
    request,
    plan,
    ensemble,
    recorder,
    trainPart: sliceExamples(data.train, 0, Math.min(data.train.count, TRAIN_LOSS_ROWS)),
    progress: new TrainingProgress(
      `training from ${initializer.name}`,
      steps,
      networks,
      request.report ?? silent,
    ),
    stepper: createStepper({
      ensemble,
      train: data.train,
      batchSize,
      rows,
      observe: (step, losses) => recorder.watch(step, losses),
    }),
    checkpoints: checkpoint === undefined ? undefined : new CheckpointWriter(checkpoint, identity),
  };
  return { run, found };
}
