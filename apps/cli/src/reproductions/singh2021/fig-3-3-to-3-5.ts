/** Correlation strengths on three teachers. */

import type { Claim, Reproduction } from '@meanfield/core';

import { above, below, value } from '../readings.js';
import { earlyLossRatio, epochRatio, worstLossRatio } from '../training-readings.js';
import {
  OPTIMIZERS,
  STEPS,
  STRENGTHS,
  teacherSizes,
  trainingReproduction,
  type OptimizerStep,
} from './training.js';

const [ANTI, NONE, POSITIVE] = STRENGTHS.labels as [string, string, string];
const COST = {
  quick: '35 s of CPU time: 10 layers of 50, 6 networks, the first 30 (SGD) and 15 (Adam) epochs alone',
  full: '3.3 · 10⁸ network-steps of 10 layers of 100: at 200 a second, 19 days; it can be stopped and goes on',
};
const FASTER = 'ln of the ratio of epochs to the same validation losses';
const OUTPUT = 'The output layers of student and teacher are linear.';

const faster = (step: OptimizerStep, where: string): Claim => ({
  id: `${step}-anti-correlated-faster`,
  by: 'source',
  statement: `networks with k = 100 train faster than with k = 0, ${OPTIMIZERS[step]}`,
  where: `${where}; ${FASTER}`,
  expected: below(0),
  obtain: epochRatio(step, ANTI, NONE),
});

const slower = (step: OptimizerStep, where: string): Claim => ({
  id: `${step}-correlated-slower`,
  by: 'source',
  statement: `networks with k = −0.5 train slower than with k = 0, ${OPTIMIZERS[step]}`,
  where: `${where}; ${FASTER}`,
  expected: above(0),
  obtain: epochRatio(step, POSITIVE, NONE),
});

export const fig33: Reproduction = trainingReproduction({
  figure: '3.3',
  title: 'Training with correlated weights on the standard teacher',
  schemes: STRENGTHS,
  sizes: teacherSizes('standard'),
  quantity: 'loss',
  cost: COST,
  claims: STEPS.flatMap((step) => [faster(step, '§3.2.1'), slower(step, '§3.2.1')]),
  remark: OUTPUT,
});

export const fig34: Reproduction = trainingReproduction({
  figure: '3.4',
  title: 'Training with correlated weights on the simple teacher',
  schemes: STRENGTHS,
  sizes: teacherSizes('simple'),
  quantity: 'loss',
  cost: COST,
  claims: [
    ...STEPS.flatMap((step) => [faster(step, '§3.2.2'), slower(step, '§3.2.2')]),
    {
      id: 'sgd-beginning',
      by: 'source',
      statement: 'at first all schemes perform equally, SGD: k = 100 against k = 0',
      where:
        '§3.2.2; ln of the ratio of validation losses over the first quarter of log(step), equal within 0.05',
      expected: value(0, 0.05),
      obtain: earlyLossRatio('sgd', ANTI, NONE),
    },
  ],
  remark: OUTPUT,
});

export const fig35: Reproduction = trainingReproduction({
  figure: '3.5',
  title: 'Training with correlated weights on the complex teacher',
  schemes: STRENGTHS,
  sizes: teacherSizes('complex'),
  quantity: 'loss',
  cost: COST,
  claims: [
    {
      id: 'sgd-anti-correlated-worse',
      by: 'source',
      statement: 'in some region k = 100 performs worse than k = 0, SGD',
      where:
        '§3.2.3; ln of the ratio of validation losses, the largest over the points at which losses are halved',
      expected: above(0),
      obtain: worstLossRatio('sgd', ANTI, NONE),
    },
    faster('adam', '§3.2.3, "most of the tasks"'),
  ],
  remark: OUTPUT,
});
