/** A cell: one fully resolved unit of work, named by a hash of what it is. */

import type { JsonObject, PluginKind } from '@meanfield/core';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

import { canonicalJson } from './canonical-json.js';

/** A plugin that a cell needs, at the version that it was resolved with. */
export interface PluginUse {
  readonly kind: PluginKind;
  readonly name: string;
  readonly package: string;
  readonly version: string;
}

export interface CellContent {
  /** Name of the experiment */
  readonly experiment: string;
  /** Options with every default filled in, also those of the plugins that they choose */
  readonly options: JsonObject;
  readonly seed: number;
  /** What the cell needs, the experiment among them, sorted by kind and name */
  readonly plugins: readonly PluginUse[];
}

export interface Cell extends CellContent {
  /** `cellId` of the rest */
  readonly id: string;
}

const ID_DIGITS = 32;

/**
 * The first 32 hexadecimal digits of SHA-256 of the content's canonical JSON: 128 bits, so that cells with
 * equal ids are equal cells.
 *
 * @throws MeanfieldError INVALID_ARGUMENT when the content is not JSON
 */
export function cellId({ experiment, options, seed, plugins }: CellContent): string {
  const spelling = canonicalJson(
    { experiment, options, seed, plugins },
    `a cell of experiment ${experiment}`,
  );
  return bytesToHex(sha256(utf8ToBytes(spelling))).slice(0, ID_DIGITS);
}
