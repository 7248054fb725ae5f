/**
 * One update of a network, as TensorFlow 2 and Keras define it.
 *
 * SGD: a ← μ a + g, w ← w − η a.
 * Adam (`kingma2015`, the efficient form at the end of §2): m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g²,
 * w ← w − η_t m/(√v + ε) with η_t = η √(1−β₂ᵗ)/(1−β₁ᵗ): ε is added to the √v that is not corrected for bias.
 */

import type { OptimizerSpec } from '@meanfield/core';

import type { Kernels } from './kernels.js';

/**
 * @param parameters address of a network; its moments follow
 * @param bytes of its parameters
 * @param step t: 1 at the first
 */
export function update(
  kernels: Kernels,
  spec: OptimizerSpec,
  parameters: number,
  gradients: number,
  bytes: number,
  step: number,
): void {
  const first = parameters + bytes;
  if (spec.name === 'adam') {
    const { learningRate, beta1, beta2, epsilon } = spec;
    const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    const second = first + bytes;
    kernels.adam(
      parameters,
      gradients,
      bytes,
      first,
      second,
      rate,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      epsilon,
    );
  } else if (spec.momentum === 0) kernels.sgd(parameters, gradients, bytes, spec.learningRate);
  else kernels.momentum(parameters, gradients, bytes, first, spec.learningRate, spec.momentum);
}
