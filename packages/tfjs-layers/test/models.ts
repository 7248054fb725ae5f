/** What tests do with models of tfjs-layers. */

import { io, setBackend } from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';

await setBackend('cpu');

type Layer = LayersModel['layers'][number];
export type DenseArgs = Parameters<typeof layers.dense>[0];

/** Variables of a layer or model as plain arrays */
export function variablesOf(layer: Layer): number[][] {
  return layer.getWeights().map((tensor) => [...tensor.dataSync()]);
}

/** What `model.save` hands to a handler of files */
export async function saved(model: LayersModel): Promise<io.ModelArtifacts> {
  let kept: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler((artifacts) => {
      // What a file would keep of it.
      kept = { ...artifacts, modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology)) as object };
      const modelArtifactsInfo = { dateSaved: new Date(0), modelTopologyType: 'JSON' as const };
      return Promise.resolve({ modelArtifactsInfo });
    }),
  );
  if (kept === undefined) throw new Error('tfjs did not call the handler');
  return kept;
}
