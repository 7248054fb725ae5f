import { cite, singh2021, type Reproduction } from '@meanfield/core';

import { above, below, crossing, largestGap, predictedCrossing, value } from '../readings.js';
import { scanFigures } from '../scan-figure.js';
import { CLOSE_PAIR, SCAN } from './scan-sizes.js';

const VARIANCES = {
  quick: [1, 1.4, 1.8, 2, 2.2, 2.6, 2.8, 2.9, 3.1],
  full: [1, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.7, 2.8, 2.9, 3, 3.1, 3.3],
};

const fig32: Reproduction = {
  id: 'singh2021/fig-3.2',
  title: 'ReLU networks with anti-correlated weights (k = 100): length and correlation against σ_w²',
  source: cite(singh2021, 'fig. 3.2'),
  cost: { quick: '10 s of CPU time, N = 256', full: '2 min of CPU time, N = 2048' },
  steps: (size) => [
    {
      id: 'scan',
      title: 'ACI, k = 100, σ_b² = 0.1',
      experiment: 'propagation-scan',
      options: {
        ...SCAN[size],
        initializer: { name: 'aci', options: { k: 100, biasVariance: 0.1 } },
        weightVariance: VARIANCES[size],
      },
    },
    {
      id: 'boundary',
      title: 'ACI, k = 100, σ_b² = 0, near both boundaries',
      experiment: 'propagation-scan',
      options: {
        ...CLOSE_PAIR[size],
        initializer: { name: 'aci', options: { k: 100, biasVariance: 0 } },
        weightVariance: [1.8, 1.9, 2, 2.1, 2.2, 2.75, 2.85, 2.95, 3.05, 3.15],
      },
    },
  ],
  claims: [
    {
      id: 'length-boundary',
      by: 'source',
      statement: 'lengths diverge from this σ_w² on',
      where: 'dashed line of fig. 3.2, eq. 3.3; two decimals',
      expected: value(2.92, 0.005),
      obtain: crossing('boundary', 'length'),
    },
    {
      id: 'correlation-boundary',
      by: 'source',
      statement: 'c = 1 loses its stability at this σ_w²',
      where: 'dashed line of fig. 3.2, §3.1; one decimal',
      expected: value(2, 0.05),
      obtain: crossing('boundary', 'difference'),
    },
    {
      id: 'apparent-crossing',
      by: 'source',
      statement: 'with σ_b² = 0.1 curves of lengths cross before σ_w² = 2.92',
      where: 'caption of fig. 3.2',
      expected: below(2.92),
      obtain: crossing('scan', 'length'),
    },
    {
      id: 'predicted-crossing',
      by: 'theory',
      statement: 'σ_w² of that crossing',
      where: 'length map, on the same grid',
      expected: predictedCrossing('scan'),
      obtain: crossing('scan', 'length'),
    },
    {
      id: 'ordered',
      by: 'source',
      statement: 'correlations converge to one in the ordered phase: 1 − c of layer 32 for σ_w² up to 1.8',
      where: '§3.1; read as 1 − c ≤ 0.05',
      expected: below(0.05),
      obtain: largestGap('scan', 0, 1.8),
    },
    {
      id: 'chaotic',
      by: 'source',
      statement:
        'correlations do not converge to one in the chaotic bounded phase: 1 − c of layer 32 at σ_w² = 2.6',
      where: '§3.1; read as 1 − c ≥ 0.05',
      expected: above(0.05),
      obtain: largestGap('scan', 2.6, 2.6),
    },
  ],
  figures: (outcomes) =>
    scanFigures(outcomes, 'scan', 'fig-3-2', 'Inputs are orthogonal; biases have σ_b² = 0.1.'),
};

export default fig32;
