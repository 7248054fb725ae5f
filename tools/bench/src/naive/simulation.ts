/** Signals through one random network as the definitions read: a triple loop, and a loop over pairs. */

import type { Activation, Initializer, RandomStream } from '@meanfield/core';

export interface Signals {
  readonly q: number;
  readonly c: number;
}

export interface NaiveRequest {
  readonly activation: Activation;
  readonly initializer: Initializer;
  readonly width: number;
  readonly depth: number;
  readonly count: number;
  /** Of one network, as `network/0` */
  readonly stream: RandomStream;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

function measure(batch: readonly Float64Array[], width: number): Signals {
  let squares = 0;
  let correlations = 0;
  let pairs = 0;
  batch.forEach((h, index) => {
    squares += dot(h, h);
    for (const other of batch.slice(index + 1)) {
      correlations += dot(h, other) / Math.sqrt(dot(h, h) * dot(other, other));
      pairs++;
    }
  });
  return { q: squares / (batch.length * width), c: correlations / pairs };
}

/** Inputs are independent N(0, 1). By layer; entry 0 is layer 1's pre-activations. */
export function simulateNaively(request: NaiveRequest): readonly Signals[] {
  const { activation, initializer, width, depth, count, stream } = request;
  const weights = new Float64Array(width * width);
  const bias = new Float64Array(width);
  const inputs = new Float64Array(width * count);
  stream.child('inputs').fillNormal(inputs, 1);
  // Drawn unit by unit
  let batch = Array.from({ length: count }, (_, input) => inputs.filter((_x, at) => at % count === input));
  return Array.from({ length: depth }, (_, index) => {
    initializer.sample(
      { fanIn: width, fanOut: width, weights, bias },
      stream.child('layer').child(index + 1),
    );
    const outputs = batch.map((signal) => {
      const output = new Float64Array(width);
      for (let unit = 0; unit < width; unit++) {
        let sum = bias[unit]!;
        for (let i = 0; i < width; i++) sum += signal[i]! * weights[i * width + unit]!;
        output[unit] = sum;
      }
      return output;
    });
    batch = outputs.map((output) => output.map((h) => activation.phi(h)));
    return measure(outputs, width);
  });
}
