/**
 * A saved tfjs-layers model: `model.json` with the topology and a manifest of weights, whose bytes lie in shards beside it.
 *
 * Nothing is taken on trust: names of shards stay in the folder of the model, every stated size is checked against the bytes
 * that are there before memory is taken, and the weights have to use up their shards.
 */

import { MeanfieldError, show } from '@meanfield/core';
import { z } from 'zod';

import { damaged, notRead } from '../file-errors.js';
import { elementCount, ELEMENT_TYPES, valuesOf, type Tensor } from '../tensor.js';
import { layersOfTopology, type TfjsLayer } from './tfjs-topology.js';

export interface TfjsModel {
  /** Those of models within the model too, in the order of the file */
  readonly layers: readonly TfjsLayer[];
  /** float32 and int32 weights by their names, such as `dense_1/kernel` */
  readonly weights: ReadonlyMap<string, Tensor>;
}

const MOST_WEIGHTS = 100_000;
const MOST_SHARDS = 100_000;

/** Bytes of an element of what a manifest may hold beside `ELEMENT_TYPES`, and which is skipped */
const SKIPPED: Readonly<Record<string, number>> = { bool: 1, complex64: 8 };

const specSchema = z.object({
  name: z.string(),
  shape: z.array(z.unknown()).max(64),
  dtype: z.string(),
  quantization: z.unknown().optional(),
});
const modelSchema = z.object({
  format: z.string().optional(),
  modelTopology: z.unknown(),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string()).max(MOST_SHARDS),
        weights: z.array(specSchema).max(MOST_WEIGHTS),
      }),
    )
    .max(MOST_SHARDS),
});
type Spec = z.infer<typeof specSchema>;

/**
 * @param text of `model.json`
 * @param readShard the bytes of a file in the folder of the model, by a relative path without `..`
 * @throws MeanfieldError INVALID_FILE for what is damaged or no such model; UNSUPPORTED for graph models, quantised weights and
 *   element types that are not read; and what `readShard` throws
 */
export function readTfjsModel(text: string, readShard: (path: string) => Uint8Array): TfjsModel {
  const { modelTopology, weightsManifest } = parseModel(text);
  const layers = layersOfTopology(modelTopology);
  const weights = new Map<string, Tensor>();
  for (const { paths, weights: specs } of weightsManifest) {
    for (const path of paths) requireInside(path);
    const stated = specs.map((spec) => ({ spec, bytes: bytesOfSpec(spec) }));
    const total = stated.reduce((sum, { bytes }) => sum + bytes, 0);
    const bytes = concatenated(paths.map(readShard), total, paths);
    let position = 0;
    for (const { spec, bytes: length } of stated) {
      if (weights.has(spec.name)) throw damaged('weights of different names', show(spec.name));
      const tensor = tensorOf(spec, bytes, position, position + length);
      if (tensor !== undefined) weights.set(spec.name, tensor);
      position += length;
    }
  }
  return { layers, weights };
}

function parseModel(text: string): z.infer<typeof modelSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw damaged('JSON in the file of a tfjs-layers model', show(text.slice(0, 40)), cause);
  }
  const outcome = modelSchema.safeParse(json);
  if (!outcome.success || (outcome.data.modelTopology ?? null) === null) {
    const found = outcome.success ? 'no topology' : (outcome.error.issues[0]?.message ?? 'other JSON');
    throw damaged(
      'a saved tfjs-layers model, with modelTopology and weightsManifest',
      `${show(json)} (${found.toLowerCase()})`,
      outcome.error,
    );
  }
  if (outcome.data.format === 'graph-model') {
    const remedy = 'convert it with --output_format tfjs_layers_model';
    throw notRead('a layers model of TensorFlow.js', 'a graph model', remedy);
  }
  return outcome.data;
}

/** Refuses what could name a file elsewhere, on any system. */
function requireInside(path: string): void {
  const parts = path.split('/');
  const plain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  // eslint-disable-next-line no-control-regex -- names with control characters are what is refused
  if (plain && path.length <= 1000 && !/[\\:\u0000-\u001f]/.test(path)) return;
  throw new MeanfieldError({
    code: 'INVALID_FILE',
    expected: 'shards of weights inside the folder of the model',
    found: `the path ${show(path)}`,
    remedy: 'put them beside model.json and name them in weightsManifest',
  });
}

function bytesOfSpec({ name, shape, dtype, quantization }: Spec): number {
  if (quantization !== undefined) {
    throw notRead(
      `weights ${show(name)} as they were trained`,
      'quantised ones',
      'save the model unquantised',
    );
  }
  const size = ELEMENT_TYPES.find(({ words }) => words === dtype)?.array.BYTES_PER_ELEMENT ?? SKIPPED[dtype];
  if (size === undefined) {
    throw notRead(`weights ${show(name)} as float32`, `dtype ${show(dtype)}`, 'save the model in float32');
  }
  const count = elementCount(shape);
  if (count === undefined || !Number.isSafeInteger(count * size)) {
    throw damaged(`a shape of weights ${show(name)}`, show(shape));
  }
  return count * size;
}

function concatenated(shards: readonly Uint8Array[], total: number, paths: readonly string[]): Uint8Array {
  const length = shards.reduce((sum, shard) => sum + shard.length, 0);
  if (length !== total) {
    throw damaged(`${total} bytes of weights in ${paths.join(', ') || 'no shard'}`, `${length} bytes`);
  }
  const [first] = shards;
  if (first !== undefined && shards.length === 1) return first;
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const shard of shards) {
    bytes.set(shard, position);
    position += shard.length;
  }
  return bytes;
}

function tensorOf({ shape, dtype }: Spec, bytes: Uint8Array, start: number, end: number): Tensor | undefined {
  const type = ELEMENT_TYPES.find(({ words }) => words === dtype);
  return type && { shape: shape as number[], data: valuesOf(type, bytes, start, end) };
}
