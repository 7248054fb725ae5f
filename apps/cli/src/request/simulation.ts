/** The flags of a simulation of finite networks, as experiments take them. */

import { MeanfieldError, type JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import { parseChoice } from '../input/choices.js';
import { parseCount, parseNumber, parseNumbers } from '../input/numbers.js';
import type { Session } from '../session.js';
import { theoryOptions, withNetworkOptions, type NetworkFlags } from './network.js';

export interface SimulationFlags extends NetworkFlags {
  readonly width: string;
  readonly depth: string;
  readonly inputs?: string;
  readonly inputSize?: string;
  readonly networks: string;
  readonly method: string;
  readonly architecture: string;
  readonly branch?: string;
  readonly q: string;
  readonly c?: string;
  readonly pairGaps?: string;
}

const METHODS = ['auto', 'gram', 'weights'] as const;
const ARCHITECTURES = ['mlp', 'layer-norm', 'resnet'] as const;
const INPUTS = 16;

export function withSimulationOptions(command: Command): Command {
  command
    .option('--width <N>', 'units of every layer', '1024')
    .option('--depth <L>', 'layers with a nonlinearity; of a resnet, blocks', '10')
    .option('--networks <R>', 'networks', '10')
    .option('--method <NAME>', 'gram (never form a weight), weights, or auto: the cheaper one', 'auto')
    .option('--inputs <M>', `inputs propagated together (default ${INPUTS})`)
    .option('--input-size <N>', 'entries of an input (default: the width)')
    .option('--q <Q>', 'mean square of an input', '1')
    .option('--c <C>', 'correlation of every pair of inputs (default 0)')
    .option(
      '--pair-gaps <LIST>',
      '1 − c of pairs of inputs, instead of --inputs and --c; others are orthogonal',
    )
    .option('--architecture <NAME>', 'mlp, layer-norm (normalised pre-activations) or resnet', 'mlp')
    .option('--branch <NAME>', 'resnet: initializer that closes a branch (default depth-scaled)');
  return withNetworkOptions(command);
}

function both(flag: string, other: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `either ${flag} or ${other}`,
    found: 'both',
    remedy: 'leave one out',
  });
}

function inputsOf({ inputs, q, c, pairGaps }: SimulationFlags): JsonObject {
  const meanSquare = parseNumber('--q', q, { above: 0 });
  if (pairGaps === undefined) {
    return {
      count: inputs === undefined ? INPUTS : parseCount('--inputs', inputs, { least: 2 }),
      meanSquare,
      correlation: parseNumber('--c', c ?? '0', { least: -1, most: 1 }),
    };
  }
  if (c !== undefined) throw both('--c', '--pair-gaps');
  if (inputs !== undefined) throw both('--inputs', '--pair-gaps');
  return { meanSquare, pairGaps: parseNumbers('--pair-gaps', pairGaps, { least: 0, most: 2 }) };
}

/** The initializer that closes a branch: the experiment's own default unless something is said of it. */
function branchOf(session: Session, { architecture, branch }: SimulationFlags): JsonObject {
  const options = session.settings.branch;
  if (architecture === 'resnet') {
    if (branch === undefined && Object.keys(options).length === 0) return {};
    return { branch: { name: branch ?? 'depth-scaled', options: { ...options } } };
  }
  if (branch === undefined) return {};
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: '--branch with --architecture resnet only',
    found: `--branch ${branch} with --architecture ${architecture}`,
    remedy: 'leave --branch out, or choose --architecture resnet',
  });
}

/** The method of `simulate`. Throws INVALID_ARGUMENT. */
export function simulationMethod({ method }: SimulationFlags): string {
  return parseChoice('--method', method, METHODS);
}

/** All but the method. Throws INVALID_ARGUMENT, UNKNOWN_PLUGIN; and UNSUPPORTED for settings of a mean-field model that does not apply. */
export function simulationOptions(session: Session, flags: SimulationFlags): JsonObject {
  const { width, depth, inputSize, networks } = flags;
  const architecture = parseChoice('--architecture', flags.architecture, ARCHITECTURES);
  const network = theoryOptions(session, flags, {}, architecture === 'resnet' ? ['branch'] : []);
  return {
    ...network,
    architecture,
    ...branchOf(session, flags),
    width: parseCount('--width', width),
    depth: parseCount('--depth', depth),
    ...(inputSize === undefined ? {} : { inputSize: parseCount('--input-size', inputSize) }),
    inputs: inputsOf(flags),
    networks: parseCount('--networks', networks, { least: 2 }),
  };
}
