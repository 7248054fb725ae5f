import { MeanfieldError, type Json, type JsonObject, type MeanFieldMap } from '@meanfield/core';
import { jsonNumber } from '@meanfield/lab';
import { activities, gradients, trajectory, type LayerGradients } from '@meanfield/theory';
import type { Command } from 'commander';

import { parseCount, parseNumber } from '../input/numbers.js';
import { table, type Entry } from '../output/table.js';
import { meanFieldMap } from '../request/mean-field.js';
import { withTheoryOptions, type NetworkFlags } from '../request/network.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

interface TrajectoryOptions extends CommonOptions, NetworkFlags {
  readonly depth: string;
  readonly q: string;
  readonly c?: string;
  readonly gap?: string;
  readonly gradients?: boolean;
  readonly activity?: boolean;
}

const DEEPEST = 1_000_000;
/** With --gradients or --activity every layer is computed, fixed point or not. */
const DEEPEST_BY_LAYER = 100_000;

/** The starting gap 1 − c from --c or --gap, of which at most one may be given. */
function startingGap({ c, gap }: TrajectoryOptions): number {
  if (c !== undefined && gap !== undefined) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'either --c or --gap',
      found: `--c ${c} and --gap ${gap}`,
      remedy: 'leave one out; --gap keeps digits that --c near 1 would lose',
    });
  }
  if (gap !== undefined) return parseNumber('--gap', gap, { least: 0, most: 2 });
  return 1 - parseNumber('--c', c ?? '0.5', { least: -1, most: 1 });
}

/** Columns of a table, which are lists by layer in JSON. */
interface Columns {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Entry[])[];
  readonly json: JsonObject;
}

const EMPTY: Columns = { heads: [], rows: [], json: {} };

function gradientColumns(map: MeanFieldMap, q: number, depth: number): Columns {
  const { layers, chi1, xiGradient } = gradients(map, q, depth);
  const list = (value: (layer: LayerGradients) => number | null): Json =>
    layers.map((layer) => {
      const found = value(layer);
      return found === null ? null : jsonNumber(found);
    });
  return {
    heads: ['χ₁', '‖∂L/∂b‖²', '‖∂L/∂W‖²'],
    rows: layers.map(({ chi1: own, biases, weights }) => [own, biases, weights]),
    json: {
      gradients: {
        chi1: list(({ chi1: own }) => own),
        biases: list(({ biases }) => biases),
        weights: list(({ weights }) => weights),
        deepChi1: jsonNumber(chi1),
        xiGradient: jsonNumber(xiGradient),
      },
    },
  };
}

function activityColumns(map: MeanFieldMap, q: number, depth: number): Columns {
  const layers = activities(map, q, depth);
  return {
    heads: ['E φ²', 'E φ', 'P(h ≤ 0)'],
    rows: layers.map(({ meanSquare, mean, deadFraction }) => [meanSquare, mean, deadFraction]),
    json: {
      activity: {
        meanSquare: layers.map(({ meanSquare }) => jsonNumber(meanSquare)),
        mean: layers.map(({ mean }) => jsonNumber(mean)),
        deadFraction: layers.map(({ deadFraction }) => deadFraction),
      },
    },
  };
}

export function addTrajectory(program: Command): void {
  const command = program
    .command('trajectory')
    .summary('length and correlation of two signals, layer by layer')
    .description('Iterates the mean-field map: entry 0 is the input, entry l the l-th layer after it.')
    .option('--depth <L>', 'layers', '20')
    .option('--q <Q>', 'mean square of both signals at the start', '1')
    .option('--c <C>', 'their correlation at the start (default 0.5)')
    .option('--gap <G>', '1 − c at the start, instead of --c')
    .option('--gradients', 'χ₁ and expected squared gradients by layer too, relative to the last layer’s')
    .option('--activity', 'mean square and mean of activations, and the share of dead neurons by layer too');
  withCommonOptions(withTheoryOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  $ meanfield trajectory -a relu -i he --depth 30 --q 1 --c 0.2
  $ meanfield trajectory -a tanh -i he --weight-variance 1.2 --depth 100 --gap 1e-12 --json
  $ meanfield trajectory -a tanh -i he --weight-variance 1.5 --depth 50 --gradients
  $ meanfield trajectory -a relu -i raai --depth 10 --gap 0 --activity
  $ meanfield trajectory -a tanh -i he --mean-field perturbed --set mean-field.eta=0.1 --gap 0`,
    )
    .action((options: TrajectoryOptions) =>
      inSession(options, (session) => {
        const byLayer = options.gradients === true || options.activity === true;
        const most = byLayer ? DEEPEST_BY_LAYER : DEEPEST;
        const depth = parseCount('--depth', options.depth, { least: 1, most });
        const q = parseNumber('--q', options.q, { least: 0 });
        const start = { q1: q, q2: q, gap: startingGap(options) };
        const map = meanFieldMap(session, options);
        session.requireOutput();
        const states = trajectory(map, start, depth);
        const lengths = states.map(({ q1 }) => q1);
        const gaps = states.map(({ gap }) => gap);
        const more = [
          options.gradients === true ? gradientColumns(map, q, depth) : EMPTY,
          options.activity === true ? activityColumns(map, q, depth) : EMPTY,
        ];
        const document = { q: lengths.map(jsonNumber), gap: gaps, method: map.method };
        const extra = Object.fromEntries(more.flatMap(({ json }) => Object.entries(json)));
        session.finish({ ...document, ...extra }, () =>
          table(
            ['layer', 'q', '1 − c', 'c', ...more.flatMap(({ heads }) => heads)],
            states.map(({ q1, gap }, layer) => [
              layer,
              q1,
              gap,
              1 - gap,
              ...more.flatMap(({ rows }) => rows[layer] ?? []),
            ]),
          ),
        );
      }),
    );
}
