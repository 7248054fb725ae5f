/** What training found. */

import type { Curve, Estimate, NetworkOutcome } from './curves.js';
import type { Run } from './run.js';

export interface TrainingCurves {
  /** Steps done, from 0 to the last */
  readonly step: readonly number[];
  /** The same in passes over the training examples */
  readonly epoch: readonly number[];
  /** Loss on a fixed part of the training examples, with the same parameters as the validation loss */
  readonly trainLoss: Curve;
  readonly validationLoss: Curve;
  /** Where the task holds out a test split */
  readonly testLoss?: Curve;
  /** Share of validation examples classified rightly, for tasks whose metric it is */
  readonly accuracy?: Curve;
  /** The same of test examples */
  readonly testAccuracy?: Curve;
  /** On request, by layer of weights: Euclidean norm of the loss's gradient by weights and biases, on that part of the training examples */
  readonly gradientNorm?: readonly Curve[];
  /** On request, by layer that φ is applied to: share of units with φ' = 0 on all of that part of the training examples */
  readonly deadShare?: readonly Curve[];
}

export interface FinalScores {
  readonly step: number;
  readonly epoch: number;
  readonly trainLoss: Estimate;
  readonly validationLoss: Estimate;
  readonly testLoss?: Estimate;
  readonly accuracy?: Estimate;
  readonly testAccuracy?: Estimate;
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
  /** Wall time of this process's share of the run */
  readonly seconds: number;
  /** Steps of single networks in a second of stepping in this process: start-up and evaluations are not counted; 0 where none was left */
  readonly stepsPerSecond: number;
  /** Steps that a checkpoint had behind it; null for a run from its beginning */
  readonly resumedAt: number | null;
  /** Sentences about checkpoints that could not be used or written */
  readonly remarks: readonly string[];
}

export function curvesOf({
  plan,
  recorder,
  request,
}: Pick<Run, 'plan' | 'recorder' | 'request'>): TrainingCurves {
  const { task, data, measure = {} } = request;
  const curve = (quantity: string): Curve => recorder.curve(quantity);
  const byLayer = (quantity: string, layers: number): Curve[] =>
    Array.from({ length: layers }, (_, layer) => curve(`${quantity}/${layer}`));
  const accuracy = task.metric === 'accuracy';
  const weightLayers = plan.sizes.length - 1;
  return {
    step: plan.points,
    epoch: plan.points.map((step) => step / plan.stepsPerEpoch),
    trainLoss: curve('trainLoss'),
    validationLoss: curve('validationLoss'),
    ...(data.test !== undefined && { testLoss: curve('testLoss') }),
    ...(accuracy && { accuracy: curve('validationAccuracy') }),
    ...(accuracy && data.test !== undefined && { testAccuracy: curve('testAccuracy') }),
    ...(measure.gradients === true && { gradientNorm: byLayer('gradientNorm', weightLayers) }),
    ...(measure.dead === true && {
      deadShare: byLayer('deadShare', weightLayers - (plan.activateOutput ? 0 : 1)),
    }),
  };
}

export function finalOf(curves: TrainingCurves): FinalScores {
  const last = ({ mean, stderr }: Curve): Estimate => ({
    mean: mean.at(-1) ?? null,
    stderr: stderr.at(-1) ?? null,
  });
  const { step, epoch, trainLoss, validationLoss, testLoss, accuracy, testAccuracy } = curves;
  return {
    step: step.at(-1) ?? 0,
    epoch: epoch.at(-1) ?? 0,
    trainLoss: last(trainLoss),
    validationLoss: last(validationLoss),
    ...(testLoss !== undefined && { testLoss: last(testLoss) }),
    ...(accuracy !== undefined && { accuracy: last(accuracy) }),
    ...(testAccuracy !== undefined && { testAccuracy: last(testAccuracy) }),
  };
}
