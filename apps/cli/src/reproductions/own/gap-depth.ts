/** The depth at which the gap 1 − c of two inputs is ten times as large with RAAI as with He. */

import { cite, type Claim, type Outcomes, type ReproducedFigure, type Reproduction } from '@meanfield/core';
import { curvesFigure } from '@meanfield/figures';

import { propagationResult } from '../../report/results.js';
import { nothing, resultIn } from '../readings.js';
import { meanfield } from './source.js';

const SCHEMES = ['He', 'RAAI'] as const;
const TIMES = 10;
const DEPTH = 40;
const SIZES = { quick: { width: 1000, networks: 100 }, full: { width: 4000, networks: 400 } };

interface Gap {
  readonly gap: number;
  readonly stderr: number;
}

type Kind = 'simulation' | 'theory';

/** 1 − c by layer, from layer 1; empty where there are none. */
function gapsOf(outcomes: Outcomes, scheme: string, kind: Kind): readonly Gap[] {
  const result = resultIn(propagationResult, outcomes, 'signals', scheme);
  const gaps =
    kind === 'theory'
      ? (result?.theory?.layers ?? []).map(({ gap }) => ({ gap, stderr: 0 }))
      : (result?.layers ?? []).map(({ gap, gapStderr }) => ({ gap, stderr: gapStderr }));
  return gaps.flatMap(({ gap, stderr }) => (gap === null || stderr === null ? [] : [{ gap, stderr }]));
}

/** ln of the ratio of gaps by layer, with its standard error. */
function logRatios(
  outcomes: Outcomes,
  kind: Kind,
): readonly { readonly log: number; readonly stderr: number }[] {
  const [he = [], raai = []] = SCHEMES.map((scheme) => gapsOf(outcomes, scheme, kind));
  return he.flatMap((one, layer) => {
    const other = raai[layer];
    if (other === undefined) return [];
    const stderr = Math.hypot(one.stderr / one.gap, other.stderr / other.gap);
    return [{ log: Math.log(other.gap / one.gap), stderr }];
  });
}

const depthOf =
  (kind: Kind): Claim['obtain'] =>
  (outcomes) => {
    const ratios = logRatios(outcomes, kind);
    const level = Math.log(TIMES);
    const at = ratios.findIndex(({ log }) => log >= level);
    const [before, after] = [ratios[at - 1], ratios[at]];
    if (before === undefined || after === undefined) return nothing('the ratio is not reached');
    // Neighbouring layers belong to the same networks, so that the slope is taken over more of them.
    const from = ratios[Math.max(0, at - 5)] ?? before;
    const slope = (after.log - from.log) / Math.min(at, 5);
    const depth = at + (level - before.log) / (after.log - before.log);
    return { value: depth, stderr: Math.max(before.stderr, after.stderr) / slope };
  };

/** Theory has RAAI's gaps to 6 %, by its populations, and the ratio grows by about 10 % a layer. */
const PRECISION = 1;

const predicted: Claim['expected'] = (outcomes) => {
  const { value } = depthOf('theory')(outcomes);
  return value === null ? null : { kind: 'value', value, precision: PRECISION };
};

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const series = SCHEMES.flatMap((scheme, style) => {
    const layers = (gaps: readonly Gap[]): number[] => gaps.map((_, index) => index + 1);
    const [points, line] = (['simulation', 'theory'] as const).map((kind) => gapsOf(outcomes, scheme, kind));
    if (points === undefined || line === undefined || points.length === 0) return [];
    const simulated = {
      x: layers(points),
      y: points.map(({ gap }) => gap),
      stderr: points.map(({ stderr }) => stderr),
    };
    return [
      { label: scheme, ...simulated, draw: 'markers' as const, style },
      ...(line.length === 0
        ? []
        : [{ label: `${scheme}, theory`, x: layers(line), y: line.map(({ gap }) => gap), style }]),
    ];
  });
  if (series.length === 0) return [];
  const svg = curvesFigure({
    width: 480,
    panels: [{ x: { label: 'layer', whole: true }, y: { label: 'gap 1 − $c$', scale: 'log' }, series }],
  });
  const caption =
    'Gap 1 − c of two orthogonal inputs by layer: networks (points, bars of two standard errors) and theory of infinite width ' +
    '(lines). Biases are left out, as the exact law does.';
  return [{ name: 'gap-depth', svg, caption }];
}

const gapDepth: Reproduction = {
  id: 'meanfield/gap-depth',
  title: 'Where the correlation gaps of RAAI and He differ tenfold',
  source: cite(meanfield),
  cost: { quick: '15 s of CPU time, N = 1000', full: '40 s of CPU time, N = 4000' },
  steps: (size) => [
    {
      id: 'signals',
      title: 'Signals',
      experiment: 'propagation',
      options: { ...SIZES[size], depth: DEPTH, inputs: { count: 2, correlation: 0 } },
      over: { initializer: ['he', { name: 'raai', options: { biasEntry: false } }] },
      labels: { initializer: SCHEMES },
    },
  ],
  claims: [
    {
      id: 'depth',
      by: 'theory',
      statement: 'layer at which 1 − c of two orthogonal inputs is ten times as large with RAAI as with He',
      where: `infinite width; ± ${PRECISION}, since RAAI's gaps come from populations and are good to 6 %`,
      expected: predicted,
      obtain: depthOf('simulation'),
    },
  ],
  figures,
};

export default gapDepth;
