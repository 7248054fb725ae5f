/**
 * The random numbers of a population, the same in every layer: then a layer is a fixed map of samples, whose iterates
 * settle to rounding.
 *
 * Sample i of a layer takes its replaced entry's input from sample `parent[i]` of the layer below. `parent` is a single
 * cycle over all samples, so what a sample holds depends on numbers that no other layer of its ancestry used, for as
 * many layers as there are samples. It is random within windows that fit a processor's cache.
 *
 * The numbers beside it come from a Kronecker sequence frac(shift + i α_j), α_j = g^−j, g^(d+1) = g + 1 (the
 * d-dimensional golden ratio), with random shifts: every number and every pair of them is equidistributed to about
 * 1/P. They are then standardised: normals to mean 0 and mean square 1, u to E u².
 */

import type { RandomStream, ReplacedEntryRows } from '@meanfield/core';

import { meanOf, meanProduct, scaleBy } from './arrays.js';
import { betaQuantile, normalQuantile, type Quantile } from './quantile.js';

export interface PopulationNumbers {
  /** P */
  readonly samples: number;
  /** E u² */
  readonly secondMoment: number;
  /** u of rows whose replaced entry meets an activation; 0 in rows where it is the bias */
  readonly u: Float64Array;
  /** u of rows whose replaced entry is the bias; 0 in all others; null without a width */
  readonly uOfBias: Float64Array | null;
  /** Normals of the Gaussian part of a first signal, */
  readonly z: Float64Array;
  /** of what a second signal has beside it, */
  readonly zBeside: Float64Array;
  /** and both of the Gaussian layer that a trajectory starts with */
  readonly zStart: Float64Array;
  readonly zStartBeside: Float64Array;
  readonly parent: Uint32Array;
}

const DIMENSIONS = 5;

/** g > 1 with g^(d+1) = g + 1 */
function goldenRatio(dimensions: number): number {
  let g = 1.5;
  for (let i = 0; i < 60; i++) g = (1 + g) ** (1 / (dimensions + 1));
  return g;
}

function equidistributed(samples: number, slope: number, shift: number, quantile: Quantile): Float64Array {
  return Float64Array.from({ length: samples }, (_, i) => quantile((shift + i * slope) % 1));
}

/** Mean 0 and mean square 1, in place. */
function standardised(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  for (let i = 0; i < values.length; i++) values[i]! -= mean;
  scaleBy(values, 1 / Math.sqrt(meanProduct(values, values)));
  return values;
}

/** Samples that are shuffled among each other */
const WINDOW = 2048;
/** How far a parent is from its sample, about, as a share of all */
const STRIDE_SHARE = 1 / 31;

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** A single cycle: every sample once, shuffled within windows, is followed by the one a fixed stride further on. */
function randomCycle(samples: number, stream: RandomStream): Uint32Array {
  const order = Uint32Array.from({ length: samples }, (_, i) => i);
  for (let start = 0; start < samples; start += WINDOW) {
    for (let i = Math.min(start + WINDOW, samples) - 1; i > start; i--) {
      const j = start + stream.integer(i + 1 - start);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
  }
  let stride = Math.ceil(samples * STRIDE_SHARE);
  while (greatestCommonDivisor(samples, stride) > 1) stride++;
  const parent = new Uint32Array(samples);
  for (let i = 0; i < samples; i++) parent[order[i]!] = order[(i + stride) % samples]!;
  return parent;
}

/** Moves u of every (width + 1)-th row to the bias, in place of `u`. */
function splitOffBias(u: Float64Array, width: number): Float64Array {
  const uOfBias = new Float64Array(u.length);
  for (let i = width; i < u.length; i += width + 1) {
    uOfBias[i] = u[i]!;
    u[i] = 0;
  }
  return uOfBias;
}

/** Scales `values` so that their mean square over `count` of them is `target`, in place. */
function scaleTo(values: Float64Array, target: number, count: number): void {
  scaleBy(values, Math.sqrt((target * count) / (values.length * meanProduct(values, values))));
}

export interface NumbersRequest {
  readonly replacement: ReplacedEntryRows['replacement'];
  readonly samples: number;
  /** N; with it, `samples` is a multiple of N + 1, and one row in N + 1 has its bias replaced */
  readonly width?: number;
  readonly stream: RandomStream;
}

export function populationNumbers({
  replacement: { a, b },
  samples,
  width,
  stream,
}: NumbersRequest): PopulationNumbers {
  const g = goldenRatio(DIMENSIONS);
  const shifts = stream.child('shifts');
  const draw = (dimension: number, quantile: Quantile): Float64Array =>
    equidistributed(samples, g ** -dimension, shifts.uniform(), quantile);
  const normal = normalQuantile();
  const u = draw(1, betaQuantile(a, b));
  const z = standardised(draw(2, normal));
  const zBeside = standardised(draw(3, normal));
  const zStart = standardised(draw(4, normal));
  const zStartBeside = standardised(draw(5, normal));
  const secondMoment = (a * (a + 1)) / ((a + b) * (a + b + 1));
  const uOfBias = width === undefined ? null : splitOffBias(u, width);
  const rowsOnBias = width === undefined ? 0 : samples / (width + 1);
  scaleTo(u, secondMoment, samples - rowsOnBias);
  if (uOfBias !== null) scaleTo(uOfBias, secondMoment, rowsOnBias);
  const parent = randomCycle(samples, stream.child('cycle'));
  return { samples, secondMoment, u, uOfBias, z, zBeside, zStart, zStartBeside, parent };
}
