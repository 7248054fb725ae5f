/** The networks of a training as files, one each. */

import { isMeanfieldError, type Activation, type NetworkParameters } from '@meanfield/core';
import { writeNetwork } from '@meanfield/tensor-files';
import { extname } from 'node:path';

import { exportNetwork, networkFormatOf, requireNetworkOutput } from './network.js';

/** Where network r goes: the path itself where it is alone, `name-<r>.ending` or `folder-<r>` otherwise. */
function networkPath(path: string, network: number, networks: number): string {
  if (networks === 1) return path;
  const whole = path.replace(/[\\/]+$/, '');
  const ending = networkFormatOf(path) === 'tfjs' ? '' : extname(whole);
  return `${whole.slice(0, whole.length - ending.length)}-${network}${ending}`;
}

export interface SaveRequest {
  readonly path: string;
  readonly networks: number;
  readonly activation: Activation;
  readonly activateOutput: boolean;
}

/**
 * Fails before any work where the networks cannot be written there, or their format has no name for the activation.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, OUTPUT_UNWRITABLE, UNSUPPORTED
 */
export function requireSavable({ path, networks, activation, activateOutput }: SaveRequest): void {
  for (let network = 0; network < networks; network++)
    requireNetworkOutput(networkPath(path, network, networks));
  const layer = { fanIn: 1, fanOut: 1, weights: new Float32Array(1), bias: new Float32Array(1) };
  writeNetwork({ parameters: [layer, layer], activation, activateOutput }, networkFormatOf(path));
}

export interface Saved {
  readonly files: readonly string[];
  /** Sentences about networks that were not saved */
  readonly remarks: readonly string[];
}

/** Writes every network that is finite. Throws OUTPUT_UNWRITABLE. */
export function saveNetworks(
  { path, networks, activation, activateOutput }: SaveRequest,
  parameters: readonly NetworkParameters[],
  metadata: Readonly<Record<string, string>>,
): Saved {
  const files: string[] = [];
  const remarks: string[] = [];
  const format = networkFormatOf(path);
  parameters.forEach((layers, network) => {
    const file = networkPath(path, network, networks);
    const about = { ...metadata, network: String(network) };
    try {
      exportNetwork({ parameters: layers, activation, activateOutput }, format, file, about);
      files.push(file);
    } catch (error) {
      if (!isMeanfieldError(error) || error.code !== 'INVALID_ARGUMENT') throw error;
      remarks.push(`network ${network} was not saved: ${error.message}`);
    }
  });
  return { files, remarks };
}
