import { MeanfieldError, show, type JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import { parseCount, parseNumber } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import { properties, table, type Entry } from '../output/table.js';
import { networkOptions, withNetworkOptions, type NetworkFlags } from '../request/network.js';
import { runExperiment } from '../request/run-experiment.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface TrainOptions extends CommonOptions, NetworkFlags {
  readonly task: string;
  readonly optimizer: string;
  readonly learningRate?: string;
  readonly epochs?: string;
  readonly steps?: string;
  readonly networks: string;
  readonly batchSize?: string;
  readonly width?: string;
  readonly depth?: string;
  readonly backend: string;
  readonly evaluations?: string;
}

const OPTIMIZERS = ['sgd', 'adam'];
/** The students of singh2021 §2.3 have 10 hidden layers of 100. */
const WIDTH = 100;
const DEPTH = 10;

function optimizer({ settings }: Session, { optimizer: name, learningRate }: TrainOptions): JsonObject {
  if (!OPTIMIZERS.includes(name)) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `${OPTIMIZERS.join(' or ')} for --optimizer`,
      found: show(name),
      remedy: 'choose one of them',
    });
  }
  if (learningRate === undefined) return { name, options: { ...settings.optimizer } };
  if ('learningRate' in settings.optimizer) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'either --learning-rate or --set optimizer.learningRate',
      found: 'both',
      remedy: 'leave one out',
    });
  }
  const rate = parseNumber('--learning-rate', learningRate);
  return { name, options: { ...settings.optimizer, learningRate: rate } };
}

function hiddenWidths({ width, depth }: TrainOptions): JsonObject {
  if (width === undefined && depth === undefined) return {};
  const units = width === undefined ? WIDTH : parseCount('--width', width);
  const layers = depth === undefined ? DEPTH : parseCount('--depth', depth, { least: 1, most: 1000 });
  return { hiddenWidths: new Array<number>(layers).fill(units) };
}

function lengthOfTraining({ epochs, steps }: TrainOptions): JsonObject {
  if (steps === undefined) return { epochs: parseNumber('--epochs', epochs ?? '10', { least: 1e-6 }) };
  if (epochs === undefined) return { steps: parseCount('--steps', steps) };
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'either --epochs or --steps',
    found: `--epochs ${epochs} and --steps ${steps}`,
    remedy: 'leave one out',
  });
}

function requestOf(session: Session, options: TrainOptions): JsonObject {
  const { settings } = session;
  requireOwners(settings, ['activation', 'initializer', 'task', 'backend', 'optimizer']);
  const { task, backend, networks, batchSize, evaluations } = options;
  return {
    ...networkOptions(session, options),
    task: { name: task, options: { ...settings.task } },
    backend: { name: backend, options: { ...settings.backend } },
    optimizer: optimizer(session, options),
    networks: parseCount('--networks', networks),
    ...lengthOfTraining(options),
    ...hiddenWidths(options),
    ...(batchSize === undefined ? {} : { batchSize: parseCount('--batch-size', batchSize) }),
    ...(evaluations === undefined ? {} : { evaluations: parseCount('--evaluations', evaluations) }),
  };
}

interface CurveJson {
  readonly mean: readonly Entry[];
  readonly stderr: readonly Entry[];
}

function describeTraining(result: JsonObject, stepsPerSecond: Entry): string {
  const curves = result['curves'] as unknown as Readonly<Record<string, CurveJson>> & {
    readonly step: readonly number[];
    readonly epoch: readonly number[];
  };
  const { validationLoss, accuracy, step, epoch } = curves;
  const rows = step.map((at, point) => [
    at,
    epoch[point],
    validationLoss?.mean[point],
    validationLoss?.stderr[point],
    ...(accuracy === undefined ? [] : [accuracy.mean[point], accuracy.stderr[point]]),
  ]);
  const accuracyHead = accuracy === undefined ? [] : ['accuracy', '± s.e.'];
  return [
    table(['step', 'epoch', 'validation loss', '± s.e.', ...accuracyHead], rows),
    '',
    properties([
      ['backend', result['backend']],
      ['network-steps per second', stepsPerSecond],
    ]),
  ].join('\n');
}

export function addTrain(program: Command): void {
  const command = program
    .command('train')
    .summary('train networks on a task from an initializer')
    .description(
      'Trains R networks and reports the validation loss with mean and standard error over networks.',
    )
    .option('-t, --task <NAME>', 'task', 'teacher-student')
    .option('--optimizer <NAME>', 'sgd (rate 0.01) or adam (rate 0.001)', 'sgd')
    .option('--learning-rate <RATE>', 'learning rate, instead of the optimiser’s own')
    .option('--epochs <E>', 'passes over the training examples (default 10)')
    .option('--steps <S>', 'optimiser steps, instead of --epochs')
    .option('--networks <R>', 'networks', '4')
    .option('--batch-size <B>', 'examples in a step (default: the task’s)')
    .option('--width <N>', `units of a hidden layer (default: the task’s, ${WIDTH})`)
    .option('--depth <L>', `hidden layers (default: the task’s, ${DEPTH})`)
    .option('--evaluations <N>', 'points of a curve')
    .option('--backend <NAME>', 'what runs the networks', 'tfjs');
  withCommonOptions(withNetworkOptions(command))
    .addHelpText(
      'after',
      `
The defaults are those of the task's paper: minutes on a laptop. Fewer examples, --steps and a smaller
--batch-size take seconds.

Examples:
  $ meanfield train --set task.examples=5000 --set task.validationExamples=1000 -i raai --steps 50 --batch-size 250
  $ meanfield train -t fashion-mnist -i he --data ./data --networks 2 --epochs 1 --json
  $ meanfield train --set backend.engine=cpu --set task.examples=500 --set task.validationExamples=100 --width 16 --depth 3`,
    )
    .action((options: TrainOptions) =>
      inSession(options, async (session) => {
        const { result, timing } = await runExperiment(session, 'training', requestOf(session, options));
        const stepsPerSecond = timing?.['stepsPerSecond'] ?? null;
        session.finish({ ...result, ...timing, stepsPerSecond }, () =>
          describeTraining(result, stepsPerSecond),
        );
      }),
    );
}
