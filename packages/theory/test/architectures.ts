/** Random architectures with normalised signals, alike for every test that asks for the same number. */

import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import sin from '@meanfield/activation-sin';
import tanh from '@meanfield/activation-tanh';
import type { Activation, DeepArchitecture, RandomStream } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

/** Bounds on convexity are nearly reached by the leaky ones, which are close to linear. */
const ACTIVATIONS: readonly Activation[] = [
  relu.create(),
  ...[0.1, 0.5, 0.8, 0.95, -0.3].map((negativeSlope) => leakyRelu.create({ negativeSlope })),
  erf.create(),
  tanh.create(),
  sin.create(),
  gelu.create(),
];

const between = (stream: RandomStream, low: number, high: number): number =>
  low + (high - low) * stream.uniform();

/** Activations all alike or mixed, variances too; depths from 1 to `deepest`. */
function randomArchitecture(
  stream: RandomStream,
  kind: DeepArchitecture['kind'],
  deepest: number,
): DeepArchitecture {
  const depth = 1 + stream.integer(deepest);
  const mixed = stream.uniform() < 0.5;
  const biased = stream.uniform() < 0.6;
  const any = (): Activation => ACTIVATIONS[stream.integer(ACTIVATIONS.length)]!;
  const first = any();
  const scale = between(stream, -4, 1);
  const layers = Array.from({ length: depth }, () => {
    const activation = mixed ? any() : first;
    const weightVariance = Math.exp(between(stream, -1, 1));
    const biasVariance = biased ? weightVariance * between(stream, 0, 0.5) : 0;
    const branchVariance = Math.exp(scale + between(stream, -0.5, 0.5));
    return { activation, weightVariance, biasVariance, branchVariance };
  });
  if (kind === 'resnet')
    return { kind, blocks: layers.map(({ activation, branchVariance }) => ({ activation, branchVariance })) };
  return {
    kind,
    layers: layers.map(({ activation, weightVariance, biasVariance }) => ({
      activation,
      weightVariance,
      biasVariance,
    })),
  };
}

/** Perceptrons and residual networks in turn. */
export function randomArchitectures(count: number, deepest: number): readonly DeepArchitecture[] {
  const stream = createStream(6, 'architectures');
  return Array.from({ length: count }, (_, i) =>
    randomArchitecture(stream.child(i), i % 2 === 0 ? 'mlp' : 'resnet', deepest),
  );
}
