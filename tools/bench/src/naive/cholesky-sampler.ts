/** The obvious sampler of correlated rows: factor the covariance, multiply. O(fanIn³ + fanIn²·fanOut). */

import type { DenseLayer, RandomStream } from '@meanfield/core';

interface RowLaw {
  readonly weightVariance: number;
  readonly kappa: number;
}

/** Lower factor of (σ_w²/n)(I − κJ/n), row-major. */
function factor(n: number, { weightVariance, kappa }: RowLaw): Float64Array {
  const lower = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = (weightVariance / n) * ((row === column ? 1 : 0) - kappa / n);
      for (let index = 0; index < column; index++)
        rest -= lower[row * n + index]! * lower[column * n + index]!;
      lower[row * n + column] = row === column ? Math.sqrt(rest) : rest / lower[column * n + column]!;
    }
  }
  return lower;
}

export function sampleByCholesky(
  { fanIn, fanOut, weights }: DenseLayer,
  law: RowLaw,
  stream: RandomStream,
): void {
  const lower = factor(fanIn, law);
  const normals = new Float64Array(fanIn);
  for (let neuron = 0; neuron < fanOut; neuron++) {
    stream.fillNormal(normals, 1);
    for (let row = 0; row < fanIn; row++) {
      let weight = 0;
      for (let index = 0; index <= row; index++) weight += lower[row * fanIn + index]! * normals[index]!;
      weights[row * fanOut + neuron] = weight;
    }
  }
}
