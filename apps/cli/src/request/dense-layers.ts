/** The dense layers of a saved tfjs-layers model, with φ of each and whether the next one takes what it hands on. */

import type { AuditLayer } from '@meanfield/audit';
import { MeanfieldError, show, type Lab } from '@meanfield/core';
import type { TfjsLayer, TfjsModel } from '@meanfield/tensor-files';

import { TfjsActivations, type FoundActivation } from './tfjs-activations.js';

export interface DenseLayers {
  readonly layers: readonly AuditLayer[];
  /** Layers with weights that are not dense */
  readonly notRead: readonly { readonly name: string; readonly className: string; readonly reason: string }[];
}

/** Layers that change neither what signals are nor which they are, but in training */
const PASSING: ReadonlySet<string> = new Set([
  'Dropout',
  'AlphaDropout',
  'GaussianDropout',
  'GaussianNoise',
  'SpatialDropout1D',
  'ActivityRegularization',
  'Flatten',
  'Reshape',
  'Permute',
  'InputLayer',
]);

const invalid = (expected: string, found: string): MeanfieldError =>
  new MeanfieldError({
    code: 'INVALID_FILE',
    expected,
    found,
    remedy: 'save the model again with its weights',
  });

/** @throws MeanfieldError INVALID_FILE for dense layers without weights of their sizes, or where there are none; UNSUPPORTED */
export function denseLayersOf(model: TfjsModel, lab: Lab): DenseLayers {
  const activations = new TfjsActivations(lab);
  const dense = model.layers.filter(({ className }) => className === 'Dense');
  if (dense.length === 0) {
    throw new MeanfieldError({
      code: 'UNSUPPORTED',
      expected: 'a model with dense layers',
      found: `${model.layers.length} layers of other classes`,
      remedy: 'audit a model that has some',
    });
  }
  const paths = dense.map((layer) => pathTo(layer, model, activations));
  const layers = dense.map((layer, index): AuditLayer => {
    const path = paths[index]!;
    const next = paths[index + 1];
    const own = activations.named(layer.config['activation']);
    return {
      name: layer.name,
      ...parametersOf(layer, model),
      activation: next?.from === layer.name ? composed([own, ...next.activations]) : own,
      detached: detachment(path, dense[index - 1]?.name),
    };
  });
  return { layers, notRead: notRead(model) };
}

interface Path {
  /** Dense layer whose outputs it takes; null for inputs of the model */
  readonly from: string | null;
  /** φ of layers between, first to last */
  readonly activations: readonly FoundActivation[];
  /** Why it could not be followed to either */
  readonly lost: string | null;
}

/** Back from a layer to the dense layer, or the input, that feeds it. */
function pathTo(layer: TfjsLayer, { layers }: TfjsModel, known: TfjsActivations): Path {
  const activations: FoundActivation[] = [];
  const lost = (reason: string): Path => ({ from: null, activations: [], lost: reason });
  let at = layer;
  for (let passed = 0; passed <= layers.length; passed++) {
    if (at.inputs === null)
      return lost(`takes inputs that the file does not name plainly (at ${show(at.name)})`);
    const [input, ...others] = at.inputs;
    if (others.length > 0) return lost(`takes ${at.inputs.length} layers together (at ${show(at.name)})`);
    if (input === undefined) return { from: null, activations, lost: null };
    const before = layers.find(({ name }) => name === input);
    if (before === undefined) return lost(`takes ${show(input)}, which is no layer of the model`);
    if (before.className === 'Dense') return { from: before.name, activations, lost: null };
    const activation = known.ofLayer(before);
    if (activation !== undefined) activations.unshift(activation);
    else if (!PASSING.has(before.className)) {
      return lost(
        `takes what ${show(before.name)} of class ${before.className} makes, which theory does not follow here`,
      );
    }
    at = before;
  }
  return lost('takes its own outputs');
}

function detachment({ from, lost }: Path, before: string | undefined): string | null {
  if (lost !== null) return lost;
  if (from === (before ?? null)) return null;
  return `takes the outputs of ${from === null ? 'the input' : show(from)}, not of the dense layer before it`;
}

/** One function that is not linear at most is one function. */
function composed(functions: readonly FoundActivation[]): FoundActivation {
  const unknown = functions.find((each) => typeof each === 'string');
  if (unknown !== undefined) return unknown;
  const curved = functions.filter((each) => typeof each !== 'string' && each.name !== 'linear');
  if (curved.length > 1) return 'several activations follow each other';
  return curved[0] ?? functions[0]!;
}

function parametersOf(
  { name, config }: TfjsLayer,
  { weights }: TfjsModel,
): Pick<AuditLayer, 'weights' | 'bias' | 'fanIn' | 'fanOut'> {
  const find = (what: string): { readonly shape: readonly number[]; readonly data: Float32Array } => {
    const suffix = `/${name}/${what}`;
    const key = [...weights.keys()].filter((each) => `/${each}`.endsWith(suffix));
    const tensor = key.length === 1 ? weights.get(key[0]!) : undefined;
    if (tensor === undefined) {
      throw invalid(
        `one ${what} of layer ${show(name)} among the weights`,
        key.length === 0 ? 'none' : show(key),
      );
    }
    if (!(tensor.data instanceof Float32Array))
      throw invalid(`the ${what} of layer ${show(name)} as float32`, 'integers');
    return { shape: tensor.shape, data: tensor.data };
  };
  const kernel = find('kernel');
  const [fanIn, fanOut] = kernel.shape;
  const units = config['units'];
  const fits =
    kernel.shape.length === 2 && fanIn !== undefined && fanIn > 0 && fanOut !== undefined && fanOut > 0;
  if (!fits || (units !== undefined && units !== fanOut)) {
    throw invalid(`a kernel [inputs, ${show(units)}] of layer ${show(name)}`, `shape ${show(kernel.shape)}`);
  }
  const bias = (config['use_bias'] ?? config['useBias']) === false ? null : find('bias');
  if (bias !== null && (bias.shape.length !== 1 || bias.shape[0] !== fanOut)) {
    throw invalid(`${fanOut} biases of layer ${show(name)}`, `shape ${show(bias.shape)}`);
  }
  return { weights: kernel.data, bias: bias?.data ?? null, fanIn, fanOut };
}

function notRead({ layers, weights }: TfjsModel): DenseLayers['notRead'] {
  const names = [...weights.keys()].map((key) => `/${key}`);
  return layers
    .filter(({ className, name }) => className !== 'Dense' && names.some((key) => key.includes(`/${name}/`)))
    .map(({ name, className }) => ({ name, className, reason: 'it is no dense layer' }));
}
