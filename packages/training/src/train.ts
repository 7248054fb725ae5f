/**
 * Training many independent networks side by side, as `singh2021` §2.3 and §3.2 average over them.
 *
 * Each network has its own initial weights and its own order of examples, so that the standard error over
 * networks covers both. The same stream gives network r the same order under every initializer: comparisons
 * of schemes are paired.
 */

import { silent, type Ensemble, type Examples } from '@meanfield/core';

import { Batches, sliceExamples } from './batches.js';
import { CurveRecorder, type Curve, type Estimate, type NetworkOutcome } from './curves.js';
import { sampleNetworks } from './initial-networks.js';
import { TrainingProgress } from './progress.js';
import { planTraining, type TrainingPlan, type TrainingRequest } from './request.js';
import { evaluationSteps } from './schedule.js';

/** Most training examples that the training loss of a point is measured on. */
const TRAIN_LOSS_ROWS = 2000;

export interface TrainingCurves {
  /** Steps done, from 0 to the last; evenly spaced in their logarithm */
  readonly step: readonly number[];
  /** The same in passes over the training examples */
  readonly epoch: readonly number[];
  /** Loss on a fixed part of the training examples, with the same parameters as the validation loss */
  readonly trainLoss: Curve;
  readonly validationLoss: Curve;
  /** Share of validation examples classified rightly, for tasks whose metric it is */
  readonly accuracy?: Curve;
}

export interface FinalScores {
  readonly step: number;
  readonly epoch: number;
  readonly trainLoss: Estimate;
  readonly validationLoss: Estimate;
  readonly accuracy?: Estimate;
}

export interface TrainingResult {
  readonly curves: TrainingCurves;
  /** The last point of the curves */
  readonly final: FinalScores;
  /** What became of each network */
  readonly outcomes: readonly NetworkOutcome[];
  readonly backend: string;
  /** Steps asked for; all of them are done unless every network diverges */
  readonly steps: number;
  readonly networks: number;
  readonly batchSize: number;
  readonly trainLossRows: number;
  /** Buffers alive in the backend before the first step and after the last */
  readonly liveBuffers: { readonly start: number; readonly end: number };
  /** Wall time of the whole run */
  readonly seconds: number;
  /** Steps of single networks in a second of stepping: start-up and evaluations are not counted */
  readonly stepsPerSecond: number;
}

const now = (): number => performance.now() / 1000;

/** Lets timers, signals and progress bars of this process have their turn. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

interface Run {
  readonly request: TrainingRequest;
  readonly plan: TrainingPlan;
  readonly points: readonly number[];
  readonly trainPart: Examples;
  readonly ensemble: Ensemble;
  readonly recorder: CurveRecorder;
  readonly batches: readonly Batches[];
  readonly progress: TrainingProgress;
}

async function evaluatePoint(
  { request, trainPart, ensemble, recorder, progress }: Run,
  step: number,
): Promise<void> {
  const train = await ensemble.evaluate(trainPart);
  const validation = await ensemble.evaluate(request.data.validation);
  recorder.record(step, train, validation);
  progress.evaluated(recorder.latest('validationLoss'));
}

/** Steps up to the next point; returns the steps done, fewer where every network has diverged. */
async function advance(
  { ensemble, recorder, batches, progress }: Run,
  from: number,
  to: number,
): Promise<number> {
  for (let step = from; step < to; step++) {
    recorder.watch(step, await ensemble.step(batches.map((each) => each.next())));
    if (recorder.allDiverged) return step + 1;
    if (progress.stepped(step + 1)) await breathe();
  }
  return to;
}

async function runSteps(run: Run): Promise<{ readonly stepsDone: number; readonly stepSeconds: number }> {
  let stepsDone = 0;
  let stepSeconds = 0;
  for (const point of run.points) {
    const start = now();
    if (!run.recorder.allDiverged) stepsDone = await advance(run, stepsDone, point);
    stepSeconds += now() - start;
    if (run.recorder.allDiverged) run.recorder.recordNothing();
    else await evaluatePoint(run, point);
  }
  run.progress.finished();
  return { stepsDone, stepSeconds };
}

function curvesOf({ points, plan, recorder, request }: Run): TrainingCurves {
  return {
    step: points,
    epoch: points.map((step) => step / plan.stepsPerEpoch),
    trainLoss: recorder.curve('trainLoss'),
    validationLoss: recorder.curve('validationLoss'),
    ...(request.task.metric === 'accuracy' ? { accuracy: recorder.curve('accuracy') } : {}),
  };
}

function finalOf({ step, epoch, trainLoss, validationLoss, accuracy }: TrainingCurves): FinalScores {
  const last = ({ mean, stderr }: Curve): Estimate => ({
    mean: mean.at(-1) ?? null,
    stderr: stderr.at(-1) ?? null,
  });
  return {
    step: step.at(-1) ?? 0,
    epoch: epoch.at(-1) ?? 0,
    trainLoss: last(trainLoss),
    validationLoss: last(validationLoss),
    ...(accuracy === undefined ? {} : { accuracy: last(accuracy) }),
  };
}

/**
 * Trains `networks` networks of a task from an initializer and evaluates them along the way.
 *
 * The same request gives the same curves. A network whose loss stops being finite is reported as diverged
 * and left out of the means from there on.
 *
 * @throws MeanfieldError INVALID_OPTION, INVALID_ARGUMENT for a request that makes no sense; what the
 * backend's `open` throws
 */
export async function train(request: TrainingRequest): Promise<TrainingResult> {
  const started = now();
  const plan = planTraining(request);
  const { task, data, activation, initializer, backend, optimizer, stream, report = silent } = request;
  const { sizes, activateOutput, networks, batchSize, steps } = plan;
  const trainLossRows = Math.min(data.train.count, TRAIN_LOSS_ROWS);
  const ensemble = await backend.open({
    network: { sizes, activation, activateOutput },
    loss: task.loss,
    optimizer,
    initial: sampleNetworks(initializer, sizes, networks, stream),
  });
  try {
    const run: Run = {
      request,
      plan,
      ensemble,
      points: evaluationSteps(steps, plan.evaluations),
      trainPart: sliceExamples(data.train, 0, trainLossRows),
      recorder: new CurveRecorder(networks),
      batches: Array.from(
        { length: networks },
        (_, network) => new Batches(data.train, batchSize, stream.child('network').child(network)),
      ),
      progress: new TrainingProgress(`training from ${initializer.name}`, steps, report),
    };
    const before = ensemble.liveBuffers();
    const { stepsDone, stepSeconds } = await runSteps(run);
    const liveBuffers = { start: before, end: ensemble.liveBuffers() };
    const curves = curvesOf(run);
    return {
      curves,
      final: finalOf(curves),
      outcomes: run.recorder.outcomes,
      backend: backend.name,
      steps,
      networks,
      batchSize,
      trainLossRows,
      liveBuffers,
      seconds: now() - started,
      stepsPerSecond: (stepsDone * networks) / stepSeconds,
    };
  } finally {
    await ensemble.close();
  }
}
