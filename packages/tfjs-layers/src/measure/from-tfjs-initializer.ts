/** From initializers of tfjs-layers to those of this laboratory, by measuring them. */

import {
  addMatrix,
  estimateMean,
  lawOfMoments,
  neuronSums,
  weightMoments,
  type BiasMoments,
  type Estimate,
  type WeightMoments,
} from '@meanfield/audit';
import {
  MeanfieldError,
  show,
  type DenseLayer,
  type Initializer,
  type RandomStream,
  type WeightStatistics,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

import type { TfjsInitializer } from '../base-class.js';
import { MeanfieldInitializer } from '../meanfield-initializer.js';
import { sampleTfjs } from './tfjs-sampler.js';

export interface MeasureOptions {
  /** N, at least 2; default 512 */
  readonly fanIn?: number;
  /** Neurons of a sample, at least 2; default 512 */
  readonly fanOut?: number;
  /** Matrices drawn; default 1. Standard errors shrink as 1/√(samples · fanOut). */
  readonly samples?: number;
  /** Initializer of the bias; zeros where left out */
  readonly biasInitializer?: TfjsInitializer;
  /** Seed of the samples measured; default 1 */
  readonly seed?: number;
  /** Name of the initializer that comes back; default the class name in tfjs-layers */
  readonly name?: string;
}

/** What samples show, each number with its standard error */
export interface Measured extends WeightMoments, BiasMoments {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly samples: number;
}

export interface MeasuredInitializer {
  /**
   * The law as theory needs it: Gaussian rows of the measured σ_w² and σ_b², k = 0 where it is within four standard
   * errors; 'empirical' with a reason where the samples do not look like it
   */
  readonly statistics: WeightStatistics;
  /** 'plugin' for an initializer made by `toTfjsInitializer`, whose plugin declares its law; else 'measured' */
  readonly statisticsFrom: 'measured' | 'plugin';
  readonly measured: Measured;
  /** Samples by the initializer of tfjs-layers, and declares these statistics */
  readonly initializer: Initializer;
  /** Whether the same stream gives the same numbers */
  readonly reproducible: boolean;
}

/**
 * Measures what an initializer of tfjs-layers draws at a fan-in and fan-out, and makes it an initializer of this laboratory.
 *
 * What is measured holds for these sizes: tfjs-layers' random normal and uniform do not scale with fan-in, its Glorot ones
 * depend on fan-out. Three moments do not prove a law; independence of neurons is not tested.
 *
 * `initializer.sample` makes the tfjs initializer anew at a seed drawn from the stream, whatever its own seed: so layers
 * differ and the same stream gives the same numbers, with the same version of tfjs. Classes that have no `seed` in their config,
 * or are not registered with tfjs, draw as they do: `reproducible` says whether two draws agreed. An initializer made by
 * `toTfjsInitializer` is unwrapped: weights and biases come from its plugin. Needs an engine of tfjs with `dataSync`.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for sizes below 2 or samples below 1, or where what is drawn is not finite
 */
export function fromTfjsInitializer(
  tfjsInitializer: TfjsInitializer,
  { fanIn = 512, fanOut = 512, samples = 1, biasInitializer, seed = 1, name }: MeasureOptions = {},
): MeasuredInitializer {
  requireCount('fan-in', fanIn, 2);
  requireCount('fan-out', fanOut, 2);
  requireCount('number of samples', samples, 1);
  const ours = tfjsInitializer instanceof MeanfieldInitializer ? tfjsInitializer.initializer : undefined;
  const sample: Initializer['sample'] =
    ours === undefined
      ? (layer, stream) => sampleTfjs(tfjsInitializer, biasInitializer, layer, stream)
      : (layer, stream) => ours.sample(layer, stream);
  const stream = createStream(seed).child('measure');
  const measured = measure(sample, { fanIn, fanOut, samples }, stream);
  const statistics =
    ours?.statistics() ?? lawOfMoments(measured, measured, { fanIn, neurons: fanOut * samples });
  return {
    statistics,
    statisticsFrom: ours === undefined ? 'measured' : 'plugin',
    measured,
    initializer: {
      name: name ?? ours?.name ?? tfjsInitializer.getClassName(),
      statistics: () => statistics,
      sample,
    },
    reproducible: agrees(sample, stream.child('twice')),
  };
}

function requireCount(what: string, count: number, least: number): void {
  if (Number.isSafeInteger(count) && count >= least) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a ${what} that is an integer of at least ${least}`,
    found: show(count),
    remedy: 'choose such a number',
  });
}

function emptyLayer(
  fanIn: number,
  fanOut: number,
): DenseLayer & { weights: Float32Array; bias: Float32Array } {
  return { fanIn, fanOut, weights: new Float32Array(fanIn * fanOut), bias: new Float32Array(fanOut) };
}

function measure(
  sample: Initializer['sample'],
  sizes: Pick<Measured, 'fanIn' | 'fanOut' | 'samples'>,
  stream: RandomStream,
): Measured {
  const { fanIn, fanOut, samples } = sizes;
  const sums = neuronSums(fanIn, fanOut * samples);
  const biases = new Float64Array(fanOut * samples);
  const layer = emptyLayer(fanIn, fanOut);
  for (let index = 0; index < samples; index++) {
    sample(layer, stream.child(index));
    addMatrix(sums, layer.weights, index * fanOut);
    biases.set(layer.bias, index * fanOut);
  }
  const biasVariance: Estimate = estimateMean(biases.map((bias) => bias * bias));
  return { ...sizes, ...weightMoments(sums), biasVariance, biasMean: estimateMean(biases) };
}

function agrees(sample: Initializer['sample'], stream: RandomStream): boolean {
  const [first, second] = [emptyLayer(8, 8), emptyLayer(8, 8)];
  sample(first, stream.child('same'));
  sample(second, stream.child('same'));
  const same = (a: Float32Array, b: Float32Array): boolean => a.every((value, index) => value === b[index]);
  return same(first.weights, second.weights) && same(first.bias, second.bias);
}
