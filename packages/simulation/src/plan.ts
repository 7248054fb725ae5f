/** A network as a flat list of steps with the number of units at each, so that one loop runs any nesting. */

import { MeanfieldError, show, type Activation, type Initializer } from '@meanfield/core';

import { requireCount, requireThat } from './checks.js';
import type { Network, NetworkLayer } from './network.js';

export interface DenseStep {
  readonly kind: 'dense';
  readonly initializer: Initializer;
  /** l, from 1: its draws come from `layer/<l>` */
  readonly layer: number;
  readonly fanIn: number;
  readonly fanOut: number;
}

/** `units` is the size of the signals that the step finds, and, but for `dense`, leaves. */
export type Step =
  | DenseStep
  | { readonly kind: 'activation'; readonly activation: Activation; readonly units: number }
  | { readonly kind: 'layerNorm'; readonly epsilon: number; readonly units: number }
  /** Remember the signals: a residual branch begins */
  | { readonly kind: 'keep'; readonly units: number }
  /** Add what was remembered last: the branch ends */
  | { readonly kind: 'add'; readonly units: number }
  | { readonly kind: 'observe'; readonly place: number; readonly units: number };

export interface Plan {
  readonly steps: readonly Step[];
  readonly inputSize: number;
  /** Observed places */
  readonly places: number;
  /** Most units that signals have anywhere */
  readonly mostUnits: number;
  /** Entry d: most units that are remembered at depth d of nested branches */
  readonly keptUnits: readonly number[];
}

/** Branches within branches: far more than networks have, and few enough for the call stack */
const MOST_NESTED = 1000;

class Planner {
  readonly steps: Step[] = [];
  readonly keptUnits: number[] = [];
  mostUnits: number;
  places = 0;
  private readonly width: number;
  private units: number;
  private layers = 0;
  private nested = 0;

  constructor(width: number, inputSize: number) {
    this.width = width;
    this.units = inputSize;
    this.mostUnits = inputSize;
  }

  sequence(network: Network): void {
    for (const layer of network) this.layer(layer);
  }

  private layer(layer: NetworkLayer): void {
    requireLayer(layer);
    const { units } = this;
    if ('dense' in layer) this.dense(layer.dense, layer.width ?? this.width);
    else if ('activation' in layer)
      this.steps.push({ kind: 'activation', activation: layer.activation, units });
    else if ('layerNorm' in layer) this.layerNorm(layer.layerNorm.epsilon ?? 0);
    else if ('residual' in layer) this.residual(layer.residual);
    else this.steps.push({ kind: 'observe', place: this.places++, units });
  }

  private dense(initializer: Initializer, fanOut: number): void {
    requireCount('width', fanOut, 1);
    this.steps.push({ kind: 'dense', initializer, layer: ++this.layers, fanIn: this.units, fanOut });
    this.units = fanOut;
    this.mostUnits = Math.max(this.mostUnits, fanOut);
  }

  private layerNorm(epsilon: number): void {
    requireThat(
      Number.isFinite(epsilon) && epsilon >= 0,
      'a finite epsilon of layer normalisation of at least 0',
      epsilon,
      'choose such an epsilon',
    );
    this.steps.push({ kind: 'layerNorm', epsilon, units: this.units });
  }

  private residual(branch: Network): void {
    const { units, nested } = this;
    requireThat(nested < MOST_NESTED, `at most ${MOST_NESTED} nested branches`, 'more', 'nest fewer');
    this.keptUnits[nested] = Math.max(units, this.keptUnits[nested] ?? 0);
    this.nested++;
    this.steps.push({ kind: 'keep', units });
    this.sequence(branch);
    requireThat(
      this.units === units,
      `a residual branch that ends with the ${units} units that it begins with`,
      this.units,
      'give its last dense layer that width',
    );
    this.steps.push({ kind: 'add', units });
    this.nested--;
  }
}

const KINDS = ['dense', 'activation', 'layerNorm', 'residual', 'observe'] as const;

/** Networks may come from plain JavaScript: a layer has the one key that says what it is. */
function requireLayer(layer: unknown): void {
  const keys = typeof layer === 'object' && layer !== null ? Object.keys(layer) : [];
  const kinds = KINDS.filter((kind) => keys.includes(kind));
  if (
    kinds.length === 1 &&
    keys.every((key) => key === kinds[0] || (key === 'width' && kinds[0] === 'dense'))
  )
    return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a layer with one of the keys ${KINDS.join(', ')}`,
    found: show(layer),
    remedy: 'build networks as @meanfield/simulation describes them',
  });
}

/**
 * @param width units of dense layers that name none
 * @throws MeanfieldError INVALID_ARGUMENT where no signal could take this way, or nothing is observed
 */
export function planOf(network: Network, width: number, inputSize: number): Plan {
  const planner = new Planner(width, inputSize);
  planner.sequence(network);
  const { steps, places, mostUnits, keptUnits } = planner;
  requireThat(places > 0, 'a network with a place to observe', 'none', 'add { observe: true } to its layers');
  return { steps, inputSize, places, mostUnits, keptUnits };
}
