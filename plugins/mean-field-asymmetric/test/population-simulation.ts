/**
 * Networks of finite width with one replaced entry in each row, in float64, for tests: two inputs, no mean-field
 * assumption, fresh random numbers in every layer.
 */

import type { Activation, RandomStream, ReplacedEntryRows } from '@meanfield/core';
import { kappaOf, sampleReplacedEntryRows } from '@meanfield/numerics';

/** Pre-activations of two signals over the neurons of a layer, [N] each */
export interface TwoSignals {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

export interface Observed {
  readonly q: number;
  readonly gap: number;
}

/** Mean squares of the first signal, and ½ E (h1/√q1 − h2/√q2)². */
export function observe({ first, second }: TwoSignals): Observed {
  const square = (x: Float64Array): number => x.reduce((sum, h) => sum + h * h, 0) / x.length;
  const [q1, q2] = [square(first), square(second)];
  let gap = 0;
  for (let i = 0; i < first.length; i++) {
    gap += (first[i]! / Math.sqrt(q1) - second[i]! / Math.sqrt(q2)) ** 2;
  }
  return { q: q1, gap: gap / (2 * first.length) };
}

/** Independent pairs of normals with variance q and correlation 1 − gap. */
export function gaussianLayer(width: number, q: number, gap: number, stream: RandomStream): TwoSignals {
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  for (let i = 0; i < width; i++) {
    const z = stream.normal();
    first[i] = Math.sqrt(q) * z;
    second[i] = Math.sqrt(q) * ((1 - gap) * z + Math.sqrt(gap * (2 - gap)) * stream.normal());
  }
  return { first, second };
}

/** The next layer with its weights and biases formed. */
export function layerOfWeights(
  { first, second }: TwoSignals,
  activation: Activation,
  law: ReplacedEntryRows,
  stream: RandomStream,
): TwoSignals {
  const width = first.length;
  const weights = new Float64Array(width * width);
  const bias = new Float64Array(width);
  sampleReplacedEntryRows({ fanIn: width, fanOut: width, weights, bias }, law, stream);
  const [next1, next2] = [bias.slice(), bias.slice()];
  for (let i = 0; i < width; i++) {
    const [s1, s2] = [activation.phi(first[i]!), activation.phi(second[i]!)];
    for (let j = 0; j < width; j++) {
      next1[j]! += weights[i * width + j]! * s1;
      next2[j]! += weights[i * width + j]! * s2;
    }
  }
  return { first: next1, second: next2 };
}

/**
 * The next layer without forming weights, and with the bias left out: given the replaced entry, the Gaussian parts of a
 * row are a pair of normals with a known covariance.
 */
export function layerOfRows(
  { first, second }: TwoSignals,
  activation: Activation,
  { weightVariance, correlationStrength, replacement }: ReplacedEntryRows,
  stream: RandomStream,
): TwoSignals {
  const width = first.length;
  const kappa = kappaOf(correlationStrength);
  const [s, t] = [first.map((h) => activation.phi(h)), second.map((h) => activation.phi(h))];
  const sums = { s: 0, t: 0, ss: 0, st: 0, tt: 0 };
  for (let i = 0; i < width; i++) {
    sums.s += s[i]!;
    sums.t += t[i]!;
    sums.ss += s[i]! ** 2;
    sums.st += s[i]! * t[i]!;
    sums.tt += t[i]! ** 2;
  }
  const next = { first: new Float64Array(width), second: new Float64Array(width) };
  for (let j = 0; j < width; j++) {
    const k = stream.integer(width);
    const u = stream.beta(replacement.a, replacement.b);
    const [a, b] = [s[k]!, t[k]!];
    const covariance = (square: number, left: number, right: number): number =>
      (weightVariance / width) * (square - (kappa * left * right) / width);
    const aa = covariance(sums.ss - a * a, sums.s - a, sums.s - a);
    const ab = covariance(sums.st - a * b, sums.s - a, sums.t - b);
    const bb = covariance(sums.tt - b * b, sums.t - b, sums.t - b);
    const z = stream.normal();
    const rest = Math.sqrt(Math.max(0, bb - (ab * ab) / aa));
    next.first[j] = Math.sqrt(aa) * z + u * a;
    next.second[j] = (ab / Math.sqrt(aa)) * z + rest * stream.normal() + u * b;
  }
  return next;
}

export interface Mean {
  readonly mean: number;
  readonly standardError: number;
}

export function meanOf(values: readonly number[]): Mean {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (values.length * (values.length - 1))) };
}
