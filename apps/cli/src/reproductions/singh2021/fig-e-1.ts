import {
  cite,
  singh2021,
  type Claim,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
} from '@meanfield/core';
import { nodeActivityFigure } from '@meanfield/figures';

import { nodeActivityResult, resultOf } from '../../report/results.js';
import { above, below, INCOMPLETE, resultIn } from '../readings.js';

const DEPTH = 10;
/** Two columns, as in the thesis */
const WIDTH = 560;

interface Panel {
  readonly id: string;
  /** As the figure shows it, and as text */
  readonly label: string;
  readonly initializer: { readonly name: string; readonly options: Readonly<Record<string, number>> };
}

const he = (weightVariance: number): Panel => ({
  id: `he-${weightVariance}`,
  label: `uncorrelated: $σ_w^2$ = ${weightVariance}, $σ_b^2$ = 0`,
  initializer: { name: 'he', options: { weightVariance, biasVariance: 0 } },
});
const aci = (weightVariance: number): Panel => ({
  id: `aci-${String(weightVariance).replace('.', '-')}`,
  label: `ACI: $σ_w^2$ = ${weightVariance}, $σ_b^2$ = 0.1`,
  initializer: { name: 'aci', options: { weightVariance, biasVariance: 0.1, k: 100 } },
});
/** In the order of the figure, row by row */
const PANELS = [he(1), aci(1), he(2), aci(2), he(3), aci(2.5)] as const;

/** Pearson's correlation, over nodes, of |mean| and deviation in the deepest layer. */
const relation =
  ({ label }: Panel): Claim['obtain'] =>
  (outcomes) => {
    const layer = resultIn(nodeActivityResult, outcomes, 'nodes', label)?.layers.at(-1);
    if (layer === undefined) return INCOMPLETE;
    return { value: layer.relation, stderr: layer.relationStderr, remark: `layer ${layer.layer}` };
  };

/** The thesis says neither the data, nor the width, nor the layer: these are its student networks of §2.3. */
const STATEMENT = 'correlation over nodes of |mean| and deviation';
const plain = ({ label }: Panel): string => label.replaceAll('$', '').replaceAll('^2', '²');

const claim = (panel: Panel, words: string, where: string, expected: Claim['expected']): Claim => ({
  id: panel.id,
  by: 'source',
  statement: `${plain(panel)}: mean and deviation ${words}; ${STATEMENT}`,
  where: `app. E; read as ${where}`,
  expected,
  obtain: relation(panel),
});

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const panels = outcomes('nodes').flatMap(({ labels, record }) => {
    const result = resultOf(nodeActivityResult, record);
    if (result === undefined) return [];
    const groups = result.layers.map(({ layer, mean, deviation }) => ({
      label: `layer ${layer}`,
      mean,
      deviation,
    }));
    return [{ title: labels['initializer'] ?? '', groups }];
  });
  if (panels.length === 0) return [];
  const caption =
    'Standard deviation against mean of each node’s pre-activation over inputs from N(0, I), in one network of ' +
    `${DEPTH} layers of 100 a panel. Without biases ReLU networks only change their scale with σ_w²: the uncorrelated panels show one.`;
  return [{ name: 'fig-e-1', svg: nodeActivityFigure({ panels, width: WIDTH }), caption }];
}

const figE1: Reproduction = {
  id: 'singh2021/fig-E.1',
  title: 'Mean against standard deviation of each node’s pre-activation over the data',
  source: cite(singh2021, 'fig. E.1'),
  cost: { quick: '3 s of CPU time, 20 networks', full: '20 s of CPU time, 40 networks' },
  steps: (size) => [
    {
      id: 'nodes',
      title: 'Nodes',
      experiment: 'node-activity',
      options: {
        width: 100,
        depth: DEPTH,
        inputs: { count: size === 'full' ? 1000 : 100 },
        networks: size === 'full' ? 40 : 20,
        layers: [DEPTH],
      },
      over: { initializer: PANELS.map(({ initializer }) => initializer) },
      labels: { initializer: PANELS.map(({ label }) => label) },
    },
  ],
  claims: [
    claim(PANELS[0], 'are related', 'above 0.3', above(0.3)),
    claim(PANELS[2], 'are related', 'above 0.3', above(0.3)),
    claim(PANELS[4], 'are related', 'above 0.3', above(0.3)),
    claim(PANELS[1], 'show some correlation', 'above 0', above(0)),
    claim(PANELS[3], 'seem uncorrelated at the boundary', 'below 0.3', below(0.3)),
    claim(PANELS[5], 'seem uncorrelated in the chaotic phase', 'below 0.3', below(0.3)),
  ],
  figures,
};

export default figE1;
