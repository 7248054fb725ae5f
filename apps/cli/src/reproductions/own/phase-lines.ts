/** The two boundaries of RAAI over the strength of correlations, and the strength at which a chaotic bounded phase is born. */

import {
  cite,
  type Claim,
  type Json,
  type Outcomes,
  type Reading,
  type ReproducedFigure,
  type Reproduction,
} from '@meanfield/core';
import { curvesFigure } from '@meanfield/figures';
import { z } from 'zod';

import { boundaryResult, growthResult, resultOf } from '../../report/results.js';
import { INCOMPLETE, nothing, resultIn, value } from '../readings.js';
import { meanfield } from './source.js';

const STRENGTHS = [-0.5, -0.25, 0, 0.5, 1, 1.15, 1.2, 2, 3, 10, 30, 100, 1000];
/** On either side of the birth point, which is a root between them */
const AROUND = [1.15, 1.2];

/** Where λ = μ = 1: a root of the exact law in two unknowns. */
const BIRTH = { k: 1.182344, weightVariance: 0.92534755 };
const WIDTH = { quick: 1024, full: 4096 };

const raai = (k: number): Json => ({ name: 'raai', options: { k } });

interface Line {
  readonly k: number;
  readonly length: number | null;
  readonly correlation: number | null;
}

const initializerOption = z.looseObject({ options: z.looseObject({ k: z.number() }) });

function linesOf(outcomes: Outcomes): Line[] {
  return outcomes('lines').flatMap(({ options, record }) => {
    const found = resultOf(boundaryResult, record);
    const { k } = initializerOption.parse(options['initializer']).options;
    return found === undefined ? [] : [{ k, length: found.length, correlation: found.correlation }];
  });
}

/** k at which the straight lines through the boundaries on either side of it meet. */
function birthByLines(outcomes: Outcomes): Reading {
  const [before, after] = AROUND.map((k) => linesOf(outcomes).find((line) => line.k === k));
  const width = ({ length, correlation }: Line): number => (length ?? NaN) - (correlation ?? NaN);
  if (before === undefined || after === undefined) return INCOMPLETE;
  const [low, high] = [width(before), width(after)];
  const at = before.k + ((after.k - before.k) * low) / (low - high);
  if (!Number.isFinite(at)) return nothing('theory has not both boundaries');
  return { value: at, stderr: 0, remark: `between ${AROUND.join(' and ')}` };
}

const growthAtBirth =
  (which: 'length' | 'difference'): Claim['obtain'] =>
  (outcomes) => {
    const found = resultIn(growthResult, outcomes, 'birth')?.growth[0]?.[which];
    if (found === undefined) return INCOMPLETE;
    return { value: found.mean, stderr: found.stderr };
  };

/** Networks of width N may be off by 1/N. */
const unity: Claim['expected'] = (outcomes) => {
  const width = Number(outcomes('birth')[0]?.options['width'] ?? 1);
  return { kind: 'value', value: 1, precision: 1 / width };
};

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const lines = linesOf(outcomes);
  if (lines.length === 0) return [];
  const series = (['length', 'correlation'] as const).map((which) => {
    const known = lines.flatMap(({ k, [which]: at }) => (at === null ? [] : [{ x: at, y: 1 + k }]));
    const label = which === 'length' ? 'lengths diverge, $λ$ = 1' : '$c$ = 1 loses its stability, $μ$ = 1';
    return { label, x: known.map(({ x }) => x), y: known.map(({ y }) => y), draw: 'both' as const };
  });
  const birth = {
    label: 'birth of the chaotic bounded phase',
    x: [BIRTH.weightVariance],
    y: [1 + BIRTH.k],
    draw: 'markers' as const,
  };
  const svg = curvesFigure({
    width: 480,
    panels: [
      {
        x: { label: 'weight variance $σ_w^2$' },
        y: { label: 'correlation strength, 1 + $k$', scale: 'log' },
        series: [...series, birth],
      },
    ],
  });
  const caption =
    'Boundaries of ReLU networks with RAAI by the exact law of infinite width (biases left out). Between the lines, above the ' +
    'point at which they cross, lengths are bounded and correlations chaotic; below it there is no such phase. RAI is k = 0.';
  return [{ name: 'phase-lines', svg, caption }];
}

const phaseLines: Reproduction = {
  id: 'meanfield/phase-lines',
  title: 'Exact phase lines of RAI and RAAI over the strength of correlations',
  source: cite(meanfield),
  cost: { quick: '9 s of CPU time, N = 1024', full: '30 s of CPU time, N = 4096' },
  steps: (size) => [
    {
      id: 'lines',
      title: 'Boundaries',
      experiment: 'boundary',
      options: {},
      over: { initializer: STRENGTHS.map(raai) },
    },
    {
      id: 'birth',
      title: 'Growth at the birth point',
      experiment: 'growth',
      options: {
        initializer: { name: 'raai', options: { k: BIRTH.k, biasEntry: false } },
        weightVariance: [BIRTH.weightVariance],
        width: WIDTH[size],
        networks: 40,
      },
    },
  ],
  claims: [
    {
      id: 'birth',
      by: 'theory',
      statement: 'the strength at which the chaotic bounded phase of RAAI is born',
      where:
        'root of the exact law in k and σ_w²; against straight lines through boundaries at two strengths, ± 0.001',
      expected: value(BIRTH.k, 0.001),
      obtain: birthByLines,
    },
    {
      id: 'length-at-birth',
      by: 'theory',
      statement: 'at the birth point lengths neither grow nor shrink: their growth in a layer of networks',
      where: 'exact law, infinite width; width N may be off by 1/N',
      expected: unity,
      obtain: growthAtBirth('length'),
    },
    {
      id: 'difference-at-birth',
      by: 'theory',
      statement: 'nor do differences of close signals',
      where: 'exact law, infinite width; width N may be off by 1/N',
      expected: unity,
      obtain: growthAtBirth('difference'),
    },
  ],
  figures,
};

export default phaseLines;
