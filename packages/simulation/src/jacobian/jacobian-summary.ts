/** Jacobians, averaged over networks. */

import { meanOf } from '../summary.js';
import type { InputJacobian } from './input-jacobian.js';
import type { JacobianObservation } from './jacobians.js';
import { inOrder } from './over-networks.js';

export interface ValueSummary {
  /** Mean over inputs and networks of singular values of one rank */
  readonly value: number;
  /** Standard error over networks, null for one */
  readonly stderr: number | null;
}

export interface BoundedSummary extends ValueSummary {
  /** Largest of the bounds of all that were averaged */
  readonly bound: number;
}

/** Means over the M inputs and over networks. Standard errors are over networks, null with fewer than two of them. */
export interface PlaceSummary {
  readonly layer: number;
  readonly units: number;
  /** ‖J‖_F²/N_out */
  readonly meanSquareNorm: number;
  readonly meanSquareNormStderr: number | null;
  /** The part of that standard error that is due to random directions; 0 for exact norms, null where not known */
  readonly samplingError: number | null;
  /** By rank, where asked for */
  readonly largest?: readonly BoundedSummary[];
  /** By rank, where asked for */
  readonly spectrum?: readonly ValueSummary[];
}

export interface JacobianResult {
  /** 'weights': every weight was drawn */
  readonly method: 'weights';
  /** Random directions that norms are from; null where they are exact */
  readonly probes: number | null;
  /** One entry an observed place, in the order of the network's data */
  readonly places: readonly PlaceSummary[];
}

/** By network, then by input */
type Grouped = readonly (readonly InputJacobian[])[];

const inputMean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function summariseValue(grouped: Grouped, pick: (found: InputJacobian) => number): ValueSummary {
  const { mean, stderr } = meanOf(grouped.map((inputs) => inputMean(inputs.map(pick))));
  return { value: mean, stderr };
}

function samplingErrorOf(grouped: Grouped): number | null {
  const errors = grouped.flat().map(({ samplingError }) => samplingError);
  const known = errors.filter((error) => error !== null);
  const squares = known.reduce((sum, error) => sum + error * error, 0);
  return known.length < errors.length ? null : Math.sqrt(squares) / errors.length;
}

function summariseGroup(grouped: Grouped): Omit<PlaceSummary, 'layer' | 'units'> {
  const { largest, spectrum } = grouped[0]![0]!;
  const norm = summariseValue(grouped, ({ meanSquareNorm }) => meanSquareNorm);
  const bound = (rank: number): number =>
    grouped.flat().reduce((most, found) => Math.max(most, found.largest![rank]!.bound), 0);
  return {
    meanSquareNorm: norm.value,
    meanSquareNormStderr: norm.stderr,
    samplingError: samplingErrorOf(grouped),
    ...(largest && {
      largest: largest.map((_, rank) => ({
        ...summariseValue(grouped, (found) => found.largest![rank]!.value),
        bound: bound(rank),
      })),
    }),
    ...(spectrum && {
      spectrum: spectrum.map((_, rank) => summariseValue(grouped, (found) => found.spectrum![rank]!)),
    }),
  };
}

function kindOf({ probes, places }: JacobianObservation): unknown {
  const sizes = ({ largest, spectrum }: InputJacobian): unknown => [largest?.length, spectrum?.length];
  return [probes, places.map(({ layer, units, inputs }) => [layer, units, inputs.map(sizes)])];
}

/**
 * Summary of what `simulateNetworkJacobians` returned, in whatever order and from however many calls: the bits are the same.
 *
 * @throws MeanfieldError INVALID_ARGUMENT without observations, with two of the same network, or of different requests
 */
export function summariseJacobians(observations: readonly JacobianObservation[]): JacobianResult {
  const ordered = inOrder(observations, kindOf);
  const [{ probes, places }] = ordered;
  return {
    method: 'weights',
    probes,
    places: places.map(({ layer, units }, place) => ({
      layer,
      units,
      ...summariseGroup(ordered.map((each) => each.places[place]!.inputs)),
    })),
  };
}
