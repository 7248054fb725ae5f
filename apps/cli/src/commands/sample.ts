import { MeanfieldError } from '@meanfield/core';
import type { Command } from 'commander';

import { withInitializerOptions } from '../request/initializer.js';
import { inSession, withCommonOptions } from '../session.js';
import { sampleLayer, type LayerFlags } from './sample-layer.js';
import { sampleNetwork, type NetworkSampleFlags } from './sample-network.js';

type SampleOptions = Partial<LayerFlags & NetworkSampleFlags>;

const given = (flags: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));

/** One of the two things that can be sampled, never half of each. */
function isNetwork({ network, activation, fanIn, fanOut, dtype }: SampleOptions): boolean {
  const ofNetwork = given({ '--network': network, '--activation': activation });
  const ofLayer = given({ '--fan-in': fanIn, '--fan-out': fanOut, '--dtype': dtype });
  const layer = fanIn !== undefined && fanOut !== undefined && ofNetwork.length === 0;
  const whole = network !== undefined && ofLayer.length === 0;
  if (layer || whole) return whole;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: '--fan-in and --fan-out for a layer, or --network for a network',
    found: [...ofNetwork, ...ofLayer].join(' and ') || 'neither',
    remedy: 'say which of them to sample',
  });
}

export function addSample(program: Command): void {
  const command = program
    .command('sample')
    .summary('draw one layer of weights, or a network, into a file')
    .description(
      'Draws weights [fan-in, fan-out] and biases [fan-out] of a layer, or of every layer of a network, from an initializer.',
    )
    .option('--fan-in <N>', 'inputs of the layer')
    .option('--fan-out <N>', 'units of the layer')
    .option('--dtype <TYPE>', 'float32 or float64, of a layer (default: float32)')
    .option('--network <SIZES>', 'units of input, hidden layers and output, as in 784-100-100-10, instead')
    .option('-a, --activation <NAME>', 'activation of the network (default: relu)');
  withCommonOptions(withInitializerOptions(command), {
    out: 'FILE.safetensors or FILE.npz to write, or a FOLDER/ for a network as a tfjs-layers model (required)',
  })
    .addHelpText(
      'after',
      `
A network is the first of those that train starts from with the same initializer, seed and sizes, in float32.

Examples:
  $ meanfield sample -i raai --fan-in 784 --fan-out 100 --out layer1.safetensors
  $ meanfield sample -i aci --set initializer.k=30 --fan-in 512 --fan-out 512 --seed 7 --out w.npz --json
  $ meanfield sample -i raai --network 784-100-100-10 -a relu --out model/`,
    )
    .action((options: SampleOptions) =>
      inSession(options, (session) => {
        if (isNetwork(options)) {
          sampleNetwork(session, { activation: 'relu', ...options } as NetworkSampleFlags);
        } else {
          sampleLayer(session, { dtype: 'float32', ...options } as LayerFlags);
        }
      }),
    );
}
