/** Models of tfjs-layers, written as `model.save` writes them to files, with the weights cut into shards. */

import '@tensorflow/tfjs-backend-cpu';
import { io, setBackend } from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

await setBackend('cpu');

type DenseArgs = Parameters<typeof layers.dense>[0];
type Initializer = NonNullable<DenseArgs['kernelInitializer']>;

/** relu in three ways, one of them a layer of its own, and a softmax; dropout, which changes nothing here */
export function perceptron(kernelInitializer: Initializer): LayersModel {
  return sequential({
    layers: [
      layers.dense({ units: 160, inputShape: [80], activation: 'relu', kernelInitializer }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 160, kernelInitializer }),
      layers.reLU(),
      layers.dense({ units: 160, activation: 'linear', kernelInitializer }),
      layers.activation({ activation: 'relu' }),
      layers.dense({ units: 12, activation: 'softmax', kernelInitializer, useBias: false }),
    ],
  });
}

/** A branch, a normalisation, an activation that is unknown, and a convolution */
export function mixed(): LayersModel {
  const image = input({ shape: [6, 6, 1] });
  const convolved = layers.conv2d({ filters: 2, kernelSize: 3, name: 'convolved' }).apply(image);
  const flat = layers.flatten().apply(convolved);
  const first = layers.dense({ units: 24, activation: 'softsign', name: 'first' }).apply(flat);
  const normal = layers.batchNormalization({ name: 'normal' }).apply(first);
  const second = layers.dense({ units: 24, activation: 'tanh', name: 'second' }).apply(normal);
  const added = layers.add({ name: 'added' }).apply([first as never, second as never]);
  const output = layers.dense({ units: 3, name: 'third' }).apply(added);
  return model({ inputs: image, outputs: output as never });
}

const SHARD = 40_000;

export async function saveTo(folder: string, built: LayersModel): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await built.save(
    io.withSaveHandler((artifacts) => {
      const bytes = new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData));
      const paths: string[] = [];
      for (let start = 0; start < bytes.length; start += SHARD) {
        const path = `group1-shard${paths.length + 1}.bin`;
        writeFileSync(join(folder, path), bytes.subarray(start, start + SHARD));
        paths.push(path);
      }
      const json = {
        format: artifacts.format,
        modelTopology: artifacts.modelTopology,
        weightsManifest: [{ paths, weights: artifacts.weightSpecs }],
      };
      writeFileSync(join(folder, 'model.json'), JSON.stringify(json));
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const },
      });
    }),
  );
}
