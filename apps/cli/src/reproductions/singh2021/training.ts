/** What the training figures of `singh2021` have in common: §2.3, §3.2, §3.4. */

import {
  cite,
  singh2021,
  type Claim,
  type Json,
  type JsonObject,
  type Reproduction,
  type ReproductionStep,
  type Size,
} from '@meanfield/core';

import { QUICK_BACKEND } from '../quick-backend.js';
import { trainingFigures } from '../training-figure.js';

export interface Schemes {
  readonly initializer: readonly Json[];
  readonly labels: readonly string[];
}

/** §3.2: correlation strengths at (σ_w², σ_b²) = (2, 0) */
export const STRENGTHS: Schemes = {
  initializer: [
    { name: 'aci', options: { k: 100 } },
    { name: 'aci', options: { k: 0 } },
    { name: 'aci', options: { k: -0.5 } },
  ],
  labels: ['$k$ = 100', '$k$ = 0', '$k$ = −0.5'],
};

/** Table 3.1 */
export const SCHEMES: Schemes = {
  initializer: ['he', 'aci', 'rai', 'raai'],
  labels: ['He', 'ACI', 'RAI', 'RAAI'],
};

/** How a figure is run at one size; the optimisers' rates are their defaults. */
export interface TrainingSize {
  /** For both optimisers */
  readonly options: JsonObject;
  readonly sgd: JsonObject;
  readonly adam: JsonObject;
}

/** §2.3, table 2.1: 10 hidden layers of 100, 10⁵ examples, batches of 1000, 100 networks. */
export const teacherSizes = (teacher: string): Readonly<Record<Size, TrainingSize>> => ({
  full: {
    options: { task: { name: 'teacher-student', options: { teacher } }, networks: 100, evaluations: 50 },
    sgd: { epochs: 10_000 },
    adam: { epochs: 1000 },
  },
  quick: {
    options: {
      task: {
        name: 'teacher-student',
        options: {
          teacher,
          examples: 4000,
          validationExamples: 500,
          inputSize: 50,
          outputSize: 50,
          width: 50,
        },
      },
      backend: QUICK_BACKEND,
      batchSize: 200,
      networks: 6,
      evaluations: 20,
    },
    sgd: { steps: 600 },
    adam: { steps: 300 },
  },
});

/** §2.3: batches of 600, 10 networks of 10 hidden layers of 100. The numbers of epochs are not told; these are a choice. */
export const imageSizes = (task: string): Readonly<Record<Size, TrainingSize>> => ({
  full: { options: { task, networks: 10, evaluations: 40 }, sgd: { epochs: 100 }, adam: { epochs: 20 } },
  quick: {
    options: { task, backend: QUICK_BACKEND, networks: 6, evaluations: 6 },
    sgd: { steps: 80 },
    adam: { steps: 40 },
  },
});

export interface TrainingFigure {
  /** Number of the figure, such as '3.3' */
  readonly figure: string;
  readonly title: string;
  readonly schemes: Schemes;
  readonly sizes: Readonly<Record<Size, TrainingSize>>;
  readonly quantity: 'loss' | 'accuracy';
  readonly cost: Reproduction['cost'];
  readonly claims: readonly Claim[];
  readonly remark: string;
}

/** Steps are called after their optimisers. */
export type OptimizerStep = 'sgd' | 'adam';
export const STEPS: readonly OptimizerStep[] = ['sgd', 'adam'];
export const OPTIMIZERS: Readonly<Record<OptimizerStep, string>> = { sgd: 'SGD', adam: 'Adam' };
const PANELS = STEPS.map((step) => ({ step, title: OPTIMIZERS[step] }));

export function trainingReproduction(figure: TrainingFigure): Reproduction {
  const { title, schemes, sizes, quantity, cost, claims, remark } = figure;
  return {
    id: `singh2021/fig-${figure.figure}`,
    title,
    source: cite(singh2021, `fig. ${figure.figure}`),
    cost,
    steps: (size) =>
      PANELS.map(({ step, title: name }): ReproductionStep => {
        return {
          id: step,
          title: name,
          experiment: 'training',
          // Images may not be had; then there is nothing to judge.
          optional: true,
          options: { ...sizes[size].options, ...sizes[size][step], optimizer: step, networkCurves: true },
          over: { initializer: schemes.initializer },
          labels: { initializer: schemes.labels },
        };
      }),
    claims,
    figures: (outcomes) =>
      trainingFigures(outcomes, PANELS, {
        name: `fig-${figure.figure.replace('.', '-')}`,
        quantity,
        remark,
      }),
  };
}
