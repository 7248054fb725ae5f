/**
 * Optimisers over plain arrays, as TensorFlow 2 and Keras define them.
 *
 * In plain TypeScript an Adam step on 101,000 parameters takes 1.2 ms, copies to and from the engine
 * included; as tensor operations 2.4 ms layer by layer and 6.8 ms on one concatenated tensor (wasm engine).
 *
 * SGD: a ← μ a + g, w ← w − η a.
 * Adam (`kingma2015`, the efficient form at the end of §2): m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g²,
 * w ← w − η_t m/(√v + ε) with η_t = η √(1−β₂ᵗ)/(1−β₁ᵗ). So ε is added to the √v that is not corrected
 * for bias, which `kingma2015` calls ε̂ and Keras ε.
 */

import type { OptimizerSpec } from '@meanfield/core';

/** Updates one network; it holds the moments of that network. */
export interface Optimizer {
  /** Updates done */
  steps: number;
  /** Mean gradients and their squares, as far as this optimiser has them; not copied */
  readonly moments: readonly Float32Array[];
  /** Moves `parameters` in place. The same number of arrays, of the same lengths, at each call. */
  update(parameters: readonly Float32Array[], gradients: readonly Float32Array[]): void;
}

type Spec<Name extends OptimizerSpec['name']> = Extract<OptimizerSpec, { readonly name: Name }>;

const zeros = (lengths: readonly number[]): Float32Array[] =>
  lengths.map((length) => new Float32Array(length));

function sgd({ learningRate, momentum }: Spec<'sgd'>, lengths: readonly number[]): Optimizer {
  const accumulated = zeros(momentum === 0 ? [] : lengths);
  return {
    steps: 0,
    moments: accumulated,
    update(parameters, gradients) {
      this.steps++;
      parameters.forEach((w, index) => {
        const g = gradients[index]!;
        const a = accumulated[index];
        for (let i = 0; i < w.length; i++) {
          const direction = a === undefined ? g[i]! : momentum * a[i]! + g[i]!;
          if (a !== undefined) a[i] = direction;
          w[i]! -= learningRate * direction;
        }
      });
    },
  };
}

function adamArray(
  w: Float32Array,
  g: Float32Array,
  m: Float32Array,
  v: Float32Array,
  { beta1, beta2, epsilon }: Spec<'adam'>,
  rate: number,
): void {
  for (let i = 0; i < w.length; i++) {
    const slope = g[i]!;
    const first = beta1 * m[i]! + (1 - beta1) * slope;
    const second = beta2 * v[i]! + (1 - beta2) * slope * slope;
    m[i] = first;
    v[i] = second;
    w[i]! -= (rate * first) / (Math.sqrt(second) + epsilon);
  }
}

function adam(spec: Spec<'adam'>, lengths: readonly number[]): Optimizer {
  const firstMoments = zeros(lengths);
  const secondMoments = zeros(lengths);
  return {
    steps: 0,
    moments: [...firstMoments, ...secondMoments],
    update(parameters, gradients) {
      const step = ++this.steps;
      const rate = (spec.learningRate * Math.sqrt(1 - spec.beta2 ** step)) / (1 - spec.beta1 ** step);
      parameters.forEach((w, index) =>
        adamArray(w, gradients[index]!, firstMoments[index]!, secondMoments[index]!, spec, rate),
      );
    },
  };
}

export function createOptimizer(spec: OptimizerSpec, lengths: readonly number[]): Optimizer {
  return spec.name === 'sgd' ? sgd(spec, lengths) : adam(spec, lengths);
}
