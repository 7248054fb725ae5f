import { cite, singh2021, type Reproduction } from '@meanfield/core';

import { below, boundary, closePairGrowth, crossing, value } from '../readings.js';
import { scanFigures } from '../scan-figure.js';
import { CLOSE_PAIR, SCAN } from './scan-sizes.js';

const VARIANCES = {
  quick: [0.36, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  full: [0.3, 0.36, 0.42, 0.48, 0.54, 0.6, 0.64, 0.68, 0.72, 0.76, 0.8, 0.86, 0.92, 1],
};

const fig36: Reproduction = {
  id: 'singh2021/fig-3.6',
  title: 'ReLU networks with RAI: length and correlation against σ_w²',
  source: cite(singh2021, 'fig. 3.6'),
  cost: { quick: '25 s of CPU time, N = 256', full: '4 min of CPU time, N = 2048' },
  steps: (size) => [
    {
      id: 'scan',
      title: 'RAI',
      experiment: 'propagation-scan',
      options: { ...SCAN[size], initializer: 'rai', weightVariance: VARIANCES[size] },
    },
    {
      id: 'boundary',
      title: 'RAI, close pairs',
      experiment: 'propagation-scan',
      options: {
        ...CLOSE_PAIR[size],
        initializer: 'rai',
        weightVariance: [0.36, 0.5, 0.6, 0.66, 0.7, 0.74, 0.78, 0.9, 1],
      },
    },
  ],
  claims: [
    {
      id: 'length-boundary',
      by: 'source',
      statement: 'lengths stay finite up to this σ_w², from simulation',
      where: '§3.3.1 on fig. 3.6; two decimals, read from curves: ± 0.01',
      expected: value(0.72, 0.01),
      obtain: crossing('boundary', 'length'),
    },
    {
      id: 'exact-law',
      by: 'theory',
      statement: 'lengths stay finite up to this σ_w²',
      where: 'exact law of infinite width',
      expected: boundary('boundary', 'length'),
      obtain: crossing('boundary', 'length'),
    },
    {
      id: 'approximation',
      by: 'source',
      statement: 'lengths stay finite up to this σ_w², from an approximation',
      where: '§3.3.1, app. B.1; two decimals',
      expected: value(0.56, 0.005),
      obtain: crossing('boundary', 'length'),
    },
    {
      id: 'correlation',
      by: 'source',
      statement:
        'c = 1 is stable at every σ_w², also where lengths diverge: 1 − c of close signals, layer 32 over layer 16',
      where: '§3.3.1 on fig. 3.6; below 1',
      expected: below(1),
      obtain: closePairGrowth('boundary'),
    },
  ],
  figures: (outcomes) =>
    scanFigures(
      outcomes,
      'scan',
      'fig-3-6',
      'Inputs are orthogonal. Biases, which vanish as 1/N in theory, keep simulated lengths from falling far below 1/N and raise correlations where they do.',
    ),
};

export default fig36;
