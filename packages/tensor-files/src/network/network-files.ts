/** A network as the bytes of a file or a folder of files, in one of three formats. */

import { writeNpz } from '../npz.js';
import { writeSafetensors } from '../safetensors.js';
import { networkTensors, requireSizes, type DenseNetwork } from './network.js';
import { writeTfjsModel } from './tfjs-model.js';

/** 'tfjs' is a folder of two files, the others are one file. */
export type NetworkFormat = 'tfjs' | 'safetensors' | 'npz';

export type NetworkFiles =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  /** By name within the folder */
  | { readonly kind: 'folder'; readonly files: Readonly<Record<string, Uint8Array>> };

/**
 * @param metadata free text by key, such as the seed and the initializer: safetensors has room for it, beside
 *   `sizes`, `activation` and `activateOutput`, which are always there
 * @throws MeanfieldError as `writeTfjsModel`, `writeSafetensors` and `writeNpz`
 */
export function writeNetwork(
  network: DenseNetwork,
  format: NetworkFormat,
  metadata: Readonly<Record<string, string>> = {},
): NetworkFiles {
  switch (format) {
    case 'tfjs':
      return { kind: 'folder', files: { ...writeTfjsModel(network) } };
    case 'npz':
      return { kind: 'file', bytes: writeNpz(networkTensors(network)) };
    case 'safetensors':
      return {
        kind: 'file',
        bytes: writeSafetensors(networkTensors(network), {
          ...metadata,
          sizes: requireSizes(network).join('-'),
          activation: network.activation.name,
          activateOutput: String(network.activateOutput ?? false),
        }),
      };
  }
}
