/** The flags of training, as its experiment takes them. */

import { MeanfieldError, show, type JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import { parseChoice } from '../input/choices.js';
import { parseCount, parseNumber, parseTargets } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import type { ThreadFlags } from '../input/threads.js';
import type { Session } from '../session.js';
import { networkOptions, withNetworkOptions, type NetworkFlags } from './network.js';

export interface TrainingFlags extends NetworkFlags, ThreadFlags {
  readonly task: string;
  readonly optimizer: string;
  readonly learningRate?: string;
  readonly momentum?: string;
  readonly epochs?: string;
  readonly steps?: string;
  readonly networks: string;
  readonly batchSize?: string;
  readonly hidden?: string;
  readonly width?: string;
  readonly depth?: string;
  readonly backend: string;
  readonly evaluations?: string;
  readonly every?: string;
  readonly measure?: string;
  readonly targets?: string;
}

const OPTIMIZERS = ['sgd', 'adam'] as const;
const MEASURES = ['gradients', 'dead'] as const;
/** The students of singh2021 §2.3 have 10 hidden layers of 100. */
const WIDTH = 100;
const DEPTH = 10;
const MOST_LAYERS = 1000;
const EPOCHS = '10';

export function withTrainingOptions(command: Command): Command {
  command
    .option('-t, --task <NAME>', 'task', 'teacher-student')
    .option('--optimizer <NAME>', 'sgd (rate 0.01) or adam (rate 0.001)', 'sgd')
    .option('--learning-rate <RATE>', 'learning rate, instead of the optimiser’s own')
    .option('--momentum <M>', 'momentum of sgd, from 0 to below 1 (default 0)')
    .option('--epochs <E>', `passes over the training examples (default ${EPOCHS})`)
    .option('--steps <S>', 'optimiser steps, instead of --epochs')
    .option('--networks <R>', 'networks, each with its own weights and order of examples', '4')
    .option('--batch-size <B>', 'examples in a step (default: the task’s)')
    .option('--hidden <SIZES>', 'hidden layers, as in 100x9 or 300-100 (default: the task’s)')
    .option('--width <N>', `units of a hidden layer, instead of --hidden (default ${WIDTH})`)
    .option('--depth <L>', `hidden layers, instead of --hidden (default ${DEPTH})`)
    .option('--evaluations <N>', 'points of a curve, evenly spaced in log(step) (default 20)')
    .option('--every <S>', 'a point every S steps, instead of --evaluations')
    .option('--measure <LIST>', 'gradients (norm by layer), dead (share of dead units by layer), or both')
    .option('--targets <LIST>', 'accuracies, as in 0.8,0.85: epochs to each, over networks')
    .option('--backend <NAME>', 'what runs the networks; auto: the fastest here, measured', 'auto')
    .option('--threads <T>', 'most threads of the backend, at most one a core (default: its own)');
  return withNetworkOptions(command);
}

function either(flag: string, other: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `either ${flag} or ${other}`,
    found: 'both',
    remedy: 'leave one out',
  });
}

/** A flag and the option of the optimiser that it stands for, refused where `--set` gives that too. */
function optimizerOptions({ settings }: Session, { learningRate, momentum }: TrainingFlags): JsonObject {
  const flags = [
    ['--learning-rate', 'learningRate', learningRate],
    ['--momentum', 'momentum', momentum],
  ] as const;
  const given = flags.flatMap(([flag, option, text]): [string, number][] => {
    if (text === undefined) return [];
    if (option in settings.optimizer) throw either(flag, `--set optimizer.${option}`);
    return [[option, parseNumber(flag, text)]];
  });
  return { ...settings.optimizer, ...Object.fromEntries(given) };
}

/** `100x9` is nine layers of 100, `300-100` one of 300 and one of 100. Throws INVALID_ARGUMENT. */
export function parseHidden(text: string): readonly number[] {
  const repeated = /^(\d+)x(\d+)$/.exec(text);
  const [, units = '', layers = ''] = repeated ?? [];
  const widths =
    repeated === null
      ? text.split('-').map(Number)
      : Number(layers) <= MOST_LAYERS
        ? new Array<number>(Number(layers)).fill(Number(units))
        : [];
  const valid = widths.length >= 1 && widths.length <= MOST_LAYERS;
  if (valid && /^[\dx-]+$/.test(text) && widths.every((width) => Number.isSafeInteger(width) && width >= 1))
    return widths;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `UNITSxLAYERS or units joined by '-' for --hidden, at most ${MOST_LAYERS} layers`,
    found: show(text),
    remedy: 'write it as in 100x9 or 300-100',
  });
}

function hiddenWidths({ hidden, width, depth }: TrainingFlags): JsonObject {
  if (hidden !== undefined) {
    if (width !== undefined || depth !== undefined) throw either('--hidden', '--width and --depth');
    return { hiddenWidths: parseHidden(hidden) };
  }
  if (width === undefined && depth === undefined) return {};
  const units = width === undefined ? WIDTH : parseCount('--width', width);
  const layers = depth === undefined ? DEPTH : parseCount('--depth', depth, { least: 1, most: MOST_LAYERS });
  return { hiddenWidths: new Array<number>(layers).fill(units) };
}

function lengthOfTraining({ epochs, steps }: TrainingFlags): JsonObject {
  if (steps === undefined) return { epochs: parseNumber('--epochs', epochs ?? EPOCHS, { least: 1e-6 }) };
  if (epochs === undefined) return { steps: parseCount('--steps', steps) };
  throw either('--epochs', '--steps');
}

function points({ evaluations, every }: TrainingFlags): JsonObject {
  if (evaluations !== undefined && every !== undefined) throw either('--evaluations', '--every');
  return {
    ...(evaluations !== undefined && { evaluations: parseCount('--evaluations', evaluations) }),
    ...(every !== undefined && { evaluateEvery: parseCount('--every', every) }),
  };
}

function measures({ measure }: TrainingFlags): JsonObject {
  if (measure === undefined) return {};
  const named = measure.split(',').map((name) => parseChoice('--measure', name.trim(), MEASURES));
  return { measure: { gradients: named.includes('gradients'), dead: named.includes('dead') } };
}

/** Accuracies of `--targets`, none without it. Throws INVALID_ARGUMENT where the task has no accuracy. */
export function accuracyTargets(
  { lab, settings }: Session,
  { targets, task }: TrainingFlags,
): readonly number[] {
  if (targets === undefined) return [];
  const parsed = parseTargets('--targets', targets);
  if (lab.get('task', task, settings.task).metric === 'accuracy') return parsed;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'a task whose metric is accuracy for --targets',
    found: `task ${task}, which has none`,
    remedy: 'leave --targets out, or choose another task',
  });
}

/** `--threads` is told to the backend when it runs: what is trained does not depend on it. */
function backend({ settings }: Session, { backend: name, threads }: TrainingFlags): JsonObject {
  if (threads !== undefined && 'threads' in settings.backend)
    throw either('--threads', '--set backend.threads');
  return { name, options: { ...settings.backend } };
}

/** Options of the experiment `training`. Throws INVALID_ARGUMENT, UNKNOWN_PLUGIN. */
export function trainingOptions(session: Session, flags: TrainingFlags): JsonObject {
  const { settings } = session;
  requireOwners(settings, ['activation', 'initializer', 'task', 'backend', 'optimizer']);
  const { task, networks, batchSize } = flags;
  return {
    ...networkOptions(session, flags),
    task: { name: task, options: { ...settings.task } },
    backend: backend(session, flags),
    optimizer: {
      name: parseChoice('--optimizer', flags.optimizer, OPTIMIZERS),
      options: optimizerOptions(session, flags),
    },
    networks: parseCount('--networks', networks),
    ...lengthOfTraining(flags),
    ...hiddenWidths(flags),
    ...points(flags),
    ...measures(flags),
    ...(accuracyTargets(session, flags).length > 0 && { networkCurves: true }),
    ...(batchSize !== undefined && { batchSize: parseCount('--batch-size', batchSize) }),
  };
}
