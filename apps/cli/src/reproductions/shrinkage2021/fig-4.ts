import {
  cite,
  shrinkage2021,
  type Claim,
  type JsonObject,
  type Outcomes,
  type Reading,
  type ReproducedFigure,
  type Reproduction,
  type Size,
} from '@meanfield/core';
import { curvesFigure, type CurveSeries, type CurvesPanel } from '@meanfield/figures';
import { z } from 'zod';

import { below, exact, INCOMPLETE, resultIn, value } from '../readings.js';

const mean = z.looseObject({ mean: z.number(), stderr: z.number().nullable() });
const scores = z.looseObject({ loss: z.array(mean), accuracy: z.array(mean) });
const skimmedResult = z.looseObject({
  before: z.array(mean),
  after: z.array(mean),
  alignment: z.array(mean.extend({ layer: z.number() })),
  step: z.array(z.number()),
  full: scores,
  skimmed: scores,
  theory: z.looseObject({ gaps: z.array(z.number()), widestGaps: z.array(z.number()) }),
});
type Skimmed = z.output<typeof skimmedResult>;
type Mean = z.output<typeof mean>;

/** Least correlation of signals that enter the block, as the paper has it */
const ENTERING = 0.97;
const PAPER = { depth: 82, before: 33, block: 16 } as const;
/**
 * The paper's text has the depth, the block and the data, but no width, optimiser or number of steps. At full size Adam's rate is the
 * largest of 10⁻⁴, 3 · 10⁻⁵ and 10⁻⁵ at which both networks learn: at 10⁻⁴ the full one stays at an accuracy of 0.15.
 */
const SIZES: Readonly<Record<Size, JsonObject & { readonly before: number; readonly block: number }>> = {
  quick: {
    depth: 26,
    before: 10,
    block: 6,
    width: 48,
    batchSize: 32,
    steps: 180,
    networks: 4,
    optimizer: { learningRate: 3e-4 },
    evaluationRows: 300,
  },
  full: {
    ...PAPER,
    width: 128,
    batchSize: 64,
    steps: 1000,
    optimizer: { learningRate: 3e-5 },
    evaluations: 20,
  },
};

interface Trained {
  readonly result: Skimmed;
  readonly before: number;
  readonly block: number;
}
const shape = z.looseObject({ before: z.number(), block: z.number() });

function trained(outcomes: Outcomes): Trained | undefined {
  const result = resultIn(skimmedResult, outcomes, 'training');
  const sizes = shape.safeParse(outcomes('training')[0]?.options);
  if (result === undefined || !sizes.success) return undefined;
  const { before, block } = sizes.data;
  return { result, before, block };
}

const claimed =
  (of: (trained: Trained) => Reading): Claim['obtain'] =>
  (outcomes) => {
    const one = trained(outcomes);
    return one === undefined ? INCOMPLETE : of(one);
  };

const difference = (a: Mean, b: Mean, remark: string): Reading => ({
  value: Math.abs(a.mean - b.mean),
  stderr: a.stderr === null || b.stderr === null ? null : Math.hypot(a.stderr, b.stderr),
  remark,
});

/** Behind which layer the widest pairs have the paper's correlation */
function reached(widestGaps: readonly number[]): string {
  const index = widestGaps.findIndex((gap) => gap <= 1 - ENTERING);
  return index < 0 ? `${ENTERING} is not reached` : `${ENTERING} is reached behind layer ${index + 1}`;
}

/** Layers nearest to the block on either side */
const NEAR = 3;

const line = (label: string, style: number, x: readonly number[], y: readonly Mean[]): CurveSeries => ({
  label,
  style,
  x,
  y: y.map((each) => each.mean),
  stderr: y.map(({ stderr }) => stderr),
});

function panelsOf({ result }: Trained): readonly CurvesPanel[] {
  const { before, after, alignment, step, full, skimmed, theory } = result;
  const layers = before.map((_, index) => index + 1);
  const layer = { label: 'layer $l$', whole: true };
  return [
    {
      title: 'full network: shrinkage',
      x: layer,
      y: { label: '$1 − ρ_l$ over pairs', scale: 'log' },
      series: [
        line('before training', 1, layers, before),
        { ...line('after training', 3, layers, after), dash: 'dashed' },
        { label: 'infinite width, average pair', style: 6, dash: 'solid', x: layers, y: theory.gaps },
        { label: 'infinite width, any pair', style: 6 + 7, dash: 'dotted', x: layers, y: theory.widestGaps },
      ],
    },
    {
      title: 'alignment of displacements',
      x: layer,
      y: { label: 'Pearson correlation', domain: [-0.2, 1] },
      series: [
        {
          ...line(
            'full and skimmed',
            2,
            alignment.map((each) => each.layer),
            alignment,
          ),
          draw: 'markers',
        },
      ],
    },
    {
      title: 'loss on held-out digits',
      x: { label: 'step', whole: true },
      y: { label: 'cross-entropy' },
      series: [
        { ...line('full network', 0, step, full.loss), dash: 'solid' },
        { ...line('skimmed network', 4, step, skimmed.loss), dash: 'dashed' },
      ],
    },
    {
      title: 'accuracy on held-out digits',
      x: { label: 'step', whole: true },
      y: { label: 'accuracy', domain: [0, 1] },
      series: [
        { ...line('full network', 0, step, full.accuracy), dash: 'solid' },
        { ...line('skimmed network', 4, step, skimmed.accuracy), dash: 'dashed' },
      ],
    },
  ];
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const one = trained(outcomes);
  if (one === undefined) return [];
  const depth = one.result.before.length;
  const caption = `A critical network of ${depth} ReLU and erf layers with layer norm on MNIST, and the same with layers ${one.before + 1} to ${one.before + one.block} replaced by one that is linear: $1 − ρ_l$ before and after training, correlation of the displacements of parameters by layer, learning curves.`;
  return [{ name: 'fig-4', svg: curvesFigure({ width: 560, panels: panelsOf(one) }), caption }];
}

const fig4: Reproduction = {
  id: 'shrinkage2021/fig-4',
  title: 'A block of layers replaced by a linear one: both networks on MNIST',
  source: cite(shrinkage2021, 'fig. 4, §4.2'),
  cost: {
    quick: '42 s of CPU time, 4 pairs of networks of 26 layers, width 48, 180 steps',
    full: '15 min of CPU time, 2 pairs of networks of 82 layers, width 128, 1000 steps',
  },
  steps: (size) => [
    {
      id: 'shape',
      title: 'The paper’s depth at infinite width, beside a small network that takes one step',
      experiment: 'skimmed-training',
      options: { ...PAPER, width: 16, batchSize: 8, steps: 1, evaluationRows: 8 },
      optional: true,
    },
    {
      id: 'training',
      title: 'Full and skimmed network, trained',
      experiment: 'skimmed-training',
      options: SIZES[size],
      optional: true,
    },
  ],
  claims: [
    {
      id: 'entering',
      by: 'source',
      statement:
        'Of 82 layers: signals that enter the block have at least this correlation, for any two inputs',
      where: '§4.2, "≈ 0.97"; infinite width, 33 layers before the block',
      expected: value(ENTERING, 0.01),
      obtain: (outcomes) => {
        const paper = resultIn(skimmedResult, outcomes, 'shape');
        return paper === undefined
          ? INCOMPLETE
          : exact(1 - paper.theory.widestGaps[PAPER.before - 1]!, reached(paper.theory.widestGaps));
      },
    },
    {
      id: 'shrinkage',
      by: 'source',
      statement:
        'Training does not change that significantly: change of the mean 1 − ρ where the block begins',
      where: '§4.2, fig. 4a; below 0.05',
      expected: below(0.05),
      obtain: claimed(({ result, before }) =>
        difference(result.after[before - 1]!, result.before[before - 1]!, `layer ${before}`),
      ),
    },
    {
      id: 'far',
      by: 'source',
      statement: 'Displacements of parameters are alike far from the block: largest correlation of a layer',
      where: '§4.2, fig. 4b, "up to 0.8"',
      expected: value(0.8, 0.1),
      obtain: claimed(({ result }) => {
        const largest = result.alignment.reduce((most, each) => (each.mean > most.mean ? each : most));
        return { value: largest.mean, stderr: largest.stderr, remark: `layer ${largest.layer}` };
      }),
    },
    {
      id: 'near',
      by: 'source',
      statement: 'And less, but positively so, near to it: mean over the three layers on either side',
      where: '§4.2, fig. 4b, "≈ 0.1"',
      expected: value(0.1, 0.1),
      obtain: claimed(({ result, before, block }) => {
        const near = result.alignment.filter(
          ({ layer }) => layer > before - NEAR && layer <= before + block + NEAR,
        );
        const sum = near.reduce((total, each) => total + each.mean, 0);
        const squares = near.reduce((total, { stderr }) => total + (stderr ?? 0) ** 2, 0);
        return { value: sum / near.length, stderr: Math.sqrt(squares) / near.length };
      }),
    },
    {
      id: 'accuracy',
      by: 'source',
      statement: 'Both learn at similar rates: difference of the accuracies at the end',
      where: '§4.2, fig. 4c; below 0.1',
      expected: below(0.1),
      obtain: claimed(({ result }) =>
        difference(result.full.accuracy.at(-1)!, result.skimmed.accuracy.at(-1)!, 'on held-out digits'),
      ),
    },
  ],
  figures,
};

export default fig4;
