import { cite, singh2021, type Json, type Reproduction, type Size } from '@meanfield/core';

import { deepestSignal, fixedPointGap, furthestFrom, predictedSignal } from '../phase-readings.js';
import { above, below, value } from '../readings.js';
import { phaseFigures, phaseStep } from './phase-figure.js';

const he = (weightVariance: number, biasVariance: number): Json => {
  return { name: 'he', options: { weightVariance, biasVariance } };
};

/** Points on either side of χ₁ = 1 of tanh; (1.5, 0) is the complex teacher's of §2.3, called chaotic there. */
const ORDERED = [he(0.5, 0.05), he(1, 0.2), he(1.5, 0.3), he(2, 0.9)];
const CHAOTIC = [he(1.5, 0), he(2, 0.1), he(3, 0.5), he(4, 1)];

/** Finite width N changes correlations by O(1/N): 5/N at most is allowed for. */
const DEEP: Readonly<Record<Size, { readonly width: number; readonly networks: number }>> = {
  quick: { width: 1000, networks: 100 },
  full: { width: 4000, networks: 400 },
};
const PRECISION = 0.005;

const fig21: Reproduction = {
  id: 'singh2021/fig-2.1',
  title: 'Phase diagrams of tanh and ReLU networks with independent weights',
  source: cite(singh2021, 'fig. 2.1'),
  cost: { quick: '10 s of CPU time, N = 1000', full: '40 s of CPU time, N = 4000' },
  steps: (size) => [
    phaseStep('tanh', 'tanh', size, { activation: 'tanh', initializer: 'he' }),
    phaseStep('relu', 'ReLU', size, { activation: 'relu', initializer: 'he' }),
    {
      id: 'ordered',
      title: 'Fixed points of tanh, ordered',
      experiment: 'theory',
      options: { activation: 'tanh' },
      over: { initializer: ORDERED },
    },
    {
      id: 'chaotic',
      title: 'Fixed points of tanh, chaotic',
      experiment: 'theory',
      options: { activation: 'tanh' },
      over: { initializer: CHAOTIC },
    },
    {
      id: 'deep',
      title: 'Deep tanh networks',
      experiment: 'propagation',
      options: { ...DEEP[size], activation: 'tanh', depth: 32, inputs: { count: 2, correlation: 0.5 } },
      over: { initializer: [he(1, 0.2), he(3, 0.5)] },
      labels: { initializer: ['ordered', 'chaotic'] },
    },
  ],
  claims: [
    {
      id: 'tanh-ordered',
      by: 'source',
      statement: 'correlations of tanh networks converge to one below the line χ₁ = 1: 1 − c*',
      where: 'fig. 2.1a and its caption; theory at four points, read as 1 − c* ≤ 10⁻⁹',
      expected: below(1e-9),
      obtain: fixedPointGap('ordered', 'largest'),
    },
    {
      id: 'tanh-chaotic',
      by: 'source',
      statement: 'they converge to a fixed point below one above it: 1 − c*',
      where: 'fig. 2.1a and its caption; theory at four points, read as 1 − c* > 10⁻⁹',
      expected: above(1e-9),
      obtain: fixedPointGap('chaotic', 'smallest'),
    },
    {
      id: 'tanh-ordered-networks',
      by: 'source',
      statement: 'the same in networks: 1 − c of layer 32 at (σ_w², σ_b²) = (1, 0.2)',
      where: 'fig. 2.1a; read as 1 − c ≤ 0.01',
      expected: below(0.01),
      obtain: deepestSignal('deep', 'ordered', 'gap'),
    },
    {
      id: 'tanh-chaotic-networks',
      by: 'theory',
      statement: '1 − c of layer 32 of networks at (σ_w², σ_b²) = (3, 0.5)',
      where: `infinite width; finite width may be off by ${PRECISION}`,
      expected: predictedSignal('deep', 'chaotic', 'gap', PRECISION),
      obtain: deepestSignal('deep', 'chaotic', 'gap'),
    },
    {
      id: 'relu-boundary',
      by: 'source',
      statement: 'lengths of ReLU networks diverge from σ_w² = 2 on, whatever σ_b²',
      where: 'fig. 2.1b and its caption; the traced boundary where it is furthest from 2, ± 10⁻⁹',
      expected: value(2, 1e-9),
      obtain: furthestFrom('relu', 'length', 2),
    },
  ],
  figures: (outcomes) =>
    phaseFigures(outcomes, [
      { step: 'tanh', name: 'fig-2-1a', caption: 'tanh networks with independent weights.' },
      { step: 'relu', name: 'fig-2-1b', caption: 'ReLU networks with independent weights.' },
    ]),
};

export default fig21;
