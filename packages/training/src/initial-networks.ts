/** Initial parameters: the same bits on every backend, in every process. */

import type { Initializer, NetworkParameters, RandomStream } from '@meanfield/core';

/**
 * R networks of these sizes. Layer l of network r is sampled into float32 from the stream at
 * `network/<r>/layer/<l>`; l counts layers of weights from 0.
 */
export function sampleNetworks(
  initializer: Initializer,
  sizes: readonly number[],
  networks: number,
  stream: RandomStream,
): readonly NetworkParameters[] {
  return Array.from({ length: networks }, (_, network) =>
    sizes.slice(1).map((fanOut, index) => {
      const fanIn = sizes[index]!;
      const layer = {
        fanIn,
        fanOut,
        weights: new Float32Array(fanIn * fanOut),
        bias: new Float32Array(fanOut),
      };
      initializer.sample(layer, stream.child('network').child(network).child('layer').child(index));
      return layer;
    }),
  );
}
