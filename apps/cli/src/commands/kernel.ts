import { MeanfieldError } from '@meanfield/core';
import { normalisedKernels, type NormalisedOptions } from '@meanfield/kernels';
import type { Command } from 'commander';

import { parseCount, parseNumber, parseNumbers } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import { table } from '../output/table.js';
import { kernelMatrix, type MatrixFlags } from '../request/kernel-matrix.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface KernelOptions extends CommonOptions, MatrixFlags {
  readonly activation: string;
  readonly depth: string;
  readonly angles?: string;
  readonly gaps?: string;
  readonly weightVariance: string;
  readonly biasVariance: string;
}

const DEEPEST = 100_000;
const MOST_ENTRIES = 10_000_000;
const DEFAULT_ANGLES = '0,30,60,90,120,150,180';
const DEGREE = Math.PI / 180;

const parseAngles = (angles = DEFAULT_ANGLES): readonly number[] =>
  parseNumbers('--angles', angles, { least: 0, most: 180 });

/** The starting angles as `normalisedKernels` takes them, from --angles in degrees or --gaps. */
function startingPairs({ angles, gaps }: KernelOptions): Pick<NormalisedOptions, 'angles' | 'gaps'> {
  if (angles !== undefined && gaps !== undefined) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'either --angles or --gaps',
      found: 'both',
      remedy: 'leave one out; --gaps keeps digits of small angles',
    });
  }
  if (gaps !== undefined) return { gaps: parseNumbers('--gaps', gaps, { least: 0, most: 2 }) };
  return { angles: parseAngles(angles).map((angle) => angle * DEGREE) };
}

function requireSize(depth: number, pairs: number): void {
  if ((depth + 1) * pairs <= MOST_ENTRIES) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `at most ${MOST_ENTRIES} kernels`,
    found: `${depth + 1} × ${pairs}`,
    remedy: 'take fewer layers or angles',
  });
}

function byDepth(session: Session, options: KernelOptions): void {
  requireOwners(session.settings, ['activation']);
  const depth = parseCount('--depth', options.depth, { least: 1, most: DEEPEST });
  const pairs = startingPairs(options);
  requireSize(depth, (pairs.angles ?? pairs.gaps ?? []).length);
  const activation = session.lab.get('activation', options.activation, session.settings.activation);
  session.requireOutput();
  const { kernels, gaps, method } = normalisedKernels(activation, {
    ...pairs,
    depth,
    weightVariance: parseNumber('--weight-variance', options.weightVariance, { above: 0 }),
    biasVariance: parseNumber('--bias-variance', options.biasVariance, { least: 0 }),
  });
  const start = Array.from(gaps[0] ?? []);
  const angles =
    options.gaps === undefined
      ? parseAngles(options.angles)
      : start.map((gap) => (2 * Math.asin(Math.sqrt(gap / 2))) / DEGREE);
  const shown = options.gaps === undefined ? kernels : gaps;
  session.finish(
    {
      angles: [...angles],
      kernels: kernels.map((row) => [...row]),
      gaps: gaps.map((row) => [...row]),
      method,
    },
    () =>
      table(
        [
          'layer',
          ...start.map((gap, i) => (options.gaps === undefined ? `${angles[i]}°` : `1 − c₀ = ${gap}`)),
        ],
        shown.map((row, layer) => [layer, ...row]),
      ),
  );
}

/** Whether a flag asks for matrices; with one, angles would go unused. Throws INVALID_ARGUMENT. */
function wantsMatrix({ network, inputs, ntk, angles, gaps }: KernelOptions): boolean {
  const asked = network !== undefined || inputs !== undefined || ntk === true;
  if (!asked || (angles === undefined && gaps === undefined)) return asked;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'either angles or the files of a network',
    found: 'both',
    remedy: 'leave --angles and --gaps out, or --network, --inputs and --ntk',
  });
}

export function addKernel(program: Command): void {
  const command = program
    .command('kernel')
    .summary('normalised kernels by depth; NNGP and NTK matrices of a network')
    .description(
      'Cosines between the signals of two inputs, layer by layer, in an infinitely wide network whose layers preserve or ' +
        'normalise lengths: entry 0 is the inputs, entry l the l-th layer. With --network, kernel matrices on a batch of inputs.',
    )
    .option('-a, --activation <NAME>', 'activation', 'relu')
    .option('--depth <L>', 'layers', '10')
    .option('--angles <LIST>', `angles between inputs in degrees, 0 to 180 (default ${DEFAULT_ANGLES})`)
    .option('--gaps <LIST>', '1 − cosine of the angles, 0 to 2, instead of --angles; gaps are then shown')
    .option('--weight-variance <V>', 'σ_w²; only σ_b²/σ_w² matters', '1')
    .option('--bias-variance <V>', 'σ_b²', '0')
    .option('--network <FILE>', 'a network in JSON, {"layers": […]}: write its kernel matrices instead')
    .option('--inputs <FILE>', 'inputs of --network: npy, float32 or float64, [inputs, dimension]')
    .option('--ntk', 'with --network: the neural tangent kernel too');
  withCommonOptions(command, {
    out: 'write the JSON document to FILE too; with --network, FILE.npz to write the matrices to (required)',
  })
    .addHelpText(
      'after',
      `
A network's layers: {"dense": {"weightVariance": 2, "biasVariance": 0.1}}, {"activation": "relu"},
{"activation": {"name": "leaky-relu", "options": {"negativeSlope": 0.2}}}, {"layerNorm": {"epsilon": 1e-6}},
{"residual": [layers, the last one dense]}.

Examples:
  $ meanfield kernel -a relu --depth 8 --angles 0,30,60,90
  $ meanfield kernel -a leaky-relu --set activation.negativeSlope=0.2 --depth 100 --gaps 1e-12,0.5 --json
  $ meanfield kernel -a erf --depth 20 --weight-variance 1.5 --bias-variance 0.1
  $ meanfield kernel --network network.json --inputs images.npy --ntk --out kernels.npz`,
    )
    .action((options: KernelOptions) =>
      inSession(options, (session) => {
        if (wantsMatrix(options)) kernelMatrix(session, options);
        else byDepth(session, options);
      }),
    );
}
