/** Optimisers as TensorFlow 2 defines them, in one pass over `bytes` of parameters. See src/thread/optimizer.ts. */

import { madd, splat } from './fused';

/** w ← w − η g */
export function sgd(parameters: usize, gradients: usize, bytes: usize, learningRate: f32): void {
  const rate = splat(-learningRate);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(parameters + at, madd(rate, v128.load(gradients + at), v128.load(parameters + at)));
  }
}

/** a ← μ a + g, w ← w − η a */
export function momentum(
  parameters: usize,
  gradients: usize,
  bytes: usize,
  accumulated: usize,
  learningRate: f32,
  decay: f32,
): void {
  const rate = splat(-learningRate);
  const kept = splat(decay);
  for (let at: usize = 0; at < bytes; at += 16) {
    const a = madd(kept, v128.load(accumulated + at), v128.load(gradients + at));
    v128.store(accumulated + at, a);
    v128.store(parameters + at, madd(rate, a, v128.load(parameters + at)));
  }
}

/**
 * m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g², w ← w − η_t m/(√v + ε)
 *
 * @param rate η_t
 */
export function adam(
  parameters: usize,
  gradients: usize,
  bytes: usize,
  first: usize,
  second: usize,
  rate: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  epsilon: f32,
): void {
  const keep1 = splat(beta1);
  const take1 = splat(rest1);
  const keep2 = splat(beta2);
  const take2 = splat(rest2);
  const floor = splat(epsilon);
  const scale = splat(rate);
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = v128.load(gradients + at);
    const m = madd(keep1, v128.load(first + at), f32x4.mul(take1, g));
    const v = madd(keep2, v128.load(second + at), f32x4.mul(take2, f32x4.mul(g, g)));
    v128.store(first + at, m);
    v128.store(second + at, v);
    const change = f32x4.div(f32x4.mul(scale, m), f32x4.add(f32x4.sqrt(v), floor));
    v128.store(parameters + at, f32x4.sub(v128.load(parameters + at), change));
  }
}
