/**
 * Training many independent networks side by side, as `singh2021` §2.3 and §3.2 average over them.
 *
 * Each network has its own initial weights and its own order of examples, so that the standard error over
 * networks covers both. The same stream gives network r the same order under every initializer: comparisons
 * of schemes are paired.
 */

import { evaluatePoint } from './evaluate.js';
import { planTraining, type TrainingRequest } from './request.js';
import { curvesOf, finalOf, type TrainingResult } from './result.js';
import { openRun, type Run } from './run.js';
import { Pace } from './stepper.js';

const CHUNK_SECONDS = 0.5;

const now = (): number => performance.now() / 1000;

/** Lets timers, signals and progress bars of this process have their turn. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Steps done in this process, and the seconds that they took */
interface Stepped {
  steps: number;
  seconds: number;
}

async function keepState({ checkpoints, ensemble, recorder }: Run, step: number): Promise<void> {
  if (checkpoints?.due === true && !recorder.allDiverged)
    await checkpoints.write(ensemble, step, recorder.recorded);
}

/** Steps up to the next point, in chunks that end where an epoch does. */
async function advance(run: Run, from: number, to: number, stepped: Stepped, pace: Pace): Promise<void> {
  const { plan, recorder, progress, stepper } = run;
  let step = from;
  while (step < to && !recorder.allDiverged) {
    const steps = Math.min(to - step, plan.stepsPerEpoch - (step % plan.stepsPerEpoch), pace.steps);
    const start = now();
    await stepper(step, steps);
    const took = now() - start;
    pace.took(took, steps);
    step += steps;
    stepped.steps += steps;
    stepped.seconds += took;
    progress.stepped(step, steps, took);
    await keepState(run, step);
    await breathe();
  }
}

async function runFrom(run: Run, step: number): Promise<Stepped> {
  const { plan, recorder, request } = run;
  const stepped: Stepped = { steps: 0, seconds: 0 };
  const pace = new Pace(request.chunkSeconds ?? CHUNK_SECONDS);
  let done = step;
  for (const point of plan.points.slice(recorder.points)) {
    await advance(run, done, point, stepped, pace);
    done = point;
    if (recorder.allDiverged) recorder.record({});
    else await evaluatePoint(run, point);
  }
  run.progress.finished();
  return stepped;
}

async function handOver({ request, ensemble }: Run): Promise<void> {
  const { keepParameters } = request;
  if (keepParameters === undefined) return;
  for (let network = 0; network < ensemble.networks; network++)
    keepParameters(network, await ensemble.parameters(network));
}

/**
 * Trains `networks` networks of a task from an initializer and evaluates them along the way.
 *
 * The same request gives the same curves, also where it was stopped and went on from a checkpoint. A network whose loss
 * stops being finite is reported as diverged and left out of the means from there on.
 *
 * @throws MeanfieldError INVALID_OPTION, INVALID_ARGUMENT for a request that makes no sense; what the
 * backend's `open` throws
 */
export async function train(request: TrainingRequest): Promise<TrainingResult> {
  const started = now();
  const plan = planTraining(request);
  const { run, found } = await openRun(request, plan);
  const { ensemble, recorder, checkpoints, trainPart } = run;
  try {
    const before = ensemble.liveBuffers();
    const { steps, seconds } = await runFrom(run, found.state?.step ?? 0);
    const liveBuffers = { start: before, end: ensemble.liveBuffers() };
    await handOver(run);
    const curves = curvesOf(run);
    const remarks = [found.remark, checkpoints?.failure].filter((each) => each !== undefined);
    return {
      curves,
      final: finalOf(curves),
      outcomes: recorder.outcomes,
      backend: request.backend.name,
      steps: plan.steps,
      networks: plan.networks,
      batchSize: plan.batchSize,
      trainLossRows: trainPart.count,
      liveBuffers,
      seconds: now() - started,
      stepsPerSecond: seconds > 0 ? (steps * plan.networks) / seconds : 0,
      resumedAt: found.state?.step ?? null,
      remarks,
    };
  } finally {
    await ensemble.close();
  }
}
