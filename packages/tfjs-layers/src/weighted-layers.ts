/** The layers of a model that have variables, those of models and wrappers inside it too. */

import { MeanfieldError } from '@meanfield/core';
import type { LayersModel as Model } from '@tensorflow/tfjs-layers';

/** A model of tfjs-layers, sequential or functional. */
export type LayersModel = Model;
type Layer = LayersModel['layers'][number];

export interface WeightedLayer {
  /** Names from the outermost model's layer inwards, joined by '/' */
  readonly path: string;
  readonly className: string;
  readonly layer: Layer;
  /** Of its variables, kernel and bias first */
  readonly shapes: readonly (readonly (number | null)[])[];
}

/** Layers inside a model; the one layer that TimeDistributed applies at every step */
function inside(layer: Layer): readonly Layer[] | undefined {
  if ('layers' in layer) return layer.layers as readonly Layer[];
  if (layer.getClassName() === 'TimeDistributed' && 'layer' in layer) return [layer.layer as Layer];
  return undefined;
}

/**
 * In the order of `model.layers`, each layer once.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a model or layer that is not built, so that it has no variables yet
 */
export function weightedLayers(model: LayersModel): readonly WeightedLayer[] {
  const found = new Map<Layer, WeightedLayer>();
  const visit = (layer: Layer, parents: string): void => {
    const path = `${parents}${layer.name}`;
    const children = inside(layer);
    if (children !== undefined) {
      for (const child of children) visit(child, `${path}/`);
      return;
    }
    if (!layer.built) throw notBuilt(`layer ${path} without variables`);
    const shapes = layer.weights.map(({ shape }) => shape);
    if (shapes.length === 0 || found.has(layer)) return;
    found.set(layer, { path, className: layer.getClassName(), layer, shapes });
  };
  // Not `model.built`, which is false for a sequential model that has not been used, though its layers are built.
  if (model.layers.length === 0) throw notBuilt(`${model.name} without layers`);
  for (const layer of model.layers) visit(layer, '');
  return [...found.values()];
}

function notBuilt(found: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'a built model, whose layers have their variables',
    found,
    remedy: 'add the layers first and give the first one an inputShape',
  });
}
