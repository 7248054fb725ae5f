/** Panels of `shrinkage2021` fig. 3: signals, Jacobians and gradients of erf networks by layer */

import type { JsonObject, Outcomes, ReproducedFigure } from '@meanfield/core';
import { curvesFigure, type CurveSeries, type CurvesPanel } from '@meanfield/figures';
import { erfGapBound, erfJacobianBound } from '@meanfield/theory';

import { resultIn } from '../readings.js';
import {
  boundsResult,
  ERF_CRITICAL,
  erfLayers,
  gradientsResult,
  jacobianResult,
  pairsResult,
} from './results.js';

/** Outside criticality the paper's text leaves σ_b/σ_w open. */
export const NETWORKS: readonly {
  readonly label: 'critical' | 'chaotic' | 'ordered';
  readonly initializer: JsonObject;
}[] = [
  { label: 'critical', initializer: erfLayers(ERF_CRITICAL) },
  { label: 'chaotic', initializer: erfLayers(ERF_CRITICAL / 4) },
  { label: 'ordered', initializer: erfLayers(ERF_CRITICAL * 4) },
];
export type Label = (typeof NETWORKS)[number]['label'];

/** 1 − ρ_0 of pairs: opposite, orthogonal and close inputs */
export const GAPS = [2, 1, 0.1, 0.01] as const;
/** 1 − ρ at most */
export const MOST = 2;
/** Quantiles of the singular values that are shown */
const RANKS = [{ label: 'median singular value', share: 0.5, style: 2 }] as const;

const layersFrom = (count: number, first = 1): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);

function shrinkagePanel(outcomes: Outcomes, label: Label): CurvesPanel | undefined {
  const pairs = resultIn(pairsResult, outcomes, 'pairs', label);
  const bounds = resultIn(boundsResult, outcomes, 'bounds', label);
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
  const layers = resultIn(jacobianResult, outcomes, 'jacobians', label)?.layers;
  const bounds = resultIn(boundsResult, outcomes, 'bounds', label);
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
  const layers = resultIn(gradientsResult, outcomes, 'gradients', label)?.layers;
  const bounds = resultIn(boundsResult, outcomes, 'bounds', label);
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

export function figureOf(outcomes: Outcomes, name: string, labels: readonly Label[]): ReproducedFigure[] {
  const panels = [shrinkagePanel, jacobianPanel, gradientPanel].flatMap((panel) =>
    labels.flatMap((label) => panel(outcomes, label) ?? []),
  );
  if (panels.length < 3 * labels.length) return [];
  const caption = `${labels.join(' and ')} erf networks with layer norm: $1 − ρ_l$ of pairs, singular values of the Jacobian ∂z^(l)/∂z^(0), gradients by layer.`;
  return [{ name, svg: curvesFigure({ width: 560, notes: NOTES, panels }), caption }];
}
