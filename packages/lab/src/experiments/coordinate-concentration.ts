/**
 * How far single coordinates dominate images, at many resolutions: m max_i |x_i/‖x‖|⁴ by dimension m, which must go to 0 for
 * kernels of independent weights to be those of Gaussian ones (`tsuchida2018` hypothesis 5, fig. 6).
 *
 * Images are made smaller by averages over areas: pixel (i, j) of s × s is the mean of the image over
 * [i/s, (i+1)/s) × [j/s, (j+1)/s).
 */

import {
  cite,
  definePlugin,
  MeanfieldError,
  tsuchida2018,
  type Examples,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { coordinateConcentration } from '@meanfield/kernels';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { choice } from './choice.js';

const options = z.strictObject({
  task: choice().default({ name: 'mnist', options: {} }),
  sides: z.array(z.int().min(1)).min(1).default([4, 7, 10, 14, 20, 28]),
  images: z.int().min(2).default(1000),
});

/** Row i: how much of each of `from` cells lies in cell i of `to`, as a share of the latter; [to, from] */
function areaWeights(from: number, to: number): Float64Array {
  const weights = new Float64Array(to * from);
  for (let i = 0; i < to; i++) {
    for (let cell = 0; cell < from; cell++) {
      // In units of 1/(from · to), where all ends are whole
      const overlap = Math.min((i + 1) * from, (cell + 1) * to) - Math.max(i * from, cell * to);
      if (overlap > 0) weights[i * from + cell] = overlap / from;
    }
  }
  return weights;
}

/** A square image of side `from`, as one of side `to`. */
function shrink(image: Float32Array, from: number, to: number): Float64Array {
  const weights = areaWeights(from, to);
  const rows = new Float64Array(to * from);
  for (let i = 0; i < to; i++)
    for (let row = 0; row < from; row++)
      for (let j = 0; j < from; j++) rows[i * from + j]! += weights[i * from + row]! * image[row * from + j]!;
  const small = new Float64Array(to * to);
  for (let i = 0; i < to; i++)
    for (let j = 0; j < to; j++)
      for (let column = 0; column < from; column++)
        small[i * to + j]! += weights[j * from + column]! * rows[i * from + column]!;
  return small;
}

function sideOf(task: string, inputSize: number, sides: readonly number[]): number {
  const side = Math.round(Math.sqrt(inputSize));
  const largest = Math.max(...sides);
  if (side * side === inputSize && largest <= side) return side;
  throw new MeanfieldError({
    code: 'INVALID_OPTION',
    expected: `a task with square images of side ${largest} or more`,
    found: `${task} with ${inputSize} inputs`,
    remedy: 'choose another task, or smaller sides',
  });
}

interface Measured extends JsonObject {
  /** m */
  readonly dimension: number;
  /** Of m max_i |x_i/‖x‖|⁴ over images */
  readonly mean: number;
  readonly deviation: number;
  readonly stderr: number;
}

function measure(images: readonly Float32Array[], side: number, to: number): Measured {
  const values = images.map((image) => coordinateConcentration(shrink(image, side, to)) ** 4);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return { dimension: to * to, mean, deviation, stderr: deviation / Math.sqrt(values.length) };
}

/** The first images of the training set, whose order is random; those that are black all over are left out. */
function firstImages({ inputs, count }: Examples, size: number, wanted: number): readonly Float32Array[] {
  const rows = Array.from({ length: Math.min(count, wanted) }, (_, row) =>
    inputs.subarray(row * size, (row + 1) * size),
  );
  return rows.filter((row) => row.some((value) => value !== 0));
}

const coordinateConcentrations: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'coordinate-concentration',
  package: PACKAGE,
  version: VERSION,
  summary: 'how far single pixels dominate images, by resolution: m max |x_i/‖x‖|⁴',
  options,
  optionDocs: {
    task: 'a task with square images, a name or { name, options }, default mnist',
    sides: 'pixels along a side to shrink images to, default [4, 7, 10, 14, 20, 28]',
    images: 'training images to look at, default 1000',
  },
  references: [cite(tsuchida2018, 'hypothesis 5, fig. 6')],
  create({ task: chosen, sides, images }, context) {
    const task = context.get('task', chosen.name, chosen.options);
    const side = sideOf(chosen.name, task.inputSize, sides);
    return {
      name: 'coordinate-concentration',
      async run({ stream, report, dataFolder }) {
        const where = dataFolder === undefined ? {} : { dataFolder };
        const { train } = await task.load({ stream: stream.child('task'), report, ...where });
        const found = firstImages(train, task.inputSize, images);
        return {
          result: {
            images: found.length,
            sizes: sides.map((to) => measure(found, side, to)),
          },
        };
      },
    };
  },
});

export default coordinateConcentrations;
