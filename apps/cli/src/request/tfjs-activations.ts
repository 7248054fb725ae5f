/** φ of layers of tfjs-layers as activations here: by the names that tfjs-layers saves, which are taken for what it computes. */

import { show, type Activation, type Lab } from '@meanfield/core';
import type { TfjsLayer } from '@meanfield/tensor-files';

/** φ, or as the end of a sentence why there is none */
export type FoundActivation = Activation | string;

/** Instances, so that layers with one φ share it. */
export class TfjsActivations {
  readonly #lab: Lab;
  readonly #made = new Map<string, Activation>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** `activation` in the config of a layer: a name, or what serialises a class */
  named(activation: unknown): FoundActivation {
    const name = nameOf(activation);
    if (name === undefined) return `the activation ${show(activation)} is unknown here`;
    const plain = name.toLowerCase().replaceAll('_', '');
    const found = NAMES[plain];
    if (found !== undefined) return this.#get(...found);
    if (plain === 'softmax' || plain === 'logsoftmax')
      return `${name} is no function of single pre-activations`;
    return `the activation ${show(name)} is unknown here`;
  }

  /** Of a layer that is an activation by its class; undefined for other layers */
  ofLayer({ className, config }: TfjsLayer): FoundActivation | undefined {
    const alpha = config['alpha'];
    switch (className) {
      case 'Activation':
        return this.named(config['activation']);
      case 'ReLU':
        return (config['max_value'] ?? config['maxValue'] ?? null) === null
          ? this.#get('relu', {})
          : 'ReLU with a largest value is unknown here';
      case 'LeakyReLU':
        return this.#get('leaky-relu', { negativeSlope: typeof alpha === 'number' ? alpha : 0.3 });
      case 'ELU':
        return this.#get('elu', { alpha: typeof alpha === 'number' ? alpha : 1 });
      case 'Softmax':
        return 'softmax is no function of single pre-activations';
      case 'PReLU':
      case 'ThresholdedReLU':
        return `${className} is unknown here`;
      default:
        return undefined;
    }
  }

  #get(name: string, options: Readonly<Record<string, unknown>>): Activation {
    const key = JSON.stringify([name, options]);
    const made = this.#made.get(key) ?? this.#lab.get('activation', name, options);
    this.#made.set(key, made);
    return made;
  }
}

const NAMES: Readonly<Record<string, readonly [string, Readonly<Record<string, unknown>>]>> = {
  linear: ['linear', {}],
  relu: ['relu', {}],
  tanh: ['tanh', {}],
  sigmoid: ['sigmoid', {}],
  softplus: ['softplus', {}],
  elu: ['elu', {}],
  selu: ['selu', {}],
  swish: ['silu', {}],
  silu: ['silu', {}],
  gelu: ['gelu', {}],
  gelunew: ['gelu', { form: 'tanh' }],
};

function nameOf(activation: unknown): string | undefined {
  if (activation === undefined || activation === null) return 'linear';
  if (typeof activation === 'string') return activation;
  const name =
    typeof activation === 'object' && 'class_name' in activation ? activation.class_name : undefined;
  return typeof name === 'string' ? name : undefined;
}
