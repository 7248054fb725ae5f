import type { RandomStream } from '@meanfield/core';
import { createStream, sampleWeights, type WeightLaw } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { coordinateConcentration, normalisedKernels, normPreservingScale } from '../src/index.js';
import { activations, twoSlopes } from './networks.js';

const LAWS: readonly WeightLaw[] = [
  { family: 'uniform' },
  { family: 'laplace' },
  { family: 'generalised-normal', beta: 0.8 },
  { family: 'multivariate-t', degrees: 5 },
];

const FAN_IN = 150;
const NEURONS = 12_000;

describe('one hidden layer of many neurons', () => {
  it.each(LAWS)('with $family weights preserves lengths and has the arc-cosine kernel', (law) => {
    const activation = twoSlopes(0.2);
    const { variance } = normPreservingScale(law, activation, FAN_IN);
    expect(variance * FAN_IN * (1 + 0.2 ** 2)).toBeCloseTo(2, 14);
    const angles = [Math.PI / 3, 2.4];
    const stream = createStream(3, `kernels/${law.family}`);
    const inputs = inputsAt(angles, stream.child('inputs'));
    // Per neuron: n φ(w·x)² and n φ(w·x) φ(w·y), whose means are 1 and cos θ_1 for inputs of length 1
    const samples = [0, ...angles].map(() => new Float64Array(NEURONS));
    const weights = new Float64Array(FAN_IN);
    const weightStream = stream.child('weights');
    for (let neuron = 0; neuron < NEURONS; neuron++) {
      sampleWeights({ fanIn: FAN_IN, fanOut: 1, weights }, law, variance, weightStream.child(neuron));
      const outputs = inputs.map((x) => activation.phi(dot(weights, x)));
      for (const [i, output] of outputs.entries()) samples[i]![neuron] = FAN_IN * outputs[0]! * output;
    }
    const { kernels } = normalisedKernels(activation, { depth: 1, angles: [0, ...angles] });
    for (const [i, expected] of kernels[1]!.entries()) {
      const { mean, standardError } = summary(samples[i]!);
      expect(standardError).toBeLessThan(0.04);
      expect(Math.abs(mean - expected), `angle ${i}`).toBeLessThan(3.5 * standardError);
    }
  });
});

/** Vectors of length 1 whose angles to the first are as given, in random directions */
function inputsAt(angles: readonly number[], stream: RandomStream): readonly Float64Array[] {
  const first = unit(stream);
  const others = angles.map((angle) => {
    const direction = unit(stream);
    const along = dot(first, direction);
    const across = direction.map((value, i) => value - along * first[i]!);
    const length = Math.sqrt(dot(across, across));
    return first.map((value, i) => Math.cos(angle) * value + (Math.sin(angle) * across[i]!) / length);
  });
  return [first, ...others];
}

function unit(stream: RandomStream): Float64Array {
  const vector = new Float64Array(FAN_IN);
  stream.fillNormal(vector, 1);
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

function summary(values: Float64Array): { mean: number; standardError: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, standardError: Math.sqrt(variance / values.length) };
}

describe('scales that preserve lengths', () => {
  const scaleOf = (law: WeightLaw): number => normPreservingScale(law, twoSlopes(0.5), 7).scale;

  it('are those of tsuchida2018 cor. 10', () => {
    expect(scaleOf({ family: 'normal' })).toBeCloseTo(Math.sqrt(2 / (7 * 1.25)), 14);
    expect(scaleOf({ family: 'uniform' })).toBeCloseTo(Math.sqrt(6 / (7 * 1.25)), 14);
    expect(scaleOf({ family: 'laplace' })).toBeCloseTo(Math.sqrt(1 / (7 * 1.25)), 14);
    expect(scaleOf({ family: 'multivariate-t', degrees: 3 })).toBeCloseTo(Math.sqrt(2 / (7 * 1.25 * 3)), 14);
  });

  it('meet where one family is a case of another', () => {
    const generalised = (beta: number): number => scaleOf({ family: 'generalised-normal', beta });
    expect(generalised(1)).toBeCloseTo(scaleOf({ family: 'laplace' }), 13);
    expect(generalised(2)).toBeCloseTo(Math.SQRT2 * scaleOf({ family: 'normal' }), 13);
    expect(generalised(Infinity)).toBe(scaleOf({ family: 'uniform' }));
    expect(generalised(1e6)).toBeCloseTo(scaleOf({ family: 'uniform' }), 5);
    expect(scaleOf({ family: 'multivariate-t', degrees: Infinity })).toBe(scaleOf({ family: 'normal' }));
  });

  it.each([0.7, 1.5, 4])('of the generalised normal law have its second moment, β = %f', (beta) => {
    const { scale, variance } = normPreservingScale(
      { family: 'generalised-normal', beta },
      twoSlopes(0.5),
      7,
    );
    let [mass, square] = [0, 0];
    // The trapezoidal rule over ln w, which has neither a kink nor a heavy tail
    for (let t = -40; t < 40; t += 0.02) {
      const w = Math.exp(t);
      const density = w * Math.exp(-(w ** beta));
      mass += density;
      square += density * (scale * w) ** 2;
    }
    expect(square / mass / variance).toBeCloseTo(1, 12);
  });

  it('are for signals of mean square 1 where φ is not homogeneous', () => {
    const { variance } = normPreservingScale({ family: 'normal' }, activations.erf, 10);
    expect(variance * 10 * (2 / Math.PI) * Math.asin(2 / 3)).toBeCloseTo(1, 14);
  });

  it.each<readonly [string, WeightLaw, number]>([
    ['fan-in', { family: 'normal' }, 0],
    ['β > 0', { family: 'generalised-normal', beta: 0 }, 3],
    ['β whose variance', { family: 'generalised-normal', beta: 1e-3 }, 3],
    ['ν > 2', { family: 'multivariate-t', degrees: 2 }, 3],
  ])('refuse bad input: %s', (sentence, law, fanIn) => {
    expect(() => normPreservingScale(law, activations.relu, fanIn)).toThrow(sentence);
  });
});

describe('concentration of an input in one coordinate', () => {
  it('is m^(−1/4) for equal entries and m^(1/4) for one alone', () => {
    expect(coordinateConcentration(new Float64Array(16).fill(-3))).toBeCloseTo(0.5, 15);
    expect(coordinateConcentration([0, 0, 1e300, 0, ...new Float64Array(12)])).toBe(2);
  });
  it.each([[[]], [[0, 0]], [[1, NaN]]])('is refused for %j', (input) => {
    expect(() => coordinateConcentration(input)).toThrow('finite entries, not all 0');
  });
});
