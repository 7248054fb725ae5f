import { cite, singh2021, type Reproduction } from '@meanfield/core';

import { chaoticBoundedShare, furthestFrom } from '../phase-readings.js';
import { above, below, value } from '../readings.js';
import { phaseFigures, phaseStep } from './phase-figure.js';

/** §3.2 and fig. 3.2 use these strengths; fig. 3.1 does not say its own. */
const [POSITIVE, ANTI] = [-0.5, 100];

/** Eq. 3.3: the weight variance at which lengths diverge. */
const lengthBoundary = (k: number): number => 2 / (1 - k / (1 + k) / Math.PI);

const fig31: Reproduction = {
  id: 'singh2021/fig-3.1',
  title: 'Phase diagrams of ReLU networks with correlated weights',
  source: cite(singh2021, 'fig. 3.1'),
  cost: { quick: '4 s of CPU time', full: '10 s of CPU time' },
  steps: (size) => [
    phaseStep('positive', `k = ${POSITIVE}`, size, {
      activation: 'relu',
      initializer: { name: 'aci', options: { k: POSITIVE } },
    }),
    phaseStep('anti', `k = ${ANTI}`, size, {
      activation: 'relu',
      initializer: { name: 'aci', options: { k: ANTI } },
    }),
  ],
  claims: [
    {
      id: 'positive-length',
      by: 'source',
      statement: 'positive correlations shift the boundary of lengths below σ_w² = 2; k = −0.5',
      where: '§3.1, the bound on σ_w² from eq. 3.3; the traced boundary where it is furthest from it, ± 10⁻⁹',
      expected: value(lengthBoundary(POSITIVE), 1e-9),
      obtain: furthestFrom('positive', 'length', lengthBoundary(POSITIVE)),
    },
    {
      id: 'anti-length',
      by: 'source',
      statement: 'anti-correlations shift it above; k = 100',
      where: '§3.1, the bound on σ_w² from eq. 3.3; the traced boundary where it is furthest from it, ± 10⁻⁹',
      expected: value(lengthBoundary(ANTI), 1e-9),
      obtain: furthestFrom('anti', 'length', lengthBoundary(ANTI)),
    },
    {
      id: 'anti-correlation',
      by: 'source',
      statement: 'c = 1 loses its stability at σ_w² = 2; k = 100',
      where: 'fig. 3.1b and its caption; the traced boundary where it is furthest from it, ± 10⁻⁹',
      expected: value(2, 1e-9),
      obtain: furthestFrom('anti', 'correlation', 2),
    },
    {
      id: 'anti-chaotic-bounded',
      by: 'source',
      statement: 'there is a chaotic bounded phase; share of the diagram, k = 100',
      where: 'caption of fig. 3.1b; above 0',
      expected: above(0),
      obtain: chaoticBoundedShare('anti'),
    },
    {
      id: 'positive-chaotic-bounded',
      by: 'source',
      statement: 'there is none with positive correlations; share of the diagram, k = −0.5',
      where: 'caption of fig. 3.1a; not above 0',
      expected: below(0),
      obtain: chaoticBoundedShare('positive'),
    },
  ],
  figures: (outcomes) =>
    phaseFigures(outcomes, [
      {
        step: 'positive',
        name: 'fig-3-1a',
        caption: `ReLU networks, positively correlated weights, $k$ = −0.5.`,
      },
      { step: 'anti', name: 'fig-3-1b', caption: `ReLU networks, anti-correlated weights, $k$ = 100.` },
    ]),
};

export default fig31;
