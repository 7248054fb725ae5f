/**
 * Backward gradients of random networks of finite width, by layer.
 *
 * A covector drawn uniformly on the sphere of mean square 1 at the last observed place, independent of the network, is pulled
 * back to the pre-activations of every dense layer before it: δ^l. In a wide network of constant width E (δ^l)² per
 * unit takes the factor χ₁(q^l) from layer l + 1 to layer l (`schoenholz2017` §4; `gradients` of @meanfield/theory).
 */

import { meanOf, meanOfPresent } from '../summary.js';
import type { SimulationRequest } from '../request.js';
import { requireFinite } from './finite.js';
import { sphericalColumns } from './input-jacobian.js';
import { linearise } from './linearise.js';
import { inOrder, overNetworks } from './over-networks.js';
import { pullBack } from './products.js';
import { planNetwork } from './request.js';

export interface LayerGradient {
  /** Number of the dense layer, in the order of the data, from 1 */
  readonly layer: number;
  /** N_l, its outputs */
  readonly units: number;
  /** Mean of δ² over units and inputs, of a covector of mean square 1 at the last observed place */
  readonly meanSquare: number;
  /** The same over that of the last dense layer before that place; null where no gradient reaches it */
  readonly relative: number | null;
}

/** Plain data: JSON keeps all of it. */
export interface GradientObservation {
  /** Index of the network, from 0 */
  readonly network: number;
  /** Dense layers before the last observed place, in the order of the data */
  readonly layers: readonly LayerGradient[];
}

/** Means over inputs and networks. Standard errors are over networks, null with fewer than two of them. */
export interface LayerGradientSummary extends LayerGradient {
  readonly meanSquareStderr: number | null;
  readonly relativeStderr: number | null;
}

export interface GradientResult {
  /** 'weights': every weight was drawn */
  readonly method: 'weights';
  readonly layers: readonly LayerGradientSummary[];
}

/**
 * Mean squares of gradients in networks `from` to `to` − 1, averaged over the M inputs, each with a covector of its own from
 * `network/<r>/covectors`. Weights are always formed; networks and memory as with `simulateNetworkJacobians`.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, also for more than 4 GiB, before anything is drawn, and when signals or gradients
 * outgrow float64
 */
export function simulateNetworkGradients(
  request: SimulationRequest,
  from = 0,
  to: number = request.networks,
): readonly GradientObservation[] {
  const plan = planNetwork(request, request.inputs.count);
  const { count } = request.inputs;
  const observed = plan.steps.filter((step) => step.kind === 'observe');
  const last = observed[observed.length - 1]!;
  return overNetworks(request, { plan, label: 'gradients' }, { from, to }, (drawn, network) => {
    const covectors = sphericalColumns(last.units, count, drawn.stream.child('covectors'));
    const found: { layer: number; units: number; meanSquare: number }[] = [];
    pullBack(
      linearise(drawn.network, drawn.inputs, count),
      last.place,
      covectors,
      1,
      (layer, gradient, units) => {
        const meanSquare = gradient.reduce((sum, delta) => sum + delta * delta, 0) / gradient.length;
        found.push({ layer, units, meanSquare: requireFinite(meanSquare, `in gradients of layer ${layer}`) });
      },
    );
    const lastOne = found[0]?.meanSquare ?? 0;
    const relative = (meanSquare: number): number | null =>
      Number.isFinite(meanSquare / lastOne) ? meanSquare / lastOne : null;
    return {
      network,
      layers: found.reverse().map((layer) => ({ ...layer, relative: relative(layer.meanSquare) })),
    };
  });
}

/**
 * Summary of what `simulateNetworkGradients` returned, in whatever order and from however many calls: the bits are the same.
 *
 * @throws MeanfieldError INVALID_ARGUMENT without observations, with two of the same network, or of different requests
 */
export function summariseGradients(observations: readonly GradientObservation[]): GradientResult {
  const ordered = inOrder(observations, ({ layers }) => layers.map(({ layer, units }) => [layer, units]));
  const layers = ordered[0].layers.map(({ layer, units }, index) => {
    const absolute = meanOf(ordered.map((each) => each.layers[index]!.meanSquare));
    const relative = meanOfPresent(ordered.map((each) => each.layers[index]!.relative));
    return {
      layer,
      units,
      meanSquare: absolute.mean,
      meanSquareStderr: absolute.stderr,
      relative: relative.mean,
      relativeStderr: relative.stderr,
    };
  });
  return { method: 'weights', layers };
}

/**
 * The same, averaged over networks, with standard errors.
 *
 * @throws MeanfieldError as `simulateNetworkGradients`
 */
export function simulateGradients(request: SimulationRequest): GradientResult {
  return summariseGradients(simulateNetworkGradients(request));
}
