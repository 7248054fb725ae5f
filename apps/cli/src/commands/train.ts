import type { Json, JsonObject, NetworkParameters } from '@meanfield/core';
import {
  BackendSettler,
  CHECKPOINT_SECONDS,
  checkpointFile,
  removeWritten,
  requireJson,
  resolveCell,
  runInParallel,
  type Cell,
  type CheckpointPlace,
} from '@meanfield/lab';
import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { parseNumber } from '../input/numbers.js';
import { withinThreads } from '../input/threads.js';
import { requireWritable } from '../output/files.js';
import { requireSavable, saveNetworks, type Saved, type SaveRequest } from '../output/saved-networks.js';
import { timesTable, timesToAccuracy, type AccuracyCurves } from '../output/time-to-accuracy.js';
import { trainingFacts, trainingTables } from '../output/training.js';
import {
  accuracyTargets,
  trainingOptions,
  withTrainingOptions,
  type TrainingFlags,
} from '../request/training.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface TrainOptions extends CommonOptions, TrainingFlags {
  readonly save?: string;
  readonly checkpoint?: string;
  readonly checkpointEvery: string;
}

/** Where a cell's state is kept: its id is its name, so that a folder may hold those of several. */
const checkpointPath = (folder: string, cell: string): string => resolve(join(folder, cell));

function saveRequest({ lab }: Session, path: string, { options }: Cell): SaveRequest {
  const { task, activation, networks, activateOutput } = options as unknown as {
    readonly task: { readonly name: string; readonly options: JsonObject };
    readonly activation: { readonly name: string; readonly options: JsonObject };
    readonly networks: number;
    readonly activateOutput?: boolean;
  };
  const { defaults } = lab.get('task', task.name, task.options);
  return {
    path,
    networks,
    activation: lab.get('activation', activation.name, activation.options),
    activateOutput: activateOutput ?? defaults.activateOutput ?? false,
  };
}

interface Preparation {
  readonly cell: Cell;
  /** What the probe of `--backend auto` found */
  readonly probed: Json;
  readonly save: SaveRequest | undefined;
  readonly checkpoint: CheckpointPlace | undefined;
}

/** Everything that can be wrong, before any work starts. */
async function prepare(session: Session, options: TrainOptions): Promise<Preparation> {
  const { lab, seed } = session;
  const { save: path, checkpoint: folder } = options;
  const everySeconds = parseNumber('--checkpoint-every', options.checkpointEvery, { least: 0 });
  const request = { experiment: 'training', options: trainingOptions(session, options), seed };
  session.requireOutput();
  const known = (id: string): boolean => folder !== undefined && existsSync(checkpointPath(folder, id));
  const settled = await new BackendSettler(lab, { known }).settle(request);
  const { cell } = resolveCell(lab, settled.request);
  const save = path === undefined ? undefined : saveRequest(session, path, cell);
  if (save !== undefined) requireSavable(save);
  const probed = settled.probed.map((each) => ({ ...each }));
  if (folder === undefined) return { cell, probed, save, checkpoint: undefined };
  const place = { path: checkpointPath(folder, cell.id), everySeconds };
  requireWritable(place.path);
  return { cell, probed, save, checkpoint: place };
}

async function train(session: Session, options: TrainOptions): Promise<void> {
  const { lab, report, seed } = session;
  const targets = accuracyTargets(session, options);
  const { cell, probed, save, checkpoint } = await prepare(session, options);
  const parameters: NetworkParameters[] = [];
  const keepParameters = (network: number, layers: NetworkParameters): void => {
    parameters[network] = layers;
  };
  const { result, timing = {} } = await runInParallel(lab, cell, {
    report,
    threads: session.threads(1),
    whole: {
      ...(checkpoint !== undefined && { checkpoint: checkpointFile(checkpoint, cell.id) }),
      ...(save !== undefined && { keepParameters }),
    },
  });
  const about = {
    initializer: options.initializer,
    seed: String(seed),
    backend: result['backend'] as string,
  };
  const saved: Saved =
    save === undefined ? { files: [], remarks: [] } : saveNetworks(save, parameters, about);
  const remarks = [...(timing['remarks'] as readonly string[]), ...saved.remarks];
  const times =
    targets.length === 0 ? [] : timesToAccuracy(result['curves'] as unknown as AccuracyCurves, targets);
  const document = {
    ...result,
    ...(times.length > 0 && { timeToAccuracy: requireJson(times, 'the times') }),
    ...timing,
    probed,
    saved: saved.files,
    remarks,
  };
  session.finish(document, () => {
    const facts = trainingFacts(result, {
      stepsPerSecond: timing['stepsPerSecond'] ?? null,
      seconds: timing['trainingSeconds'] ?? null,
      saved: saved.files,
      resumedAt: timing['resumedAt'] as number | null,
    });
    return [
      ...trainingTables(result),
      ...(times.length === 0 ? [] : [timesTable(times)]),
      [facts, ...remarks.map((each) => `Remark: ${each}`)].join('\n'),
    ].join('\n\n');
  });
  if (checkpoint !== undefined) removeWritten(checkpoint.path);
}

export function addTrain(program: Command): void {
  const command = program
    .command('train')
    .summary('train networks on a task from an initializer')
    .description(
      'Trains R networks and reports losses with mean and standard error over networks, along the way and at the end.',
    );
  withTrainingOptions(command)
    .option(
      '--save <PATH>',
      'trained networks as FILE.safetensors, FILE.npz or tfjs-layers FOLDER/, one each',
    )
    .option('--checkpoint <FOLDER>', 'keep the state there; the same command goes on from it when killed')
    .option('--checkpoint-every <SECONDS>', 'how often', String(CHECKPOINT_SECONDS));
  withCommonOptions(command)
    .addHelpText(
      'after',
      `
The defaults are those of the task's paper: minutes on a laptop. Fewer examples, --steps and a smaller
--batch-size take seconds. Curves are in the JSON document in full. Numbers depend on the backend that ran, which the
document names; on threads they do not. Of several networks --save writes PATH-0, PATH-1 and so on.

Examples:
  $ meanfield train --set task.examples=5000 --set task.validationExamples=1000 -i raai --steps 50 --batch-size 250
  $ meanfield train -t fashion-mnist -i he --hidden 100x9 --optimizer adam --epochs 20 --networks 10 --checkpoint runs/he
  $ meanfield train -t fashion-mnist -i raai --data ./data --networks 2 --epochs 1 --measure gradients,dead --json
  $ meanfield train --set task.examples=500 --set task.validationExamples=100 --hidden 16x3 --epochs 2 --save net.npz`,
    )
    .action((options: TrainOptions) =>
      inSession(options, (session) => withinThreads(options, () => train(session, options))),
    );
}
