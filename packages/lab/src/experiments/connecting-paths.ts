/**
 * Accuracy along paths between two trained networks (`yarotsky`, connectedness of minima): the segment (1 − t) A + t B and the
 * arc cos(πt/2) A + sin(πt/2) B of all their parameters. Where neurons of A and B are independent and have one centred normal
 * law, the arc keeps that law, while the segment's variance is smaller by t² + (1 − t)².
 */

import {
  cite,
  definePlugin,
  MeanfieldError,
  yarotsky,
  type Backend,
  type EnsembleSpec,
  type JsonObject,
  type NetworkParameters,
  type PluginDefinition,
  type TaskData,
} from '@meanfield/core';
import { meanOf } from '@meanfield/simulation';
import { train } from '@meanfield/training';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, choice, networkOptions } from './choice.js';
import { AUTO, backendOf, trainingParts } from './training-parts.js';

const count = z.int().positive();

const options = z.strictObject({
  task: choice().default({ name: 'mnist', options: {} }),
  activation: networkOptions.activation,
  initializer: networkOptions.initializer,
  optimizer: choice().default({ name: 'adam', options: {} }),
  backend: choice().default({ name: AUTO, options: {} }),
  networks: z.int().min(4).multipleOf(2).default(6),
  hiddenWidths: z.array(count).min(1).default([500]),
  batchSize: count.default(100),
  epochs: z.number().positive().default(10),
  points: z.int().min(3).default(21),
});

const PATHS = {
  segment: (t: number): readonly [number, number] => [1 - t, t],
  arc: (t: number): readonly [number, number] => [Math.cos((Math.PI * t) / 2), Math.sin((Math.PI * t) / 2)],
} as const;
type PathName = keyof typeof PATHS;

/** a A + b B, parameter by parameter */
function combined(
  first: NetworkParameters,
  second: NetworkParameters,
  [a, b]: readonly [number, number],
): NetworkParameters {
  const sum = (x: Float32Array | Float64Array, y: ArrayLike<number>): Float32Array =>
    Float32Array.from(x, (value, i) => a * value + b * y[i]!);
  return first.map(({ fanIn, fanOut, weights, bias }, layer) => {
    const other = second[layer]!;
    return { fanIn, fanOut, weights: sum(weights, other.weights), bias: sum(bias, other.bias) };
  });
}

const meanSquare = ([layer]: NetworkParameters): number => {
  const { weights } = layer!;
  let sum = 0;
  for (const weight of weights) sum += weight * weight;
  return sum / weights.length;
};

/** What one path shows, by t */
interface PathAccuracy {
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** Mean square of the first layer's weights halfway, over the ends' mean */
  readonly middle: number;
}

interface Surroundings {
  readonly backend: Backend;
  readonly data: TaskData;
  readonly spec: Omit<EnsembleSpec, 'initial'>;
  readonly times: readonly number[];
}

async function follow(
  [first, second]: readonly [NetworkParameters, NetworkParameters],
  path: PathName,
  { backend, data, spec, times }: Surroundings,
): Promise<PathAccuracy> {
  const along = times.map((t) => combined(first, second, PATHS[path](t)));
  const ensemble = await backend.open({ ...spec, initial: along });
  try {
    const accuracies = async (examples: TaskData['train']): Promise<readonly number[]> =>
      (await ensemble.evaluate(examples)).map(({ accuracy = 0 }) => accuracy);
    const halfway = meanSquare(combined(first, second, PATHS[path](0.5)));
    return {
      train: await accuracies(data.train),
      test: await accuracies(data.validation),
      middle: halfway / ((meanSquare(first) + meanSquare(second)) / 2),
    };
  } finally {
    await ensemble.close();
  }
}

function splitJson(pairs: readonly PathAccuracy[], split: 'train' | 'test', times: number): JsonObject {
  const points = Array.from({ length: times }, (_, at) => meanOf(pairs.map((pair) => pair[split][at]!)));
  return {
    mean: points.map(({ mean }) => mean),
    stderr: points.map(({ stderr }) => stderr),
    lowest: { ...meanOf(pairs.map((pair) => Math.min(...pair[split]))) },
  };
}

const pathJson = (pairs: readonly PathAccuracy[], times: number): JsonObject => ({
  train: splitJson(pairs, 'train', times),
  test: splitJson(pairs, 'test', times),
  middle: { ...meanOf(pairs.map(({ middle }) => middle)) },
});

/** Lowest accuracy of the arc less that of the segment between the same networks */
const gainJson = (
  arcs: readonly PathAccuracy[],
  segments: readonly PathAccuracy[],
  split: 'train' | 'test',
): JsonObject => ({
  ...meanOf(arcs.map((arc, pair) => Math.min(...arc[split]) - Math.min(...segments[pair]![split]))),
});

const refuse = (expected: string, found: string, remedy: string): MeanfieldError =>
  new MeanfieldError({ code: 'INVALID_OPTION', expected, found, remedy });

const connectingPaths: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'connecting-paths',
  package: PACKAGE,
  version: VERSION,
  summary: 'accuracy along the segment and along the arc between two trained networks',
  options,
  optionDocs: {
    task: 'a task with accuracies, a name or { name, options }, default mnist',
    activation: CHOICE_DOCS.activation,
    initializer: CHOICE_DOCS.initializer,
    optimizer: 'sgd or adam, or { name, options } with its rates, default adam',
    backend: 'what the networks run on, a name or { name, options }; default auto, the fastest here',
    networks: 'networks trained, an even number of at least 4: every two are a pair, default 6',
    hiddenWidths: 'units of each hidden layer, default [500]',
    batchSize: 'examples in a step, default 100',
    epochs: 'passes over the training examples, default 10',
    points: 'values of t from 0 to 1, at least 3, default 21',
  },
  references: [cite(yarotsky, 'connectedness of local minima')],
  create(parsed, context) {
    const { networks, hiddenWidths, batchSize, epochs, points } = parsed;
    const parts = trainingParts(parsed, context);
    const { task, activation, optimizer } = parts;
    const backend = backendOf(parsed.backend, context);
    if (task.metric !== 'accuracy')
      throw refuse('a task with accuracies', task.name, 'choose one that classifies');
    const times = Array.from({ length: points }, (_, index) => index / (points - 1));
    const sizes = [task.inputSize, ...hiddenWidths, task.outputSize];
    return {
      name: 'connecting-paths',
      async run({ stream, report, dataFolder, checkpoint }) {
        if (backend === undefined) throw refuse('a cell that names its backend', AUTO, 'name one');
        const where = dataFolder === undefined ? {} : { dataFolder };
        const data = await task.load({ stream: stream.child('task'), report, ...where });
        const trained: NetworkParameters[] = [];
        const { steps, final } = await train({
          ...parts,
          ...{ backend, data, networks, hiddenWidths, batchSize, epochs, report },
          ...(checkpoint === undefined ? {} : { checkpoint }),
          activateOutput: false,
          evaluations: 2,
          stream: stream.child('training'),
          keepParameters: (network, parameters) => {
            trained[network] = parameters;
          },
        });
        const spec = { network: { sizes, activation, activateOutput: false }, loss: task.loss, optimizer };
        const surroundings = { backend, data, spec, times };
        const found: Record<PathName, PathAccuracy[]> = { segment: [], arc: [] };
        for (let pair = 0; pair < networks; pair += 2) {
          const ends = [trained[pair]!, trained[pair + 1]!] as const;
          for (const path of ['segment', 'arc'] as const)
            found[path].push(await follow(ends, path, surroundings));
        }
        return {
          result: {
            t: times,
            segment: pathJson(found.segment, points),
            arc: pathJson(found.arc, points),
            gain: {
              train: gainJson(found.arc, found.segment, 'train'),
              test: gainJson(found.arc, found.segment, 'test'),
            },
            accuracy: final.accuracy === undefined ? null : { ...final.accuracy },
            steps,
            trainingExamples: data.train.count,
            backend: backend.name,
          },
        };
      },
    };
  },
});

export default connectingPaths;
