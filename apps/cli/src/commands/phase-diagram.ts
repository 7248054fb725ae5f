import { MeanfieldError, show, type JsonObject } from '@meanfield/core';
import { phaseDiagramFigure } from '@meanfield/figures';
import type { Command } from 'commander';

import { parseCount, parseNumber, parseRange } from '../input/numbers.js';
import { figureFormatOf, writeFigure } from '../output/figure-file.js';
import { writeWhole } from '../output/files.js';
import { HEATS, phaseDiagramData, type Heat } from '../report/phase-diagram.js';
import { phaseDiagramResult } from '../report/results.js';
import { theoryOptions, withTheoryOptions, type NetworkFlags } from '../request/network.js';
import { runExperiment } from '../request/run-experiment.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface PhaseDiagramOptions extends CommonOptions, NetworkFlags {
  readonly x: string;
  readonly y?: string;
  readonly vertical?: string;
  readonly points: string;
  readonly heat?: boolean | string;
  readonly width: string;
}

const LARGEST_SIDE = 500;
const LARGEST_VARIANCE = 1e9;

function heatOf(heat: boolean | string | undefined): { readonly heat?: Heat } {
  if (heat === undefined || heat === false) return {};
  const chosen = heat === true ? HEATS[0] : HEATS.find((name) => name === heat);
  if (chosen !== undefined) return { heat: chosen };
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `--heat ${HEATS.join(' or ')}`,
    found: show(heat),
    remedy: 'name one of them, or leave it out to colour by phase',
  });
}

/** The option of the initializer along the vertical axis: σ_b² where it has one, else k. */
function verticalOption(session: Session, { initializer, vertical }: PhaseDiagramOptions): string {
  const options = Object.keys(session.lab.definition('initializer', initializer).optionDocs).filter(
    (name) => name !== 'weightVariance',
  );
  const option = vertical ?? ['biasVariance', 'k'].find((name) => options.includes(name));
  if (option !== undefined && options.includes(option)) return option;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `an option of ${initializer} beside weightVariance for the vertical axis (it has ${options.join(', ') || 'none'})`,
    found: vertical === undefined ? 'no choice' : show(vertical),
    remedy:
      options.length === 0
        ? 'choose an initializer with biasVariance or k, such as aci or raai'
        : 'name one with --vertical',
  });
}

function verticalOf(session: Session, options: PhaseDiagramOptions): JsonObject {
  const { y, points, biasVariance } = options;
  const option = verticalOption(session, options);
  if (option in session.settings.initializer || (option === 'biasVariance' && biasVariance !== undefined)) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `${option} to vary along the vertical axis`,
      found: 'one value for it',
      remedy: 'give its range with --y, or another option with --vertical',
    });
  }
  const [from, to] = parseRange('--y', y ?? (option === 'k' ? '0:10' : '0:1'));
  return { option, from, to, count: parseCount('--points', points, { least: 2, most: LARGEST_SIDE }) };
}

async function drawPhaseDiagram(options: PhaseDiagramOptions): Promise<void> {
  await inSession(options, async (session) => {
    const format = figureFormatOf(options.out);
    const [from, to] = parseRange('--x', options.x, { least: 0, most: LARGEST_VARIANCE });
    const count = parseCount('--points', options.points, { least: 2, most: LARGEST_SIDE });
    const heat = heatOf(options.heat);
    const width = parseNumber('--width', options.width, { least: 200, most: 4000 });
    const { result } = await runExperiment(session, 'phase-diagram', {
      ...theoryOptions(session, options),
      weightVariance: { from, to, count },
      vertical: verticalOf(session, options),
      ...(heat.heat === 'xi-c' ? { correlations: true } : {}),
    });
    const file = options.out ?? '';
    const document = { activation: options.activation, initializer: options.initializer, ...result };
    if (format === '.json') writeWhole(file, `${JSON.stringify(document, undefined, 2)}\n`);
    else {
      const data = phaseDiagramData(phaseDiagramResult.parse(result), { width, ...heat });
      writeFigure(file, format, phaseDiagramFigure(data), width);
    }
    session.finish({ ...document, file }, () => `Phase diagram: ${file}`, { writeJson: false });
  });
}

export function addPhaseDiagram(program: Command): void {
  const command = program
    .command('phase-diagram')
    .summary('phases over σ_w² and σ_b² (or k), with traced boundaries')
    .description(
      'Draws where signals are ordered or chaotic and lengths bounded or not, with both boundary curves.',
    )
    .option('--x <LOW:HIGH>', 'range of σ_w²', '0.25:4')
    .option('--y <LOW:HIGH>', 'range of the vertical axis (default 0:1, for k 0:10)')
    .option('--vertical <OPTION>', 'the initializer’s option along it (default: biasVariance, or k)')
    .option('--points <N>', 'grid points along each axis', '41')
    .option('--heat [SCALE]', 'colour by a depth scale, xi-c (default) or xi-q, instead of by phase')
    .option('--width <PX>', 'width of the figure in pixels of 1/96 inch; 326 is a paper’s column', '480');
  withCommonOptions(withTheoryOptions(command, { weightVariance: false }), {
    out: 'FILE.svg, FILE.png or FILE.json to write (required)',
  })
    .addHelpText(
      'after',
      `
Examples:
  $ meanfield phase-diagram -a tanh -i he --out tanh.svg
  $ meanfield phase-diagram -a relu -i aci --x 1:4 --out aci.png
  $ meanfield phase-diagram -a gelu -i aci --vertical k --y -0.5:10 --out gelu.svg
  $ meanfield phase-diagram -a erf -i he --heat xi-q --points 81 --out depth.png
  $ meanfield phase-diagram -a relu -i raai --vertical k --y 0:20 --out raai.json`,
    )
    .action(drawPhaseDiagram);
}
