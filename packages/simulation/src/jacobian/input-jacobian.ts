/**
 * What is measured of the Jacobians J of observed places with respect to one input.
 *
 * Mean square norm ‖J‖_F²/N_out, with E ‖J‖_F²/N_out = σ_w² χ₁(q¹) … χ₁(q^{l−1}) at layer l of a wide network
 * (`schoenholz2017` §4): Jacobian times every unit vector, or, over directions v uniform on the sphere |v|² = N_in,
 * the mean of |J v|²/N_out. Singular values: `pennington2017` §2.2, there of activations, which have
 * φ' of the last layer besides: observe behind the activation for these.
 */

import type { RandomStream } from '@meanfield/core';
import {
  largestSingularValues,
  singularValues,
  type BoundedValue,
  type LinearMap,
} from '@meanfield/numerics';

import { transposed } from './dense-products.js';
import { requireFinite, squaresOfColumns } from './finite.js';
import type { Linearisation } from './linearise.js';
import { pullBack, pushForward } from './products.js';
import type { JacobianPlan } from './request.js';

export interface InputJacobian {
  /** ‖J‖_F²/N_out */
  readonly meanSquareNorm: number;
  /** Standard error of it over directions: 0 where it is exact, null from one direction alone */
  readonly samplingError: number | null;
  /**
   * Largest singular values, decreasing, each with what it may be off: within `bound` of it there is a singular value, and
   * none is overestimated beyond rounding. Where asked for.
   */
  readonly largest?: readonly BoundedValue[];
  /** All min(N_out, N_in) singular values, decreasing, right to some 1e-15 of the largest. Where asked for. */
  readonly spectrum?: readonly number[];
}

/** Measures at one input, place by place: `linearisation` is that of one point. */
export function inputJacobians(
  linearisation: Linearisation,
  asked: JacobianPlan,
  stream: RandomStream,
): readonly InputJacobian[] {
  const found =
    asked.probes === null ? fromWhole(linearisation, asked) : fromProbes(linearisation, asked.probes, stream);
  if (asked.largest === 0) return found;
  const places = linearisation.steps.filter((step) => step.kind === 'observe');
  return places.map(({ place, units }, index) => ({
    ...found[index]!,
    largest: largestSingularValues(
      jacobianMap(linearisation, place, units),
      { count: asked.largest },
      stream.child('lanczos').child(place),
    ),
  }));
}

const placeName = (place: number): string => `in the Jacobian of observed place ${place}`;

function fromWhole(linearisation: Linearisation, { spectrum }: JacobianPlan): InputJacobian[] {
  const { inputSize } = linearisation;
  const unitVectors = new Float64Array(inputSize * inputSize);
  for (let i = 0; i < inputSize; i++) unitVectors[i * inputSize + i] = 1;
  const found: InputJacobian[] = [];
  pushForward(linearisation, unitVectors, inputSize, (place, jacobian, units) => {
    const meanSquareNorm = requireFinite(sumOfSquares(jacobian) / units, placeName(place));
    const values = spectrum ? { spectrum: [...singularValues(jacobian, units, inputSize)] } : {};
    found.push({ meanSquareNorm, samplingError: 0, ...values });
  });
  return found;
}

function fromProbes(linearisation: Linearisation, probes: number, stream: RandomStream): InputJacobian[] {
  const { inputSize } = linearisation;
  const found: InputJacobian[] = [];
  const directions = sphericalColumns(inputSize, probes, stream.child('probes'));
  pushForward(linearisation, directions, probes, (place, images, units) => {
    const squares = squaresOfColumns(images, probes);
    const values = squares.map((square) => requireFinite(square / units, placeName(place)));
    const mean = values.reduce((sum, value) => sum + value, 0) / probes;
    const deviations = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const samplingError = probes === 1 ? null : Math.sqrt(deviations / (probes * (probes - 1)));
    found.push({ meanSquareNorm: mean, samplingError });
  });
  return found;
}

/** Independent columns, [size, count], uniform on the sphere of mean square 1 */
export function sphericalColumns(size: number, count: number, stream: RandomStream): Float64Array {
  const batch = new Float64Array(size * count);
  stream.fillNormal(batch, 1);
  const factors = squaresOfColumns(batch, count).map((sum) => Math.sqrt(size / sum));
  return batch.map((entry, index) => entry * factors[index % count]!);
}

function sumOfSquares(batch: Float64Array): number {
  let sum = 0;
  for (const entry of batch) sum += entry * entry;
  return sum;
}

/** The Jacobian of a place as what it does to vectors, which here lie one behind the other. */
function jacobianMap(linearisation: Linearisation, place: number, units: number): LinearMap {
  return {
    rows: units,
    columns: linearisation.inputSize,
    apply: (vectors, count) => {
      let images: Float64Array = new Float64Array(0);
      pushForward(linearisation, transposed(vectors, count), count, (at, tangents) => {
        if (at === place) images = transposed(tangents, units);
      });
      return images;
    },
    applyTransposed: (covectors, count) =>
      transposed(
        pullBack(linearisation, place, transposed(covectors, count), count),
        linearisation.inputSize,
      ),
  };
}
