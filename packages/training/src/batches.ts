/** Mini-batches: each network visits every example once an epoch, in an order of its own. */

import type { Examples, RandomStream, Targets } from '@meanfield/core';
import { shuffledOrder } from '@meanfield/numerics';

/** Rows `first` to `first + count` of examples, without a copy. */
export function sliceExamples(
  { inputs, targets, count: rows }: Examples,
  first: number,
  count: number,
): Examples {
  return {
    count,
    inputs: sliceRows(inputs, rows, first, count),
    targets:
      targets.kind === 'values'
        ? { kind: 'values', values: sliceRows(targets.values, rows, first, count) }
        : { kind: 'labels', labels: targets.labels.subarray(first, first + count) },
  };
}

function sliceRows(values: Float32Array, rows: number, first: number, count: number): Float32Array {
  const width = values.length / rows;
  return values.subarray(first * width, (first + count) * width);
}

/**
 * Which rows a network's steps take. Epoch e is in the order that the stream at `epoch/<e>/order` gives, whatever was
 * asked for before, so that a step's number fixes its rows; an epoch's last batch is smaller where the batch size does
 * not divide the number of examples.
 */
export class BatchRows {
  readonly #rows: number;
  readonly #batchSize: number;
  readonly #stepsPerEpoch: number;
  readonly #stream: RandomStream;
  #order: Uint32Array = new Uint32Array();
  #epoch = -1;

  /** @param stream that of the network, such as `network/17` */
  constructor(rows: number, batchSize: number, stream: RandomStream) {
    this.#rows = rows;
    this.#batchSize = Math.min(batchSize, rows);
    this.#stepsPerEpoch = Math.ceil(rows / this.#batchSize);
    this.#stream = stream.child('epoch');
  }

  /** Rows of `steps` steps from the one with number `step` on, all of one epoch: a view, valid for that epoch. */
  of(step: number, steps: number): Uint32Array {
    const epoch = Math.floor(step / this.#stepsPerEpoch);
    if (epoch !== this.#epoch) {
      this.#order = shuffledOrder(this.#rows, this.#stream.child(epoch).child('order'));
      this.#epoch = epoch;
    }
    const first = (step - epoch * this.#stepsPerEpoch) * this.#batchSize;
    return this.#order.subarray(first, first + steps * this.#batchSize);
  }
}

function gatherRows(from: Float32Array, rows: number, chosen: Uint32Array, to: Float32Array): void {
  const width = from.length / rows;
  for (let index = 0; index < chosen.length; index++) {
    const start = chosen[index]! * width;
    to.set(from.subarray(start, start + width), index * width);
  }
}

function emptyTargets({ targets, count }: Examples, rows: number): Targets {
  return targets.kind === 'values'
    ? { kind: 'values', values: new Float32Array((targets.values.length / count) * rows) }
    : { kind: 'labels', labels: new Int32Array(rows) };
}

/** Memory for one batch, for backends that take examples and not rows. */
export class BatchMemory {
  readonly #examples: Examples;
  readonly #batch: Examples;

  constructor(examples: Examples, batchSize: number) {
    this.#examples = examples;
    this.#batch = {
      count: batchSize,
      inputs: new Float32Array((examples.inputs.length / examples.count) * batchSize),
      targets: emptyTargets(examples, batchSize),
    };
  }

  /** Copies these rows, at most a batch: views of memory that the following call overwrites. */
  gather(chosen: Uint32Array): Examples {
    const { inputs, targets, count } = this.#examples;
    gatherRows(inputs, count, chosen, this.#batch.inputs);
    const to = this.#batch.targets;
    if (targets.kind === 'values' && to.kind === 'values') {
      gatherRows(targets.values, count, chosen, to.values);
    } else if (targets.kind === 'labels' && to.kind === 'labels') {
      for (let index = 0; index < chosen.length; index++) to.labels[index] = targets.labels[chosen[index]!]!;
    }
    return chosen.length === this.#batch.count ? this.#batch : sliceExamples(this.#batch, 0, chosen.length);
  }
}
