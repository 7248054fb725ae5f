/** The architecture that `bound` asks about: from flags, or from a user's JSON file. */

import {
  MeanfieldError,
  parseOptions,
  show,
  type Activation,
  type DeepArchitecture,
  type PerceptronLayer,
  type ResidualBlock,
} from '@meanfield/core';
import { readBoundedText, systemReason } from '@meanfield/lab';
import { z } from 'zod';

import { parseChoice } from '../input/choices.js';
import { decimal, parseCount } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import type { Session } from '../session.js';

export interface ArchitectureFlags {
  readonly activation?: string;
  readonly architecture?: string;
  readonly depth?: string;
  readonly weightVariance?: string;
  readonly biasVariance?: string;
  readonly branchVariance?: string;
  readonly network?: string;
}

/** σ_b² at which a layer is critical, by its activation; null for one that has none */
export type CriticalBias = (activation: Activation) => number | null;

const ARCHITECTURES = ['mlp', 'resnet'] as const;
const DEEPEST = 100_000;
const DEFAULT_DEPTH = '10';
const DEFAULT_ACTIVATION = 'relu';
const DEFAULT_VARIANCE = '1';
const LARGEST_FILE = 2 ** 22;

function invalid(expected: string, found: string, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
}

/** Throws INVALID_ARGUMENT, INVALID_OPTION, INVALID_FILE, UNKNOWN_PLUGIN. */
export function depthArchitecture(
  session: Session,
  flags: ArchitectureFlags,
  criticalBias: CriticalBias,
): DeepArchitecture {
  requireOwners(session.settings, ['activation']);
  if (flags.network === undefined) return fromFlags(session, flags, criticalBias);
  const { activation, architecture, depth, weightVariance, biasVariance, branchVariance, network } = flags;
  const others = [activation, architecture, depth, weightVariance, biasVariance, branchVariance];
  if (others.some((each) => each !== undefined) || Object.keys(session.settings.activation).length > 0) {
    throw invalid(
      'either --network or flags that describe a network',
      'both',
      'leave one out; the file says activations, depth and variances',
    );
  }
  return fromFile(session, network);
}

/** Instances by name and options, so that layers with one activation share it. */
function activationsOf({
  lab,
}: Session): (name: string, options: Readonly<Record<string, unknown>>) => Activation {
  const made = new Map<string, Activation>();
  return (name, options) => {
    const key = JSON.stringify([name, options]);
    const activation = made.get(key) ?? lab.get('activation', name, options);
    made.set(key, activation);
    return activation;
  };
}

function fromFlags(session: Session, flags: ArchitectureFlags, criticalBias: CriticalBias): DeepArchitecture {
  const kind = parseChoice('--architecture', flags.architecture ?? 'mlp', ARCHITECTURES);
  const depth = parseCount('--depth', flags.depth ?? DEFAULT_DEPTH, { least: 1, most: DEEPEST });
  const names = (flags.activation ?? DEFAULT_ACTIVATION).split(',').map((name) => name.trim());
  const options = session.settings.activation;
  if (new Set(names).size > 1 && Object.keys(options).length > 0) {
    throw invalid(
      '--set activation.… with one activation',
      show(names.join(',')),
      'describe layers with activations of different options in a file for --network',
    );
  }
  const activationOf = activationsOf(session);
  const inTurn = names.map((name) => activationOf(name, options));
  const at = <T>(values: readonly T[], layer: number): T => values[layer % values.length]!;
  const layers = Array.from({ length: depth }, (_, layer) => layer);
  if (kind === 'resnet') {
    refuseFor(kind, '--weight-variance', flags.weightVariance);
    refuseFor(kind, '--bias-variance', flags.biasVariance);
    const variances = variancesOf('--branch-variance', flags.branchVariance ?? DEFAULT_VARIANCE, depth);
    const blocks = layers.map((l) => ({ activation: at(inTurn, l), branchVariance: at(variances, l) }));
    return { kind, blocks };
  }
  refuseFor(kind, '--branch-variance', flags.branchVariance);
  const weights = variancesOf('--weight-variance', flags.weightVariance ?? DEFAULT_VARIANCE, depth);
  const biases = biasesOf(flags.biasVariance, depth, inTurn, criticalBias);
  const layerAt = (l: number): PerceptronLayer => {
    const activation = at(inTurn, l);
    const weightVariance = at(weights, l);
    return { activation, weightVariance, biasVariance: biases(activation, l, weightVariance) };
  };
  return { kind, layers: layers.map(layerAt) };
}

function refuseFor(kind: string, flag: string, value: string | undefined): void {
  if (value === undefined) return;
  throw invalid(
    `no ${flag} with --architecture ${kind}`,
    `${flag} ${value}`,
    kind === 'mlp' ? 'give --weight-variance and --bias-variance' : 'give --branch-variance',
  );
}

/** Numbers joined by commas, each as it is or as `2/L`: over the depth. */
function variancesOf(flag: string, text: string, depth: number): readonly number[] {
  return text.split(',').map((part) => {
    const [, number = part.trim(), over] = /^\s*(.*?)\s*(\/L)\s*$/.exec(part) ?? [];
    const value = decimal(number);
    if (Number.isFinite(value) && value >= 0) return over === undefined ? value : value / depth;
    throw invalid(
      `variances of at least 0 for ${flag}, as in 0.5, in 1,2 for layers in turn, or in 2/L for 2 over the depth`,
      show(text),
      `give ${flag} such ones`,
    );
  });
}

/** σ_b² of a layer: of the list in turn, or critical. */
function biasesOf(
  text = '0',
  depth: number,
  activations: readonly Activation[],
  criticalBias: CriticalBias,
): (activation: Activation, layer: number, weightVariance: number) => number {
  if (text !== 'critical') {
    const values = variancesOf('--bias-variance', text, depth);
    return (_, layer) => values[layer % values.length]!;
  }
  const ratios = new Map(activations.map((activation) => [activation, criticalBias(activation)]));
  const without = [...ratios].find(([, ratio]) => ratio === null);
  if (without !== undefined) {
    throw invalid(
      'activations that some σ_b² makes critical, for --bias-variance critical',
      `${without[0].name}, which is ordered without biases already`,
      'give a variance, or choose another activation',
    );
  }
  return (activation, _, weightVariance) => weightVariance * (ratios.get(activation) ?? 0);
}

const variance = z.number().nonnegative();
const activation = z.union([
  z.string(),
  z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()).default({}) }),
]);
const repeat = z.int().min(1).max(DEEPEST).default(1);
const schema = z.strictObject({
  layers: z
    .array(
      z.strictObject({
        activation,
        weightVariance: variance.default(1),
        biasVariance: variance.default(0),
        repeat,
      }),
    )
    .min(1)
    .max(DEEPEST)
    .optional(),
  blocks: z
    .array(z.strictObject({ activation, branchVariance: variance, repeat }))
    .min(1)
    .max(DEEPEST)
    .optional(),
});
const DOCS = {
  layers:
    'a list of {"activation": NAME or {"name", "options"}, "weightVariance", "biasVariance", "repeat"}, of a perceptron',
  blocks: 'a list of {"activation", "branchVariance", "repeat"}, of a residual network, instead of layers',
};

function readJson(path: string): unknown {
  try {
    return JSON.parse(readBoundedText(path, LARGEST_FILE)) as unknown;
  } catch (cause) {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `a network in JSON at ${path}`,
      found: systemReason(cause),
      remedy: 'name another file, or correct this one',
      cause,
    });
  }
}

function fromFile(session: Session, path: string): DeepArchitecture {
  const { layers, blocks } = parseOptions(`the network in ${path}`, schema, readJson(path), DOCS);
  const entries = layers ?? blocks;
  if (entries === undefined || (layers !== undefined && blocks !== undefined)) {
    throw invalid(
      `either "layers" of a perceptron or "blocks" of a residual network in ${path}`,
      entries === undefined ? 'neither' : 'both',
      'describe one network',
    );
  }
  const depth = entries.reduce((sum, each) => sum + each.repeat, 0);
  if (depth > DEEPEST)
    throw invalid(`at most ${DEEPEST} layers in ${path}`, String(depth), 'repeat fewer of them');
  const activationOf = activationsOf(session);
  const instance = (named: z.infer<typeof activation>): Activation =>
    typeof named === 'string' ? activationOf(named, {}) : activationOf(named.name, named.options);
  if (layers !== undefined) {
    const expanded = layers.flatMap(({ repeat: times, ...layer }): PerceptronLayer[] =>
      new Array<PerceptronLayer>(times).fill({ ...layer, activation: instance(layer.activation) }),
    );
    return { kind: 'mlp', layers: expanded };
  }
  const expanded = (blocks ?? []).flatMap(({ repeat: times, ...block }): ResidualBlock[] =>
    new Array<ResidualBlock>(times).fill({ ...block, activation: instance(block.activation) }),
  );
  return { kind: 'resnet', blocks: expanded };
}
