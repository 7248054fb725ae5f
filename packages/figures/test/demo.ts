/** Data for the tests from closed forms for ReLU (`singh2021` eq. 2.5, 3.3): what the other packages would hand over. */

import {
  phaseDiagramFigure,
  propagationFigure,
  trainingFigure,
  type NodeActivityData,
  type NodeGroup,
  type PhaseDiagramData,
  type PropagationData,
  type ReportParts,
  type ScanData,
  type ScanSeries,
  type SimulatedLayer,
  type TheoryLayer,
  type TrainingData,
  type TrainingSeries,
} from '../src/index.js';

const kappaOf = (k: number): number => k / (1 + k);

/** A repeatable number in (−1, 1) that looks like noise. */
export const wobble = (index: number): number => {
  const x = Math.sin(12.9898 * (index + 1)) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
};

/** One layer of the ReLU map with correlated rows, at the fixed q of σ_b² = 0 or not. */
function reluLayer(
  { q, c }: { q: number; c: number },
  weightVariance: number,
  biasVariance: number,
  k: number,
): { q: number; c: number } {
  const theta = Math.acos(Math.min(1, c));
  const mean = kappaOf(k) / (2 * Math.PI);
  const covariance = (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta)) / (2 * Math.PI) - mean;
  const next = weightVariance * q * (0.5 - mean) + biasVariance;
  return { q: next, c: (weightVariance * q * covariance + biasVariance) / next };
}

export function reluTrajectory(
  weightVariance: number,
  biasVariance: number,
  k: number,
  depth: number,
): (TheoryLayer & { q: number; c: number; gap: number })[] {
  let state = { q: 1, c: 0.2 };
  return Array.from({ length: depth + 1 }, (_, layer) => {
    if (layer > 0) state = reluLayer(state, weightVariance, biasVariance, k);
    return { layer, ...state, gap: 1 - state.c, deadFraction: 0.5 };
  });
}

function simulated(theory: ReturnType<typeof reluTrajectory>, salt: number): SimulatedLayer[] {
  return theory.slice(1).map(({ layer, q, c, gap }, index) => {
    const at = (which: number): number => wobble(97 * salt + 13 * index + which);
    const spread = 0.015 * Math.sqrt(layer);
    return {
      layer,
      q: q * (1 + spread * at(1)),
      qStderr: q * spread,
      c: c + gap * spread * at(2),
      cStderr: gap * spread,
      gap: gap * (1 + spread * at(3)),
      gapStderr: gap * spread,
      deadFraction: 0.5 + 0.01 * at(4),
      deadFractionStderr: 0.008,
    };
  });
}

const SCHEMES = [
  ['He', 2, 0, 0],
  ['ACI ($k$ = 100)', 2, 0, 100],
  ['$σ_w^2$ = 1.6, $σ_b^2$ = 0.1', 1.6, 0.1, 0],
  ['$σ_w^2$ = 2.5, $k$ = 100', 2.5, 0.1, 100],
] as const;

export function demoPropagation(depth = 10): PropagationData {
  return {
    series: SCHEMES.map(([label, weightVariance, biasVariance, k], index) => {
      const theory = reluTrajectory(weightVariance, biasVariance, k, depth);
      return { label, theory, simulation: simulated(theory, index) };
    }),
  };
}

function curve(label: string, rate: number, floor: number, salt: number, points: number): TrainingSeries {
  const x = Array.from({ length: points }, (_, index) => index + 1);
  const mean = x.map(
    (epoch, index) => (0.3 / (1 + (rate * epoch) ** 1.2) + floor) * (1 + 0.03 * wobble(salt + index)),
  );
  return {
    label,
    x,
    mean,
    stderr: mean.map((value, index) => value * (0.05 + 0.02 * wobble(salt + 7 * index))),
  };
}

export function demoTraining(points = 60): TrainingData {
  const losses = (scale: number, salt: number): TrainingSeries[] => [
    curve('He', 0.08 * scale, 0.004, salt, points),
    curve('ACI', 0.13 * scale, 0.0025, salt + 1000, points),
    curve('RAI', 0.15 * scale, 0.002, salt + 2000, points),
    curve('RAAI', 0.3 * scale, 0.001, salt + 3000, points),
  ];
  const accuracies = losses(1, 9000).map((series) => ({
    ...series,
    mean: series.mean.map((value) => (value === null ? null : 0.9 - 2.4 * value)),
    stderr: series.mean.map((value) => 0.05 * (value ?? 0)),
  }));
  return {
    panels: [
      { title: 'simple teacher, SGD', quantity: 'loss', series: losses(1, 1) },
      { title: 'simple teacher, Adam', quantity: 'loss', series: losses(6, 5000) },
      { title: 'Fashion-MNIST, Adam', quantity: 'accuracy', series: accuracies },
    ],
  };
}

const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));

/** ReLU with rows of correlation strength k: c = 1 is stable below σ_w² = 2, lengths bounded below 2/(1 − κ/π). */
export function demoPhaseDiagram(k = 100): PhaseDiagramData {
  const bound = 2 / (1 - kappaOf(k) / Math.PI);
  const x = range(0.05, 4, 40);
  const y = range(0, 1, 21);
  return {
    grid: {
      x,
      y,
      cells: y.map(() =>
        x.map((weightVariance) => ({
          phase: weightVariance <= 2 || k <= 0 ? 'ordered' : 'chaotic',
          bounded: weightVariance < bound,
        })),
      ),
    },
    boundaries: [
      { label: '$χ_1$ = 1', points: [0, 1].map((each) => ({ x: 2, y: each })) },
      {
        label: `length, $σ_w^2$ = ${bound.toFixed(2)}`,
        points: [0, 1].map((each) => ({ x: bound, y: each })),
      },
    ].slice(k > 0 ? 0 : 1),
    points: [{ label: k === 0 ? 'He' : 'ACI', x: 2, y: 0 }],
  };
}

/** tanh with the critical line of hard saturation, φ = clamp: close to tanh's, and with q* in closed form nowhere — only a shape. */
export function demoHeatMap(): PhaseDiagramData {
  const x = range(0.5, 4, 60);
  const y = range(0, 0.5, 60);
  const critical = (biasVariance: number): number => 1 + 1.65 * Math.sqrt(biasVariance) + 0.9 * biasVariance;
  const slope = (weightVariance: number, biasVariance: number): number =>
    (weightVariance / critical(biasVariance)) ** (weightVariance > critical(biasVariance) ? -0.8 : 1);
  return {
    x: { label: 'weight variance $σ_w^2$' },
    y: { label: 'bias variance $σ_b^2$' },
    grid: {
      x,
      y,
      cells: y.map((b) =>
        x.map((w) => ({
          phase: w < critical(b) ? 'ordered' : 'chaotic',
          bounded: true,
          depthScale: slope(w, b) >= 1 ? Infinity : -1 / Math.log(slope(w, b)),
        })),
      ),
    },
    boundaries: [{ label: '$χ_1$ = 1', points: range(0, 0.5, 80).map((b) => ({ x: critical(b), y: b })) }],
    depthScale: {},
  };
}

export function demoReport(): ReportParts {
  return {
    title: 'Four initialisations of deep ReLU networks',
    subtitle: 'Predicted boundaries, simulated signals, training',
    generated: '2021-06-01 12:00 UTC',
    summary: [
      'RAAI reaches the lowest validation loss on both tasks. Simulated $q^l$ and $c^l$ agree with theory within two standard errors in every layer.',
    ],
    sections: [
      {
        heading: 'Boundaries',
        paragraphs: [
          'Lengths stay bounded below the first weight variance; $c$ = 1 is stable below the second.',
        ],
        figure: {
          svg: phaseDiagramFigure(demoPhaseDiagram()),
          caption: 'Phases of a ReLU network with anti-correlated rows, $k$ = 100.',
        },
        table: {
          caption: 'Weight variances at which lengths and correlations change their behaviour.',
          columns: [
            { heading: 'initialisation' },
            { heading: 'length, $σ_w^2$' },
            { heading: 'correlation, $σ_w^2$' },
            { heading: '$ξ_c$', unit: 'layers' },
            { heading: 'final loss' },
          ],
          rows: [
            ['He', 2, null, Infinity, { value: 0.0427, stderr: 0.0012 }],
            ['ACI', 2.920423, 2, 12.5, { value: 0.00261, stderr: 0.0004 }],
            ['RAI', 0.7165851584, 'unstable', 2.5478, { value: 0.00002213, stderr: 0.0000003 }],
          ],
          notes: ['A dash: there is no such boundary.'],
        },
      },
      {
        heading: 'Propagation',
        figure: {
          svg: propagationFigure({ ...demoPropagation(), width: 660 }),
          caption: 'Signals by layer.',
        },
      },
      {
        heading: 'Depth scale',
        figure: { svg: phaseDiagramFigure(demoHeatMap()), caption: 'Depth scale $ξ_c$.' },
      },
      {
        heading: 'Training',
        figure: {
          svg: trainingFigure({ ...demoTraining(), width: 660, xScale: 'log' }),
          caption: 'Learning curves.',
        },
      },
    ],
    provenance: {
      command: 'meanfield report runs/main --out report.html',
      seed: 1,
      recordsPath: 'runs/main/records.jsonl',
      versions: { '@meanfield/core': '0.1.0', node: '20.20.0' },
      further: { Machine: '2 cores, 8 GB' },
    },
    bibtex:
      '@article{singh2021,\n  title = {Signal propagation & <initialization>},\n  url = {https://arxiv.org/abs/2103.12499}\n}',
  };
}

/** Mean square and correlation at three depths against σ_w², from closed forms: `singh2021` fig. 3.2. */
export function demoScan(): ScanData {
  const variances = range(1, 3.4, 13);
  const at = (depth: number): ScanSeries => ({
    label: `$l$ = ${depth}`,
    theory: variances.map((weightVariance) => ({
      weightVariance,
      ...reluTrajectory(weightVariance, 0.1, 100, depth)[depth]!,
    })),
    simulation: variances.map((weightVariance, index) => ({
      weightVariance,
      ...simulated(reluTrajectory(weightVariance, 0.1, 100, depth), index)[depth - 1]!,
    })),
  });
  return {
    series: [2, 4, 8, 16, 32].map(at),
    boundaries: [
      { label: 'lengths diverge', weightVariance: 2.9204, panels: ['q'] },
      { label: '$c$ = 1 unstable', weightVariance: 2, panels: ['c', 'gap'] },
    ],
    fixedPoint: variances.map((weightVariance) => {
      const slope = (weightVariance / 2) * (1 - kappaOf(100) / Math.PI);
      return { weightVariance, q: slope < 1 ? 0.1 / (1 - slope) : null };
    }),
  };
}

/** Clouds whose deviation follows |mean|, and ones whose does not. */
export function demoNodes(): NodeActivityData {
  const group = (label: string, salt: number, slope: number): NodeGroup => {
    const mean = range(0, 199, 200).map((i) => 1.5 * wobble(salt + 3 * i));
    return {
      label,
      mean,
      deviation: mean.map((x, i) => slope * Math.abs(x) + 0.5 + 0.1 * wobble(salt + 5 * i)),
    };
  };
  return {
    panels: ['He, $σ_w^2$ = 1', 'ACI, $σ_w^2$ = 2'].map((title, panel) => ({
      title,
      groups: [group('layer 2', 10 * panel, 0.1), group('layer 10', 7000 + panel, panel === 0 ? 0.6 : 0)],
    })),
  };
}
