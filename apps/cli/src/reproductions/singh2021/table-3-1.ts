import {
  cite,
  singh2021,
  type Claim,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
} from '@meanfield/core';
import { propagationFigure } from '@meanfield/figures';

import { propagationResult, resultOf } from '../../report/results.js';
import { above, below, chaoticWidth, INCOMPLETE, resultIn, value } from '../readings.js';

const SCHEMES = ['He', 'ACI', 'RAI', 'RAAI'] as const;
const INITIALIZERS = ['he', 'aci', 'rai', 'raai'];

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Over all layers. Layers of one network are not independent, so that their standard errors are averaged. */
const overLayers =
  (scheme: string): Claim['obtain'] =>
  (outcomes) => {
    const layers = resultIn(propagationResult, outcomes, 'dead', scheme)?.layers;
    if (layers === undefined) return INCOMPLETE;
    const shares = layers.map(({ deadFraction }) => deadFraction ?? 0);
    const errors = layers.map(({ deadFractionStderr }) => deadFractionStderr ?? 0);
    const remark = `by layer ${shares.map((share) => share.toFixed(2)).join(' ')}`;
    return { value: mean(shares), stderr: mean(errors), remark };
  };

const predictedOverLayers =
  (scheme: string): Claim['expected'] =>
  (outcomes) => {
    const theory = resultIn(propagationResult, outcomes, 'dead', scheme)?.theory;
    const shares = (theory?.layers ?? []).flatMap(({ deadFraction }) => deadFraction ?? []);
    return shares.length === 0 ? null : { kind: 'value', value: mean(shares), precision: 0 };
  };

const deadClaims = (scheme: string, claimed: number): readonly Claim[] => [
  {
    id: `dead-${scheme.toLowerCase()}`,
    by: 'source',
    statement: `${scheme}: probability that a node is dead, P(h ≤ 0), as the mean over 10 layers`,
    where: 'table 3.1, two decimals; it does not say which layer',
    expected: value(claimed, 0.005),
    obtain: overLayers(scheme),
  },
  {
    id: `dead-${scheme.toLowerCase()}-predicted`,
    by: 'theory',
    statement: `${scheme}: the same at infinite width`,
    where: 'mean-field theory; at width 100 shares may be off by some 1/100',
    expected: predictedOverLayers(scheme),
    obtain: overLayers(scheme),
  },
];

const chaoticClaim = (scheme: string, chaotic: boolean): Claim => ({
  id: `chaotic-${scheme.toLowerCase()}`,
  by: 'source',
  statement: `${scheme}: ${chaotic ? 'a' : 'no'} chaotic phase; σ_w² of the length boundary less that of the correlation boundary, in theory`,
  where: `table 3.1; ${chaotic ? 'above' : 'not above'} 0`,
  expected: chaotic ? above(0) : below(0),
  obtain: chaoticWidth('boundary', scheme),
});

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const series = outcomes('dead').flatMap((cell) => {
    const result = resultOf(propagationResult, cell.record);
    if (result === undefined) return [];
    const numbered = <T>(layers: readonly T[]): (T & { readonly layer: number })[] =>
      layers.map((entry, index) => ({ ...entry, layer: index + 1 }));
    const theory = result.theory === null ? {} : { theory: numbered(result.theory.layers) };
    return [{ label: cell.labels['initializer'] ?? '', simulation: numbered(result.layers), ...theory }];
  });
  if (series.length === 0) return [];
  const svg = propagationFigure({ series, panels: ['deadFraction'] });
  const caption =
    'Share of pre-activations at or below 0 by layer: networks of 10 layers of 100 with inputs from N(0, I) (points, bars ' +
    'of two standard errors over networks) and theory of infinite width (lines).';
  return [{ name: 'table-3-1', svg, caption }];
}

const table31: Reproduction = {
  id: 'singh2021/table-3.1',
  title: 'Dead nodes and chaotic phases of He, ACI, RAI and RAAI',
  source: cite(singh2021, 'table 3.1'),
  cost: { quick: '15 s of CPU time, 100 networks', full: '20 s of CPU time, 400 networks' },
  steps: (size) => [
    {
      id: 'dead',
      title: 'Dead nodes by layer',
      experiment: 'propagation',
      options: {
        width: 100,
        depth: 10,
        networks: size === 'full' ? 400 : 100,
        inputs: { count: 100, correlation: null },
      },
      over: { initializer: INITIALIZERS },
      labels: { initializer: SCHEMES },
    },
    {
      id: 'boundary',
      title: 'Boundaries',
      experiment: 'boundary',
      options: {},
      over: { initializer: INITIALIZERS },
      labels: { initializer: SCHEMES },
    },
  ],
  claims: [
    ...deadClaims('He', 0.5),
    ...deadClaims('ACI', 0.5),
    ...deadClaims('RAI', 0.36),
    ...deadClaims('RAAI', 0.36),
    chaoticClaim('He', false),
    chaoticClaim('ACI', true),
    chaoticClaim('RAI', false),
    chaoticClaim('RAAI', true),
  ],
  figures,
};

export default table31;
