/** A full and a skimmed network, trained side by side on the same batches, and what is found of them. */

import type { Examples, ExperimentContext, JsonObject, Task } from '@meanfield/core';
import { shuffledOrder } from '@meanfield/numerics';
import {
  adam,
  affineBlock,
  drawNetwork,
  lossGradient,
  observedSignals,
  score,
  takeOver,
  type AdamOptions,
  type FormedNetwork,
  type LabelledBatch,
  type Network,
} from '@meanfield/simulation';
import { evaluationSteps } from '@meanfield/training';

import { pearson } from './pearson.js';
import type { SkimmedShape } from './skimmed-network.js';

/** Both networks of one part, and what was found of them. */
export interface PairJson extends JsonObject {
  /** 1 − ρ over pairs of held-out inputs, of the input and by layer of the full network */
  readonly inputGap: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Of the layers that both networks have */
  readonly alignment: readonly Alignment[];
  readonly full: readonly Scored[];
  readonly skimmed: readonly Scored[];
}
interface Scored extends JsonObject {
  readonly loss: number;
  readonly accuracy: number;
}

/** Rows of examples as a batch of columns */
function batchOf({ inputs, targets }: Examples, inputSize: number, rows: ArrayLike<number>): LabelledBatch {
  const batch = new Float64Array(inputSize * rows.length);
  const labels = new Int32Array(rows.length);
  for (let column = 0; column < rows.length; column++) {
    const row = rows[column]!;
    if (targets.kind === 'labels') labels[column] = targets.labels[row]!;
    for (let i = 0; i < inputSize; i++) batch[i * rows.length + column] = inputs[row * inputSize + i]!;
  }
  return { count: rows.length, inputs: batch, labels };
}

/** Mean over inputs of the directions of signals, [units]: each direction has mean square 1. */
function meanDirection(signals: Float64Array, inputs: number): Float64Array {
  const units = signals.length / inputs;
  const squares = new Float64Array(inputs);
  signals.forEach((entry, at) => (squares[at % inputs]! += (entry * entry) / units));
  const mean = new Float64Array(units);
  signals.forEach((entry, at) => {
    mean[Math.floor(at / inputs)]! += entry / (Math.sqrt(squares[at % inputs]!) * inputs);
  });
  return mean;
}

const meanSquare = (vector: Float64Array): number =>
  vector.reduce((sum, entry) => sum + entry * entry, 0) / vector.length;

/** 1 − c averaged over pairs of inputs, from |ū|² of their mean direction */
const meanGap = (signals: Float64Array, inputs: number): number =>
  ((1 - meanSquare(meanDirection(signals, inputs))) * inputs) / (inputs - 1);

/** Numbers of a dense layer, weights and biases behind each other */
const parametersOf = (network: FormedNetwork, layer: number): Float64Array => {
  const { weights, bias } = network.layers.get(layer)!;
  const all = new Float64Array(weights.length + bias.length);
  all.set(weights);
  all.set(bias, weights.length);
  return all;
};

const displacements = (
  network: FormedNetwork,
  start: ReadonlyMap<number, Float64Array>,
  layer: number,
): number[] => {
  const from = start.get(layer)!;
  return Array.from(parametersOf(network, layer), (value, at) => value - from[at]!);
};

const parametersByLayer = (network: FormedNetwork): ReadonlyMap<number, Float64Array> =>
  new Map([...network.layers.keys()].map((layer) => [layer, parametersOf(network, layer)]));

export interface PairSetting {
  readonly task: Task;
  readonly shape: SkimmedShape;
  readonly networks: { readonly full: Network; readonly skimmed: Network };
  readonly width: number;
  readonly batchSize: number;
  readonly steps: number;
  readonly optimizer: AdamOptions;
  /** Points of the learning curves, and held-out inputs that they and correlations are measured on */
  readonly evaluations: number;
  readonly evaluationRows: number;
}

/** Gives the skimmed network the parameters of the full one, and the line of its block at the mean direction that enters it. */
function skim(
  skimmed: FormedNetwork,
  full: FormedNetwork,
  { before, block }: SkimmedShape,
  { inputs, count }: LabelledBatch,
): void {
  const entering = meanDirection(observedSignals(full, inputs, count)[before - 1]!, count);
  const length = Math.sqrt(meanSquare(entering));
  const point = entering.map((entry) => entry / length);
  const line = affineBlock(full, before - 1, before + block - 1, point);
  takeOver(skimmed, full, { layer: before + 1, removed: block - 1, block: line });
}

interface Alignment extends JsonObject {
  /** Of the full network */
  readonly layer: number;
  /** Pearson's, over weights and biases, of how far each was moved in both networks; null where nothing moved */
  readonly correlation: number | null;
}

/** Trains both networks of one part. */
export async function trainPair(
  setting: PairSetting,
  index: number,
  context: ExperimentContext,
): Promise<PairJson> {
  const { task, shape, networks, ...asked } = setting;
  const { stream: root, report, dataFolder } = context;
  const where = dataFolder === undefined ? {} : { dataFolder };
  const data = await task.load({ stream: root.child('task'), report, ...where });
  const stream = root.child('training').child('network').child(index);
  const { inputSize } = task;
  const { before, block } = shape;
  const held = batchOf(
    data.validation,
    inputSize,
    shuffledOrder(data.validation.count, stream.child('evaluation')).subarray(0, asked.evaluationRows),
  );
  const sizes = { width: asked.width, inputSize };
  const full = drawNetwork(networks.full, sizes, stream);
  const skimmed = drawNetwork(networks.skimmed, sizes, stream);
  const gaps = (): number[] =>
    observedSignals(full, held.inputs, held.count)
      .slice(0, shape.depth)
      .map((signals) => meanGap(signals, held.count));

  skim(skimmed, full, shape, held);
  const [fullStart, skimmedStart] = [parametersByLayer(full), parametersByLayer(skimmed)];
  const gapsBefore = gaps();
  const steps = [adam(full, asked.optimizer), adam(skimmed, asked.optimizer)] as const;
  const scores: { full: Scored[]; skimmed: Scored[] } = { full: [], skimmed: [] };
  const points = new Set(evaluationSteps(asked.steps, asked.evaluations));
  const rows = rowsOf(data.train.count, asked.batchSize, stream);
  for (let step = 0; step <= asked.steps; step++) {
    if (points.has(step)) {
      scores.full.push({ ...score(full, held) });
      scores.skimmed.push({ ...score(skimmed, held) });
    }
    if (step === asked.steps) break;
    const batch = batchOf(data.train, inputSize, rows(step));
    steps[0](lossGradient(full, batch).layers);
    steps[1](lossGradient(skimmed, batch).layers);
    report({ label: 'training', completed: step + 1, total: asked.steps });
  }
  return {
    inputGap: meanGap(held.inputs, held.count),
    before: gapsBefore,
    after: gaps(),
    alignment: [...skimmed.layers.keys()]
      .filter((layer) => layer !== before + 1)
      .map((layer) => {
        const of = layer <= before ? layer : layer + block - 1;
        const correlation = pearson(
          displacements(full, fullStart, of),
          displacements(skimmed, skimmedStart, layer),
        );
        return { layer: of, correlation };
      }),
    full: scores.full,
    skimmed: scores.skimmed,
  };
}

/** Rows of each step, whole batches alone: every epoch in an order of its own. */
function rowsOf(
  total: number,
  batchSize: number,
  stream: ExperimentContext['stream'],
): (step: number) => Uint32Array {
  const size = Math.min(batchSize, total);
  const perEpoch = Math.floor(total / size);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  return (step) => {
    const now = Math.floor(step / perEpoch);
    if (now !== epoch) {
      epoch = now;
      order = shuffledOrder(total, stream.child('epoch').child(now).child('order'));
    }
    const first = (step % perEpoch) * size;
    return order.subarray(first, first + size);
  };
}
