/** Mini-batches of one network: each epoch visits every example once, in an order of its own. */

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

function gatherRows(from: Float32Array, rows: number, order: Uint32Array, to: Float32Array): void {
  const width = from.length / rows;
  order.forEach((row, index) => to.set(from.subarray(row * width, (row + 1) * width), index * width));
}

function emptyTargets({ targets, count }: Examples, rows: number): Targets {
  return targets.kind === 'values'
    ? { kind: 'values', values: new Float32Array((targets.values.length / count) * rows) }
    : { kind: 'labels', labels: new Int32Array(rows) };
}

/**
 * Batches without end. Epoch e is in the order that the stream at `epoch/<e>/order` gives, whatever was
 * drawn before; its last batch is smaller where the batch size does not divide the number of examples.
 */
export class Batches {
  readonly #examples: Examples;
  readonly #batchSize: number;
  readonly #stream: RandomStream;
  readonly #buffer: Examples;
  #order: Uint32Array = new Uint32Array();
  #epoch = 0;
  #position = 0;

  /** @param stream that of the network, such as `network/17` */
  constructor(examples: Examples, batchSize: number, stream: RandomStream) {
    this.#examples = examples;
    this.#batchSize = Math.min(batchSize, examples.count);
    this.#stream = stream;
    const rows = this.#batchSize;
    this.#buffer = {
      count: rows,
      inputs: new Float32Array((examples.inputs.length / examples.count) * rows),
      targets: emptyTargets(examples, rows),
    };
  }

  /** The next batch: views of memory that the following call overwrites. */
  next(): Examples {
    const { count: rows } = this.#examples;
    if (this.#position === this.#order.length) {
      this.#order = shuffledOrder(rows, this.#stream.child('epoch').child(this.#epoch++).child('order'));
      this.#position = 0;
    }
    const chosen = this.#order.subarray(this.#position, this.#position + this.#batchSize);
    this.#position += chosen.length;
    this.#gather(chosen);
    return chosen.length === this.#batchSize ? this.#buffer : sliceExamples(this.#buffer, 0, chosen.length);
  }

  #gather(chosen: Uint32Array): void {
    const { inputs, targets, count } = this.#examples;
    gatherRows(inputs, count, chosen, this.#buffer.inputs);
    const to = this.#buffer.targets;
    if (targets.kind === 'values' && to.kind === 'values') {
      gatherRows(targets.values, count, chosen, to.values);
    } else if (targets.kind === 'labels' && to.kind === 'labels') {
      chosen.forEach((row, index) => (to.labels[index] = targets.labels[row]!));
    }
  }
}
