/** `meanfield sample --network 784-100-10`: the parameters that training starts from. */

import { MeanfieldError, show, type JsonObject } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { sampleNetworks } from '@meanfield/training';

import { decimal } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import { exportNetwork, networkFormatOf, requireNetworkOutput } from '../output/network.js';
import { properties } from '../output/table.js';
import { initializerOptions, type InitializerFlags } from '../request/initializer.js';
import type { CommonOptions, Session } from '../session.js';

export interface NetworkSampleFlags extends CommonOptions, InitializerFlags {
  readonly network: string;
  readonly activation: string;
}

const MOST_LAYERS = 1001;
/** 512 MiB of float32. */
const MOST_PARAMETERS = 2 ** 27;
/** Where `train` draws its networks from, below the seed. */
const STREAM = 'training';

function refuse(expected: string, found: string, remedy: string): never {
  throw new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
}

/** Units of the input, of each hidden layer, of the output. Throws INVALID_ARGUMENT. */
function parseSizes(text: string): readonly number[] {
  const sizes = text.split('-').map(decimal);
  const valid = sizes.length >= 2 && sizes.length <= MOST_LAYERS + 1;
  if (!valid || !sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) {
    refuse(
      `2 to ${MOST_LAYERS + 1} whole numbers above 0, joined by '-', for --network`,
      show(text),
      'write units of the input, of each hidden layer and of the output, as in 784-100-10',
    );
  }
  const parameters = sizes.slice(1).reduce((sum, units, layer) => sum + units * (sizes[layer]! + 1), 0);
  if (parameters > MOST_PARAMETERS) {
    refuse(
      `at most ${MOST_PARAMETERS} weights and biases in a network`,
      `${parameters}`,
      'sample a smaller network',
    );
  }
  return sizes;
}

/** Draws a network, writes it and says what it is. */
export function sampleNetwork(session: Session, options: NetworkSampleFlags): void {
  requireOwners(session.settings, ['activation', 'initializer']);
  const sizes = parseSizes(options.network);
  const { out: path } = options;
  if (path === undefined)
    refuse(
      '--out FILE.safetensors, FILE.npz or FOLDER/ for a network',
      'nothing',
      'say where the network goes',
    );
  const format = networkFormatOf(path);
  const { name, values } = initializerOptions(session, options);
  const initializer = session.lab.get('initializer', name, values);
  const activation = session.lab.get('activation', options.activation, session.settings.activation);
  requireNetworkOutput(path);
  const [parameters] = sampleNetworks(initializer, sizes, 1, createStream(session.seed, STREAM));
  const about = { initializer: name, seed: String(session.seed), stream: `${STREAM}/network/0` };
  const bytes = exportNetwork({ parameters: parameters!, activation }, format, path, about);
  const result: JsonObject = {
    ...about,
    seed: session.seed,
    activation: options.activation,
    sizes,
    dtype: 'float32',
    format,
    file: path,
    bytes,
  };
  session.finish(
    result,
    () =>
      properties([
        [format === 'tfjs' ? 'folder' : 'file', `${path} (${bytes} bytes)`],
        ['network', `${sizes.join('-')}, ${options.activation}, ${name}`],
        ['stream', about.stream],
      ]),
    { writeJson: false },
  );
}
