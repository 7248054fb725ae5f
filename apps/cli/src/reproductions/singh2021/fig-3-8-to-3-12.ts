/** Four initialisations on three teachers and two sets of images. */

import type { Claim, Reproduction } from '@meanfield/core';

import { above, below } from '../readings.js';
import { accuracyGain, epochRatio } from '../training-readings.js';
import {
  imageSizes,
  OPTIMIZERS,
  SCHEMES,
  STEPS,
  teacherSizes,
  trainingReproduction,
  type OptimizerStep,
} from './training.js';

const TEACHER_COST = {
  quick: '45 s of CPU time: 10 layers of 50, 6 networks, the first 30 (SGD) and 15 (Adam) epochs alone',
  full: '4.4 · 10⁸ network-steps of 10 layers of 100: at 200 a second, 25 days; it can be stopped and goes on',
};
const IMAGE_COST = {
  quick: '2.5 min of CPU time: 6 networks, the first 0.8 (SGD) and 0.4 (Adam) epochs alone',
  full: '480,000 network-steps of 10 layers of 100: at 200 a second, 40 min',
};
const FASTER = 'ln of the ratio of epochs to the same validation losses';
/** On par: at most a tenth more epochs */
const PAR = Math.log(1.1);
const LINEAR = 'The output layers of student and teacher are linear.';

const onPar = (step: OptimizerStep, other: string, where: string): Claim => ({
  id: `${step}-raai-${other.toLowerCase()}`,
  by: 'source',
  statement: `RAAI performs on par with or better than ${other}, ${OPTIMIZERS[step]}`,
  where: `${where}; ${FASTER}, on par up to ln 1.1`,
  expected: below(PAR),
  obtain: epochRatio(step, 'RAAI', other),
});

const teacherClaims = (where: string): Claim[] =>
  STEPS.flatMap((step) => ['He', 'ACI', 'RAI'].map((other) => onPar(step, other, where)));

const better = (step: OptimizerStep, one: string, other: string, where: string): Claim => ({
  id: `${step}-${one.toLowerCase()}-${other.toLowerCase()}`,
  by: 'source',
  statement: `${one} performs better than ${other}, ${OPTIMIZERS[step]}`,
  where: `${where}; difference of validation accuracies, mean over the later half of log(step)`,
  expected: above(0),
  obtain: accuracyGain(step, one, other),
});

const imageClaims = (where: string): Claim[] =>
  STEPS.flatMap((step) => [
    ...['He', 'ACI', 'RAI'].map((other) => better(step, 'RAAI', other, where)),
    better(step, 'He', 'RAI', where),
  ]);

export const fig38: Reproduction = trainingReproduction({
  figure: '3.8',
  title: 'Training from four initialisations on the standard teacher',
  schemes: SCHEMES,
  sizes: teacherSizes('standard'),
  quantity: 'loss',
  cost: TEACHER_COST,
  claims: teacherClaims('§3.4.1'),
  remark: LINEAR,
});

export const fig39: Reproduction = trainingReproduction({
  figure: '3.9',
  title: 'Training from four initialisations on the simple teacher',
  schemes: SCHEMES,
  sizes: teacherSizes('simple'),
  quantity: 'loss',
  cost: TEACHER_COST,
  claims: [
    ...teacherClaims('§3.4.2'),
    ...STEPS.map((step): Claim => ({
      id: `${step}-rai-aci`,
      by: 'source',
      statement: `RAI performs better than ACI, ${OPTIMIZERS[step]}`,
      where: `§3.4.2; ${FASTER}`,
      expected: below(0),
      obtain: epochRatio(step, 'RAI', 'ACI'),
    })),
  ],
  remark: LINEAR,
});

export const fig310: Reproduction = trainingReproduction({
  figure: '3.10',
  title: 'Training from four initialisations on the complex teacher',
  schemes: SCHEMES,
  sizes: teacherSizes('complex'),
  quantity: 'loss',
  cost: TEACHER_COST,
  claims: teacherClaims('§3.4.3'),
  remark: LINEAR,
});

export const fig311: Reproduction = trainingReproduction({
  figure: '3.11',
  title: 'Training from four initialisations on MNIST',
  schemes: SCHEMES,
  sizes: imageSizes('mnist'),
  quantity: 'accuracy',
  cost: IMAGE_COST,
  claims: imageClaims('§3.4.4'),
  remark: 'Accuracy on the 10,000 test images.',
});

export const fig312: Reproduction = trainingReproduction({
  figure: '3.12',
  title: 'Training from four initialisations on Fashion-MNIST',
  schemes: SCHEMES,
  sizes: imageSizes('fashion-mnist'),
  quantity: 'accuracy',
  cost: IMAGE_COST,
  claims: imageClaims('§3.4.5'),
  remark: 'Accuracy on the 10,000 test images.',
});
