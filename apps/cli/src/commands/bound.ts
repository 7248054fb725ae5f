import {
  MeanfieldError,
  type Activation,
  type Analysis,
  type DeepArchitecture,
  type DepthQuestion,
} from '@meanfield/core';
import type { Command } from 'commander';

import { parseNumber } from '../input/numbers.js';
import { depthFigure, depthJson, depthText } from '../output/depth.js';
import { figureFormatOf, writeFigure } from '../output/figure-file.js';
import { writeWhole } from '../output/files.js';
import { depthArchitecture, type ArchitectureFlags } from '../request/depth-architecture.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface BoundOptions extends CommonOptions, ArchitectureFlags {
  readonly inputGap: string;
  readonly targetJacobian?: string;
  readonly targetGap?: string;
  readonly width: string;
}

/** The first analysis that describes the architecture. Throws UNSUPPORTED. */
function analysisOf({ lab }: Session, architecture: DeepArchitecture): Analysis {
  const refusals: string[] = [];
  for (const { name } of lab.list('analysis')) {
    const analysis = lab.get('analysis', name);
    const answer = analysis.accepts(architecture);
    if (answer.accepted) return analysis;
    refusals.push(`${name} does not apply: ${answer.reason}`);
  }
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: `an analysis of this ${architecture.kind}`,
    found: refusals.join('; ') || 'none registered',
    remedy: 'change the architecture, or register a plugin of kind analysis that describes it',
  });
}

/** (σ_b/σ_w)² at which P'(1) = 1. */
function criticalBias(session: Session, activation: Activation): number | null {
  const architecture: DeepArchitecture = {
    kind: 'mlp',
    layers: [{ activation, weightVariance: 1, biasVariance: 0 }],
  };
  const { criticalBiasRatios } = analysisOf(session, architecture).advise(architecture);
  return criticalBiasRatios?.[activation.name] ?? null;
}

function questionOf({ inputGap, targetJacobian, targetGap }: BoundOptions): DepthQuestion {
  return {
    inputGap: parseNumber('--input-gap', inputGap, { above: 0, most: 2 }),
    targets: {
      ...(targetJacobian !== undefined && {
        jacobianNorm: parseNumber('--target-jacobian', targetJacobian, { above: 0 }),
      }),
      ...(targetGap !== undefined && { gap: parseNumber('--target-gap', targetGap, { above: 0, most: 2 }) }),
    },
  };
}

function bound(session: Session, options: BoundOptions): void {
  const { out } = options;
  const format = out === undefined ? undefined : figureFormatOf(out);
  const width = parseNumber('--width', options.width, { least: 200, most: 4000 });
  const question = questionOf(options);
  const architecture = depthArchitecture(session, options, (activation) => criticalBias(session, activation));
  const analysis = analysisOf(session, architecture);
  session.requireOutput();
  const found = analysis.analyse(architecture, question);
  const advice = analysis.advise(architecture, question);
  const document = depthJson(found, advice);
  if (out !== undefined && format !== undefined) {
    if (format === '.json') writeWhole(out, `${JSON.stringify(document, undefined, 2)}\n`);
    else writeFigure(out, format, depthFigure(found, width), width);
  }
  session.finish(document, () => depthText(found, advice), { writeJson: false });
}

export function addBound(program: Command): void {
  const command = program
    .command('bound')
    .summary('what depth does to an architecture: bounds, failure modes, what to change')
    .description(
      'Bounds the Jacobian of a network with layer normalisation, or of a residual one, before any weight is drawn ' +
        '(shrinkage2021, theorems 1 and 2), and sets it beside the true value at infinite width.',
    )
    .option(
      '-a, --activation <NAMES>',
      'activation, or several joined by commas for layers in turn (default relu)',
    )
    .option('--architecture <NAME>', 'mlp (layer normalisation) or resnet (default mlp)')
    .option('--depth <L>', 'layers with a nonlinearity; of a resnet, blocks (default 10)')
    .option('--weight-variance <LIST>', 'mlp: σ_w² of layers in turn; only σ_b²/σ_w² matters (default 1)')
    .option(
      '--bias-variance <LIST>',
      'mlp: σ_b² of layers in turn, or critical: that at which P′(1) = 1 (default 0)',
    )
    .option('--branch-variance <LIST>', 'resnet: σ² of blocks in turn; 2/L is 2 over the depth (default 1)')
    .option('--network <FILE>', 'a network in JSON instead of the flags above')
    .option('--input-gap <G>', '1 − ρ of the two inputs that differ most', '2')
    .option('--target-jacobian <J>', 'largest admissible norm of the Jacobian (default 10)')
    .option('--target-gap <G>', 'smallest admissible 1 − ρ_max (default 0.1)')
    .option('--width <PX>', 'width of the figure in pixels of 1/96 inch', '326');
  withCommonOptions(command, { out: 'FILE.svg or FILE.png for a figure, FILE.json for the document' })
    .addHelpText(
      'after',
      `
Norms are operator norms between root-mean-square norms. rhoMax is the largest over layers of the smallest
correlation that inputs have there; gapMaxBound is what the theorem leaves of 1 − rhoMax when the norm is 1
(gapMaxBoundCapped: at most 2). The embedding of inputs is not counted as a layer.

A file for --network has either layers or blocks, each repeated as often as it says:
  {"layers": [{"activation": "relu", "weightVariance": 2, "biasVariance": 0.1, "repeat": 8}, {"activation": "erf"}]}
  {"blocks": [{"activation": {"name": "leaky-relu", "options": {"negativeSlope": 0.2}}, "branchVariance": 0.1}]}

Examples:
  $ meanfield bound -a relu --depth 100
  $ meanfield bound -a erf --bias-variance critical --depth 50 --out erf.svg
  $ meanfield bound -a relu,erf --depth 82 --json
  $ meanfield bound -a relu --architecture resnet --depth 64 --branch-variance 1/L
  $ meanfield bound --network network.json --target-jacobian 3`,
    )
    .action((options: BoundOptions) =>
      inSession(options, (session) => {
        bound(session, options);
      }),
    );
}
