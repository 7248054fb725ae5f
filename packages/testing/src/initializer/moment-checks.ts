/** Measured moments and correlations of weights against those that the statistics declare. */

import type { GaussianRows, Initializer, ReplacedEntryRows } from '@meanfield/core';

import type { Check } from '../check.js';
import { expectMean } from '../confidence.js';
import { declaredMoments, type Moments } from './declared-moments.js';
import { incoming, neuronSums, sampleLayer, type NeuronSums } from './sampled-layer.js';

/** Wide enough to see 1 % in σ_w² and 5 % in the variance of a neuron's sum. */
const FAN_IN = 48;
const FAN_OUT = 20_000;

export interface MomentOptions {
  readonly seed: number;
  /** False for entries that share the Gaussian statistics only as the fan-in grows */
  readonly gaussian: boolean;
  /** Variance of a weight, where it is not the declared one */
  readonly weightVariance?: ((fanIn: number, fanOut: number) => number) | undefined;
}

/** What `make` made at the first call: checks share one sample, drawn when one of them runs. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Checks of an initializer whose statistics are a law, not 'empirical'. */
export function momentChecks(
  initializer: Initializer,
  law: GaussianRows | ReplacedEntryRows,
  { seed, gaussian, weightVariance }: MomentOptions,
): readonly Check[] {
  const atShape = weightVariance && { weightVariance: FAN_IN * weightVariance(FAN_IN, FAN_OUT) };
  const declared = declaredMoments({ ...law, ...atShape }, FAN_IN);
  const entries = FAN_IN + (declared.biasIsEntry ? 1 : 0);
  const layer = once(() =>
    sampleLayer(initializer, { fanIn: FAN_IN, fanOut: FAN_OUT, seed, path: 'moments' }),
  );
  const sums = once(() => neuronSums(layer(), declared.biasIsEntry));
  const means = (of: keyof NeuronSums): Float64Array => sums()[of].map((sum) => sum / entries);

  const bias = (order: 1 | 2 | 4, moment: keyof Moments): void => {
    expectMean(
      Float64Array.from(layer().bias, (b) => b ** order),
      declared.bias[moment],
      `E b^${order}`,
    );
  };

  const checks: Check[] = [
    { name: 'has the declared mean', run: () => expectMean(means('first'), declared.entry.mean, 'E w') },
    {
      name: 'has the declared variance',
      run: () => expectMean(means('squares'), declared.entry.square, 'E w²'),
    },
    {
      name: 'has the declared correlation of the entries of a row',
      run() {
        const { first, squares } = sums();
        const pairs = entries * (entries - 1);
        const products = first.map((sum, neuron) => (sum * sum - squares[neuron]!) / pairs);
        expectMean(products, declared.pairProduct, 'E w_i w_j');
      },
    },
    {
      name: 'has one law at every input',
      run() {
        for (const row of [0, 1, FAN_IN - 1]) {
          expectMean(incoming(layer(), row), declared.entry.mean, `E w at input ${row}`);
          expectMean(
            incoming(layer(), row).map((w) => w * w),
            declared.entry.square,
            `E w² at input ${row}`,
          );
        }
      },
    },
    {
      name: 'draws neurons independently of each other',
      run() {
        const products = new Float64Array(FAN_OUT / 2);
        for (let row = 0; row < FAN_IN; row++) {
          const weights = incoming(layer(), row);
          for (let pair = 0; pair < products.length; pair++) {
            products[pair]! += (weights[2 * pair]! * weights[2 * pair + 1]!) / FAN_IN;
          }
        }
        expectMean(products, declared.entry.mean ** 2, "E w_ij w_ij'");
      },
    },
    { name: 'has the declared mean of biases', run: () => bias(1, 'mean') },
    { name: 'has the declared variance of biases', run: () => bias(2, 'square') },
    {
      name: 'has the declared correlation of bias and weights',
      run() {
        const { first } = neuronSums(layer(), false);
        const products = first.map((sum, neuron) => (sum / FAN_IN) * layer().bias[neuron]!);
        expectMean(products, declared.biasIsEntry ? declared.pairProduct : 0, 'E b w');
      },
    },
  ];
  if (gaussian) {
    checks.push(
      {
        name: 'has the fourth moment of its law',
        run: () => expectMean(means('fourths'), declared.entry.fourth, 'E w⁴'),
      },
      { name: 'has the fourth moment of its law of biases', run: () => bias(4, 'fourth') },
    );
  }
  return checks;
}
