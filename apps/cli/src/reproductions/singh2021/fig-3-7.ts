import { cite, singh2021, type Reproduction } from '@meanfield/core';

import { boundary, crossing, value } from '../readings.js';
import { scanFigures } from '../scan-figure.js';
import { CLOSE_PAIR, SCAN } from './scan-sizes.js';

const VARIANCES = {
  quick: [0.6, 0.75, 0.9, 1, 1.1, 1.2, 1.3],
  full: [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4],
};

const fig37: Reproduction = {
  id: 'singh2021/fig-3.7',
  title: 'ReLU networks with RAAI (k = 100): length and correlation against σ_w²',
  source: cite(singh2021, 'fig. 3.7'),
  cost: { quick: '20 s of CPU time, N = 256', full: '4 min of CPU time, N = 2048' },
  steps: (size) => [
    {
      id: 'scan',
      title: 'RAAI, k = 100',
      experiment: 'propagation-scan',
      options: {
        ...SCAN[size],
        initializer: { name: 'raai', options: { k: 100 } },
        weightVariance: VARIANCES[size],
      },
    },
    {
      id: 'boundary',
      title: 'RAAI, k = 100, close pairs near both boundaries',
      experiment: 'propagation-scan',
      options: {
        ...CLOSE_PAIR[size],
        initializer: { name: 'raai', options: { k: 100 } },
        weightVariance: [0.76, 0.82, 0.88, 0.94, 1, 1.12, 1.17, 1.22, 1.27, 1.32],
      },
    },
  ],
  claims: [
    {
      id: 'length-boundary',
      by: 'source',
      statement: 'lengths diverge from this σ_w² on, from simulation',
      where: '§3.3.2 on fig. 3.7; one decimal',
      expected: value(1.2, 0.05),
      obtain: crossing('boundary', 'length'),
    },
    {
      id: 'exact-length',
      by: 'theory',
      statement: 'lengths diverge from this σ_w² on',
      where: 'exact law of infinite width',
      expected: boundary('boundary', 'length'),
      obtain: crossing('boundary', 'length'),
    },
    {
      id: 'approximate-length',
      by: 'source',
      statement: 'lengths diverge from this σ_w² on, from an approximation',
      where: 'app. C.1; two decimals',
      expected: value(1.75, 0.005),
      obtain: crossing('boundary', 'length'),
    },
    {
      id: 'correlation-boundary',
      by: 'source',
      statement: 'c = 1 loses its stability at about this σ_w², from simulation',
      where: '§3.3.2 on fig. 3.7; one decimal',
      expected: value(0.9, 0.05),
      obtain: crossing('boundary', 'difference'),
    },
    {
      id: 'exact-correlation',
      by: 'theory',
      statement: 'c = 1 loses its stability at this σ_w²',
      where: 'exact law of infinite width, μ = 1',
      expected: boundary('boundary', 'correlation'),
      obtain: crossing('boundary', 'difference'),
    },
    {
      id: 'approximate-correlation',
      by: 'source',
      statement: 'c = 1 loses its stability at this σ_w², from an approximation',
      where: 'app. C.2; two decimals',
      expected: value(1.41, 0.005),
      obtain: crossing('boundary', 'difference'),
    },
  ],
  figures: (outcomes) =>
    scanFigures(
      outcomes,
      'scan',
      'fig-3-7',
      'Inputs are orthogonal. Biases, which vanish as 1/N in theory, keep simulated lengths from falling far below 1/N and raise correlations where they do.',
    ),
};

export default fig37;
