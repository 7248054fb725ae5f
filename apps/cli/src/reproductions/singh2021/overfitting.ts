/** §3.4 on 20 layers, of which the thesis shows no figure: ACI overfits, less so at a smaller k, RAAI does not. */

import { cite, singh2021, type Claim, type JsonObject, type Reproduction, type Size } from '@meanfield/core';

import { QUICK_BACKEND } from '../quick-backend.js';
import { above, below } from '../readings.js';
import { trainingFigures } from '../training-figure.js';
import { epochRatio, riseOfLoss } from '../training-readings.js';

const DEPTH = 20;
const SCHEMES = ['He', 'ACI', 'ACI, $k$ = 1', 'RAI', 'RAAI'] as const;
const INITIALIZERS = ['he', 'aci', { name: 'aci', options: { k: 1 } }, 'rai', 'raai'];

/** The thesis names neither task nor optimiser; the standard teacher of §2.3 and Adam are a choice. */
const OPTIONS: Readonly<Record<Size, JsonObject>> = {
  quick: {
    task: {
      name: 'teacher-student',
      options: { examples: 2000, validationExamples: 500, inputSize: 50, outputSize: 50, width: 50 },
    },
    hiddenWidths: Array.from({ length: DEPTH }, () => 50),
    backend: QUICK_BACKEND,
    batchSize: 200,
    networks: 6,
    evaluations: 16,
    steps: 600,
  },
  full: {
    task: 'teacher-student',
    hiddenWidths: Array.from({ length: DEPTH }, () => 100),
    networks: 100,
    evaluations: 50,
    epochs: 1000,
  },
};

/** A loss that has risen by so much (in its logarithm) since its lowest point counts as overfitting. */
const RISE = 0.05;
const RISE_READ = `ln of the ratio of the last validation loss to the lowest, read against ${RISE}`;

const overfits = (scheme: (typeof SCHEMES)[number], id: string, does: boolean): Claim => ({
  id,
  by: 'source',
  statement: `${scheme.replaceAll('$', '')} ${does ? 'overfits' : 'does not overfit'} with ${DEPTH} layers`,
  where: `§3.4; ${RISE_READ}`,
  expected: does ? above(RISE) : below(RISE),
  obtain: riseOfLoss('adam', scheme),
});

const better = (scheme: (typeof SCHEMES)[number]): Claim => ({
  id: `raai-better-than-${scheme.toLowerCase()}`,
  by: 'source',
  statement: `RAAI performs better than ${scheme} with ${DEPTH} layers`,
  where: '§3.4; ln of the ratio of epochs to the same validation losses',
  expected: below(0),
  obtain: epochRatio('adam', 'RAAI', scheme),
});

const overfitting: Reproduction = {
  id: 'singh2021/overfitting',
  title: `Training of ${DEPTH} layers: does ACI overfit, does RAAI?`,
  source: cite(singh2021, '§3.4'),
  cost: {
    quick: '90 s of CPU time: 20 layers of 50, 6 networks, the first 60 epochs of 2000 examples alone',
    full: '5 · 10⁷ network-steps of 20 layers of 100: at 100 a second, 6 days; it can be stopped and goes on',
  },
  steps: (size) => [
    {
      id: 'adam',
      title: 'Adam',
      experiment: 'training',
      options: { ...OPTIONS[size], optimizer: 'adam', networkCurves: true },
      over: { initializer: INITIALIZERS },
      labels: { initializer: SCHEMES },
    },
  ],
  claims: [
    overfits('ACI', 'aci-overfits', true),
    overfits('ACI, $k$ = 1', 'smaller-k-does-not', false),
    overfits('RAAI', 'raai-does-not', false),
    better('He'),
    better('ACI'),
    better('RAI'),
  ],
  figures: (outcomes) =>
    trainingFigures(outcomes, [{ step: 'adam', title: 'Adam' }], {
      name: 'overfitting',
      quantity: 'loss',
      remark: `Standard teacher, ${DEPTH} hidden layers; output layers are linear. The thesis names neither task nor optimiser.`,
    }),
};

export default overfitting;
