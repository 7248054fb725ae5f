/** `meanfield sample --fan-in N --fan-out N`: one layer. */

import { MeanfieldError, show, type DenseLayer, type JsonObject } from '@meanfield/core';
import { jsonNumber } from '@meanfield/lab';
import { createStream } from '@meanfield/numerics';
import { writeNpz, writeSafetensors } from '@meanfield/tensor-files';
import { basename, extname } from 'node:path';

import { parseCount } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import { writeWhole } from '../output/files.js';
import { properties } from '../output/table.js';
import { initializerOptions, type InitializerFlags } from '../request/initializer.js';
import type { CommonOptions, Session } from '../session.js';

export interface LayerFlags extends CommonOptions, InitializerFlags {
  readonly fanIn: string;
  readonly fanOut: string;
  readonly dtype: string;
}

/** Largest number of weights in one file: 1 GiB of float64. */
const LARGEST_COUNT = 2 ** 27;

type Writer = (entries: Parameters<typeof writeNpz>[0], metadata: Record<string, string>) => Uint8Array;

function writerFor(path: string | undefined): Writer {
  const format = path === undefined ? '' : extname(path).toLowerCase();
  if (format === '.safetensors') return (entries, metadata) => writeSafetensors(entries, metadata);
  if (format === '.npz') return (entries) => writeNpz(entries);
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: '--out FILE.safetensors or FILE.npz',
    found: show(path),
    remedy: 'name a file with one of these endings',
  });
}

function emptyLayer({ fanIn, fanOut, dtype }: LayerFlags): DenseLayer {
  const rows = parseCount('--fan-in', fanIn);
  const columns = parseCount('--fan-out', fanOut);
  if (rows * columns > LARGEST_COUNT) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `at most ${LARGEST_COUNT} weights in one file`,
      found: `${rows} × ${columns}`,
      remedy: 'sample a smaller layer',
    });
  }
  if (dtype !== 'float32' && dtype !== 'float64') {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'float32 or float64 for --dtype',
      found: show(dtype),
      remedy: 'choose one of them',
    });
  }
  const ArrayType = dtype === 'float32' ? Float32Array : Float64Array;
  return {
    fanIn: rows,
    fanOut: columns,
    weights: new ArrayType(rows * columns),
    bias: new ArrayType(columns),
  };
}

/** A plugin may draw anything; a file of weights holds numbers. */
function requireFinite(name: string, { weights, bias }: DenseLayer): void {
  for (const [what, values] of Object.entries({ weights, bias })) {
    const index = values.findIndex((value) => !Number.isFinite(value));
    if (index === -1) continue;
    throw new MeanfieldError({
      code: 'CELL_FAILED',
      expected: `initializer ${name} to draw finite ${what}`,
      found: `${values[index]} at index ${index}`,
      remedy: 'choose other options, or report it to its author',
    });
  }
}

/** fanIn · mean square of the weights, and the mean square of the biases. */
function measure({ fanIn, weights, bias }: DenseLayer): JsonObject {
  const meanSquare = (values: DenseLayer['weights']): number => {
    let sum = 0;
    for (const value of values) sum += value * value;
    return sum / values.length;
  };
  return {
    weightMeanSquareTimesFanIn: jsonNumber(fanIn * meanSquare(weights)),
    biasMeanSquare: jsonNumber(meanSquare(bias)),
  };
}

/** Draws a layer, writes it and says what it is. */
export function sampleLayer(session: Session, options: LayerFlags): void {
  requireOwners(session.settings, ['initializer']);
  const write = writerFor(options.out);
  const layer = emptyLayer(options);
  const { name, values } = initializerOptions(session, options);
  const initializer = session.lab.get('initializer', name, values);
  session.requireOutput();
  const path = 'network/0/layer/1';
  initializer.sample(layer, createStream(session.seed, path));
  requireFinite(name, layer);
  const file = options.out ?? '';
  const bytes = write(
    {
      weights: { shape: [layer.fanIn, layer.fanOut], data: layer.weights },
      bias: { shape: [layer.fanOut], data: layer.bias },
    },
    { initializer: name, seed: String(session.seed), stream: path },
  );
  writeWhole(file, bytes);
  const statistics = initializer.statistics() as unknown as JsonObject;
  const result = {
    initializer: name,
    seed: session.seed,
    stream: path,
    dtype: options.dtype,
    shapes: { weights: [layer.fanIn, layer.fanOut], bias: [layer.fanOut] },
    statistics,
    measured: measure(layer),
    file,
    bytes: bytes.length,
  };
  session.finish(
    result,
    () =>
      properties([
        ['file', `${basename(file)} (${bytes.length} bytes)`],
        ['weights', `${layer.fanIn} × ${layer.fanOut}, ${options.dtype}`],
        ['law', JSON.stringify(statistics)],
        ['fan-in · mean w²', result.measured['weightMeanSquareTimesFanIn']],
        ['mean b²', result.measured['biasMeanSquare']],
      ]),
    { writeJson: false },
  );
}
