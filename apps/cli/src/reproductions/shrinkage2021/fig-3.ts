import {
  cite,
  shrinkage2021,
  type Claim,
  type Outcomes,
  type Reading,
  type ReproducedFigure,
  type Reproduction,
  type Size,
} from '@meanfield/core';
import { curvesFigure, type CurveSeries, type CurvesPanel } from '@meanfield/figures';
import { erfGapBound, erfJacobianBound } from '@meanfield/theory';

import { above, below, value } from '../readings.js';
import {
  boundsResult,
  ERF_CRITICAL,
  erfLayers,
  exact,
  exponent,
  found,
  gradientsResult,
  INCOMPLETE,
  jacobianResult,
  pairsResult,
} from './results.js';

/** Outside criticality the paper's text leaves σ_b/σ_w open. */
const NETWORKS = [
  { label: 'critical', initializer: erfLayers(ERF_CRITICAL) },
  { label: 'chaotic', initializer: erfLayers(ERF_CRITICAL / 4) },
  { label: 'ordered', initializer: erfLayers(ERF_CRITICAL * 4) },
] as const;
type Label = (typeof NETWORKS)[number]['label'];

const SIZES = {
  quick: { width: 96, depth: 48, networks: 4, pairWidth: 1024, pairNetworks: 20 },
  full: { width: 512, depth: 64, networks: 4, pairWidth: 1024, pairNetworks: 50 },
} as const satisfies Record<Size, unknown>;
const RATE_DEPTHS = [1000, 2000] as const;
/** 1 − ρ_0 of pairs: opposite, orthogonal and close inputs */
const GAPS = [2, 1, 0.1, 0.01] as const;
const MOST = 2;
/** Quantiles of the singular values that are shown */
const RANKS = [{ label: 'median singular value', share: 0.5, style: 2 }] as const;

const over = {
  over: { initializer: NETWORKS.map(({ initializer }) => initializer) },
  labels: { initializer: NETWORKS.map(({ label }) => label) },
};

const layersFrom = (count: number, first = 1): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);

function shrinkagePanel(outcomes: Outcomes, label: Label): CurvesPanel | undefined {
  const pairs = found(pairsResult, outcomes, 'pairs', label);
  const bounds = found(boundsResult, outcomes, 'bounds', label);
  if (pairs === undefined || bounds === undefined) return undefined;
  const x = layersFrom(bounds.layers.length);
  const markers = layersFrom(pairs.layers.length).filter((layer) => layer === 1 || layer % 4 === 0);
  const series: CurveSeries[] = GAPS.map((gap, pair) => ({
    label: `pairs with $1 − ρ_0$ = ${gap}`,
    style: pair + 1,
    draw: 'both',
    dash: 'solid',
    x: markers,
    y: markers.map((layer) => pairs.layers[layer - 1]?.pairs?.[pair]?.gap ?? null),
  }));
  series.push({
    label: 'infinite width, widest pairs',
    style: 6,
    dash: 'dotted',
    x,
    y: bounds.layers.map(({ widestGap }) => widestGap),
  });
  if (label === 'critical') {
    const y = x.map((depth) => Math.min(MOST, erfGapBound(depth)));
    series.push({ label: 'bound of thm. 1', style: 0, dash: 'dashed', x, y });
  }
  return {
    title: `${label}: shrinkage`,
    x: { label: 'layer $l$', whole: true },
    y: { label: '$1 − ρ_l$', scale: 'log' },
    series,
  };
}

function jacobianPanel(outcomes: Outcomes, label: Label): CurvesPanel | undefined {
  const layers = found(jacobianResult, outcomes, 'jacobians', label)?.layers;
  const bounds = found(boundsResult, outcomes, 'bounds', label);
  if (layers === undefined || bounds === undefined) return undefined;
  const x = layersFrom(layers.length);
  const of = (share: number): readonly (number | null)[] =>
    layers.map(({ spectrum = [] }) => spectrum[Math.floor(share * (spectrum.length - 1))]?.value ?? null);
  const series: CurveSeries[] = [
    { label: 'largest singular value', style: 1, dash: 'solid', x, y: of(0) },
    ...RANKS.map(({ label: name, share, style }) => ({ label: name, style, x, y: of(share) })),
    {
      label: 'root mean square of all, infinite width',
      style: 6,
      dash: 'dotted',
      x,
      y: bounds.layers.slice(0, x.length).map(({ jacobian }) => jacobian),
    },
  ];
  if (label === 'chaotic' && bounds.fixedGap !== null) {
    const y = x.map((depth) => erfJacobianBound(bounds.fixedGap ?? 0, depth));
    series.push({ label: 'bound of thm. 1', style: 0, dash: 'dashed', x, y });
  }
  return {
    title: `${label}: Jacobian`,
    x: { label: 'layer $l$', whole: true },
    y: {
      label: 'singular values',
      scale: 'log',
      ...(label === 'ordered' ? {} : { domain: [1e-3, 1000] as const }),
    },
    series,
  };
}

function gradientPanel(outcomes: Outcomes, label: Label): CurvesPanel | undefined {
  const layers = found(gradientsResult, outcomes, 'gradients', label)?.layers;
  const bounds = found(boundsResult, outcomes, 'bounds', label);
  if (layers === undefined || bounds === undefined) return undefined;
  const depth = layers.length;
  const x = layers.map(({ layer }) => layer);
  const root = (square: number | null): number | null => (square === null ? null : Math.sqrt(square));
  const last = bounds.layers[depth - 1]!.jacobian;
  const series: CurveSeries[] = [
    {
      label: 'gradients, over the last layer’s',
      style: 4,
      draw: 'both',
      dash: 'solid',
      marker: 'diamond',
      x,
      y: layers.map(({ relative }) => root(relative)),
    },
    {
      label: 'gradients, infinite width',
      style: 5,
      dash: 'dotted',
      // At the first layer the embedding's own norm comes into play.
      x: x.slice(1),
      y: x.slice(1).map((layer) => last / bounds.layers[layer - 1]!.jacobian),
    },
  ];
  return {
    title: `${label}: gradients`,
    x: { label: 'layer $l$', whole: true },
    y: {
      label: 'gradient at $y^{(l)}$',
      scale: 'log',
      ...(label === 'critical' ? { domain: [0.1, 10] as const } : {}),
    },
    series,
  };
}

const NOTES = ['Gradients: root mean square at pre-activations, of a random direction at the output.'];

function figureOf(outcomes: Outcomes, name: string, labels: readonly Label[]): ReproducedFigure[] {
  const panels = [shrinkagePanel, jacobianPanel, gradientPanel].flatMap((panel) =>
    labels.flatMap((label) => panel(outcomes, label) ?? []),
  );
  if (panels.length < 3 * labels.length) return [];
  const caption = `${labels.join(' and ')} erf networks with layer norm: $1 − ρ_l$ of pairs, singular values of the Jacobian ∂z^(l)/∂z^(0), gradients by layer.`;
  return [{ name, svg: curvesFigure({ width: 560, notes: NOTES, panels }), caption }];
}

/** Largest singular value of the Jacobian of the last layer over that of layer 8 */
const growth =
  (label: Label): Claim['obtain'] =>
  (outcomes) => {
    const layers = found(jacobianResult, outcomes, 'jacobians', label)?.layers;
    const [early, late] = [layers?.[7]?.spectrum?.[0], layers?.at(-1)?.spectrum?.[0]];
    if (layers === undefined || early === undefined || late === undefined) return INCOMPLETE;
    const ratio = late.value / early.value;
    const relative = Math.hypot((early.stderr ?? 0) / early.value, (late.stderr ?? 0) / late.value);
    return { value: ratio, stderr: ratio * relative, remark: `layer ${layers.length} over layer 8` };
  };

/** Root of the gradient's mean square at layer 2, the first behind the embedding, over that at the last */
const firstGradient =
  (label: Label): Claim['obtain'] =>
  (outcomes) => {
    const first = found(gradientsResult, outcomes, 'gradients', label)?.layers[1];
    if (first?.relative === undefined || first.relative === null) return INCOMPLETE;
    const size = Math.sqrt(first.relative);
    return { value: size, stderr: (first.relativeStderr ?? 0) / (2 * size) };
  };

const lastPair =
  (label: Label, pair: number): Claim['obtain'] =>
  (outcomes) => {
    const last = found(pairsResult, outcomes, 'pairs', label)?.layers.at(-1)?.pairs?.[pair];
    return last === undefined ? INCOMPLETE : { value: last.gap, stderr: last.gapStderr };
  };

function fromBounds(label: Label, of: (bounds: NonNullable<Bounds>) => Reading): Claim['obtain'] {
  return (outcomes) => {
    const bounds = found(boundsResult, outcomes, 'bounds', label);
    return bounds === undefined ? INCOMPLETE : of(bounds);
  };
}
type Bounds = ReturnType<typeof found<(typeof boundsResult)['_output']>>;

const underBound: Claim['obtain'] = fromBounds('critical', ({ layers }) => {
  const ratios = layers.flatMap(({ widestGap }, index) => {
    const bound = erfGapBound(index + 1);
    return bound < MOST ? [widestGap / bound] : [];
  });
  return exact(Math.max(...ratios));
});

const rate: Claim['obtain'] = (outcomes) => {
  const layers = found(boundsResult, outcomes, 'rate')?.layers;
  if (layers === undefined) return INCOMPLETE;
  const [early, late] = RATE_DEPTHS;
  return exact(
    exponent(RATE_DEPTHS, [layers[early - 1]!.gap, layers[late - 1]!.gap]),
    `from L = ${early} to ${late}`,
  );
};

/** The largest singular value over the bound 4.3, the smallest ratio over layers */
const overBound: Claim['obtain'] = (outcomes) => {
  const layers = found(jacobianResult, outcomes, 'jacobians', 'chaotic')?.layers;
  const gap = found(boundsResult, outcomes, 'bounds', 'chaotic')?.fixedGap ?? null;
  if (layers === undefined || gap === null) return INCOMPLETE;
  let least: Reading = INCOMPLETE;
  layers.forEach(({ spectrum }, index) => {
    const [largest] = spectrum ?? [];
    if (largest === undefined) return;
    const bound = erfJacobianBound(gap, index + 1);
    const ratio = largest.value / bound;
    if (least.value === null || ratio < least.value)
      least = { value: ratio, stderr: (largest.stderr ?? 0) / bound, remark: `at layer ${index + 1}` };
  });
  return least;
};

const fig3: Reproduction = {
  id: 'shrinkage2021/fig-3',
  title: 'Shrinkage, Jacobians and gradients of critical, chaotic and ordered erf networks',
  source: cite(shrinkage2021, 'fig. 3, §4.1'),
  cost: {
    quick: '20 s of CPU time, 4 networks of width 96 and 20 of width 1024',
    full: 'not measured; by operations some hours of CPU time, 4 networks of width 512',
  },
  steps: (size) => {
    const { width, depth, networks, pairWidth, pairNetworks } = SIZES[size];
    const network = { activation: 'erf', architecture: 'layer-norm', depth };
    return [
      {
        id: 'pairs',
        title: 'Pairs of inputs',
        experiment: 'propagation',
        options: { ...network, width: pairWidth, inputs: { pairGaps: [...GAPS] }, networks: pairNetworks },
        ...over,
      },
      {
        id: 'bounds',
        title: 'Infinite width, with the bounds',
        experiment: 'depth-bounds',
        options: { activation: 'erf', depth },
        ...over,
      },
      {
        id: 'rate',
        title: 'Rate at infinite width',
        experiment: 'depth-bounds',
        options: { activation: 'erf', initializer: erfLayers(ERF_CRITICAL), depth: RATE_DEPTHS[1] },
      },
      {
        id: 'jacobians',
        title: 'Jacobians',
        experiment: 'jacobian',
        options: { ...network, width, inputs: { count: 2 }, networks, singularValues: 0, spectrum: true },
        ...over,
      },
      {
        id: 'gradients',
        title: 'Gradients',
        experiment: 'gradients',
        options: { ...network, width, inputs: { count: 8 }, networks: 2 * networks },
        ...over,
      },
    ];
  },
  claims: [
    {
      id: 'critical-bound',
      by: 'source',
      statement:
        'Critical: the widest pairs of an infinitely wide network stay below the bound 4.2: largest ratio where it is below 2',
      where: 'fig. 3a, eq. 4.2',
      expected: below(1),
      obtain: underBound,
    },
    {
      id: 'critical-rate',
      by: 'source',
      statement:
        'Critical: 1 − ρ_L of erf falls like a power of L faster than the bound’s: exponent at infinite width',
      where: '§5.1, O(L^−1); to 2 %',
      expected: value(-1, 0.02),
      obtain: rate,
    },
    {
      id: 'critical-jacobian',
      by: 'source',
      statement:
        'Critical: the operator norm of the Jacobian does not grow with depth: last layer over layer 8',
      where: '§4.1, fig. 3c; below 1.1',
      expected: below(1.1),
      obtain: growth('critical'),
    },
    {
      id: 'critical-gradients',
      by: 'source',
      statement: 'Critical: gradients are well-behaved: root mean square at layer 2 over that at the last',
      where: '§4.1, fig. 3e; 1 within a factor of 2',
      expected: value(1.25, 0.75),
      obtain: firstGradient('critical'),
    },
    {
      id: 'chaotic-correlation',
      by: 'source',
      statement:
        'Chaotic: the correlation of any two inputs approaches the fixed point: 1 − ρ of opposite inputs at the last layer',
      where: '§4.1, fig. 3b; 1 − ρ_fp of the map, to 10 %',
      expected: (outcomes) => {
        const gap = found(boundsResult, outcomes, 'bounds', 'chaotic')?.fixedGap ?? null;
        return gap === null ? null : { kind: 'value', value: gap, precision: 0.1 * gap };
      },
      obtain: lastPair('chaotic', 0),
    },
    {
      id: 'chaotic-close-pair',
      by: 'source',
      statement:
        'Chaotic: so does that of close inputs, which are pulled apart: 1 − ρ of pairs that began at 0.01',
      where: '§2.2, fig. 3b; 1 − ρ_fp of the map, to 10 %',
      expected: (outcomes) => {
        const gap = found(boundsResult, outcomes, 'bounds', 'chaotic')?.fixedGap ?? null;
        return gap === null ? null : { kind: 'value', value: gap, precision: 0.1 * gap };
      },
      obtain: lastPair('chaotic', 3),
    },
    {
      id: 'chaotic-bound',
      by: 'source',
      statement: 'Chaotic: the Jacobian’s norm is above the bound 4.3: smallest ratio over layers',
      where: 'eq. 4.3; the caption puts it into fig. 3f',
      expected: above(1),
      obtain: overBound,
    },
    {
      id: 'chaotic-jacobian',
      by: 'source',
      statement: 'Chaotic: the norm of the Jacobian grows: last layer over layer 8',
      where: '§4.1, fig. 3d',
      expected: above(1),
      obtain: growth('chaotic'),
    },
    {
      id: 'chaotic-gradients',
      by: 'source',
      statement:
        'Chaotic: gradients are large in low layers: root mean square at layer 2 over that at the last',
      where: '§4.1, fig. 3f',
      expected: above(1),
      obtain: firstGradient('chaotic'),
    },
    {
      id: 'ordered-gradients',
      by: 'source',
      statement: 'Ordered: gradients vanish: root mean square at layer 2 over that at the last',
      where: '§2.2, remark 1; below 0.01',
      expected: below(0.01),
      obtain: firstGradient('ordered'),
    },
  ],
  figures: (outcomes) => [
    ...figureOf(outcomes, 'fig-3', ['critical', 'chaotic']),
    ...figureOf(outcomes, 'ordered', ['ordered']),
  ],
};

export default fig3;
