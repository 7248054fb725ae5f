import { cite, singh2021, type Reproduction } from '@meanfield/core';

import { below, crossing, largestGap, lengthOverFixedPoint, predictedCrossing, value } from '../readings.js';
import { scanFigures } from '../scan-figure.js';
import { CLOSE_PAIR, SCAN } from './scan-sizes.js';

const VARIANCES = {
  quick: [0.5, 1, 1.4, 1.7, 1.9, 2.1, 2.5, 3],
  full: [0.4, 0.7, 1, 1.2, 1.4, 1.6, 1.7, 1.8, 1.9, 2, 2.1, 2.2, 2.4, 2.7, 3],
};

const fig22: Reproduction = {
  id: 'singh2021/fig-2.2',
  title: 'ReLU networks with independent weights: length and correlation against σ_w²',
  source: cite(singh2021, 'fig. 2.2'),
  cost: { quick: '5 s of CPU time, N = 256', full: '2 min of CPU time, N = 2048' },
  steps: (size) => [
    {
      id: 'scan',
      title: 'He, σ_b² = 0.1',
      experiment: 'propagation-scan',
      options: {
        ...SCAN[size],
        initializer: { name: 'he', options: { biasVariance: 0.1 } },
        weightVariance: VARIANCES[size],
      },
    },
    {
      id: 'boundary',
      title: 'He, σ_b² = 0, near the boundary',
      experiment: 'propagation-scan',
      options: { ...CLOSE_PAIR[size], initializer: 'he', weightVariance: [1.8, 1.9, 2, 2.1, 2.2] },
    },
  ],
  claims: [
    {
      id: 'length-boundary',
      by: 'source',
      statement: 'lengths diverge from σ_w² = 2 on; without biases curves of different depth cross there',
      where: 'fig. 2.2 and its caption; ± 0.05 for the reading',
      expected: value(2, 0.05),
      obtain: crossing('boundary', 'length'),
    },
    {
      id: 'apparent-crossing',
      by: 'source',
      statement: 'with σ_b² = 0.1 curves cross before σ_w² = 2',
      where: 'caption of fig. 2.2',
      expected: below(2),
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
      id: 'fixed-point',
      by: 'source',
      statement: 'theory predicts the fixed point of the length: q of layer 32 over q*',
      where: 'caption of fig. 2.2; ± 0.02 for the reading',
      expected: value(1, 0.02),
      obtain: lengthOverFixedPoint('scan'),
    },
    {
      id: 'correlation',
      by: 'source',
      statement: 'after 32 layers the correlation is almost one at every σ_w²: 1 − c',
      where: '§2.1; “almost” read as 1 − c ≤ 0.05',
      expected: below(0.05),
      obtain: largestGap('scan'),
    },
  ],
  figures: (outcomes) =>
    scanFigures(outcomes, 'scan', 'fig-2-2', 'Inputs are orthogonal; biases have σ_b² = 0.1.'),
};

export default fig22;
