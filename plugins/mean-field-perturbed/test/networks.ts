/** Teacher and student of finite width, layer by layer. */

import type { Activation, RandomStream, SignalPair } from '@meanfield/core';
import { multiply, sampleExchangeableRows } from '@meanfield/numerics';

export interface Networks {
  readonly activation: Activation;
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly correlationStrength: number;
  /** η of the layers after the first */
  readonly strengths: readonly number[];
  /** 1/β */
  readonly noiseVariance: number;
  readonly width: number;
}

/** First layer: Gaussian pre-activations of both networks with these moments. */
function firstLayer(
  { width }: Networks,
  { q1, q2, gap }: SignalPair,
  stream: RandomStream,
): readonly [Float64Array, Float64Array] {
  const [teacher, student] = [new Float64Array(width), new Float64Array(width)];
  for (let i = 0; i < width; i++) {
    const [z1, z2] = [stream.normal(), stream.normal()];
    teacher[i] = Math.sqrt(q1) * z1;
    student[i] = Math.sqrt(q2) * ((1 - gap) * z1 + Math.sqrt(gap * (2 - gap)) * z2);
  }
  return [teacher, student];
}

/** Weights [width, width] followed by biases [width], of one network's layer. */
function sampled(networks: Networks, stream: RandomStream): Float64Array {
  const { width, weightVariance, biasVariance, correlationStrength } = networks;
  const parameters = new Float64Array(width * width + width);
  const weights = parameters.subarray(0, width * width);
  const rows = { entryVariance: weightVariance / width, correlationStrength };
  sampleExchangeableRows({ fanIn: width, fanOut: width, weights }, rows, stream.child('weights'));
  stream.child('bias').fillNormal(parameters, Math.sqrt(biasVariance), width * width);
  return parameters;
}

/** W s + b with s = φ(h) + ε */
function nextLayer(
  { activation, width, noiseVariance }: Networks,
  h: Float64Array,
  parameters: Float64Array,
  noise: RandomStream,
): Float64Array {
  const signals = h.map((x) => activation.phi(x) + Math.sqrt(noiseVariance) * noise.normal());
  const next = new Float64Array(width);
  multiply(signals, parameters.subarray(0, width * width), next, 1, width, width);
  return next.map((x, i) => x + parameters[width * width + i]!);
}

function observed(teacher: Float64Array, student: Float64Array): SignalPair {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const [q1, q2] = [dot(teacher, teacher), dot(student, student)];
  return {
    q1: q1 / teacher.length,
    q2: q2 / student.length,
    gap: 1 - dot(teacher, student) / Math.sqrt(q1 * q2),
  };
}

/** Lengths and gap of one draw of both networks, for each start in every layer after the first. */
export function simulatedPairs(
  networks: Networks,
  starts: readonly SignalPair[],
  stream: RandomStream,
): readonly (readonly SignalPair[])[] {
  let signals = starts.map((start, index) => firstLayer(networks, start, stream.child('first').child(index)));
  const layers = networks.strengths.map((strength, layer) => {
    const below = stream.child('layer').child(layer);
    const own = sampled(networks, below.child('teacher'));
    const change = sampled(networks, below.child('change'));
    const overlap = Math.sqrt(1 - strength ** 2);
    const theirs = own.map((w, i) => overlap * w + strength * change[i]!);
    signals = signals.map(([teacher, student], index) => [
      nextLayer(networks, teacher, own, below.child('teacher-noise').child(index)),
      nextLayer(networks, student, theirs, below.child('student-noise').child(index)),
    ]);
    return signals.map(([teacher, student]) => observed(teacher, student));
  });
  return starts.map((_, index) => layers.map((pairs) => pairs[index]!));
}
