/** Kernels of finite networks beside those of infinite width: what figures 2 and 4 of `tsuchida2018` share. */

import type { Claim, Json, JsonObject, Outcomes } from '@meanfield/core';
import type { CurveSeries } from '@meanfield/figures';
import { z } from 'zod';

import { INCOMPLETE, nothing, resultIn } from '../readings.js';

const kernelResult = z.looseObject({
  angles: z.array(z.number()),
  layers: z.array(
    z.looseObject({
      depth: z.number(),
      cosine: z.array(z.number().nullable()),
      stderr: z.array(z.number().nullable()),
      theory: z.array(z.number()),
      offset: z.looseObject({ mean: z.number(), stderr: z.number() }),
    }),
  ),
});
type Kernels = z.output<typeof kernelResult>;
type KernelLayer = Kernels['layers'][number];

/** A law of weights with variance (10), for leaky ReLU of slope a. */
export interface Law {
  readonly id: string;
  /** Mathematics between dollar signs */
  readonly label: string;
  readonly options: JsonObject;
}

export const NORMAL: Law = { id: 'normal', label: 'normal', options: { law: 'normal' } };
export const UNIFORM: Law = { id: 'uniform', label: '$β$ → ∞ (uniform)', options: { law: 'uniform' } };
export const student = (degrees: number): Law => ({
  id: `t-${degrees}`,
  label: `$ν$ = ${degrees}`,
  options: { law: 'multivariate-t', degrees },
});
export const generalisedNormal = (beta: number): Law => ({
  id: `beta-${String(beta).replace('.', '-')}`,
  label: `$β$ = ${beta}`,
  options: { law: 'generalised-normal', beta },
});

export const initializerOf = ({ options }: Law, slope: number): Json => ({
  name: 'norm-preserving',
  options: { slope, ...options },
});

export const plain = ({ label }: Law): string => label.replaceAll('$', '');

export const kernelsOf = (outcomes: Outcomes, step: string, { label }: Law): Kernels | undefined =>
  resultIn(kernelResult, outcomes, step, label);

/** A reading of one depth, with a sentence where it has not been run. */
export const fromLayer =
  (
    step: string,
    law: Law,
    depth: number,
    read: (layer: KernelLayer, angles: readonly number[]) => ReturnType<Claim['obtain']>,
  ): Claim['obtain'] =>
  (outcomes) => {
    const kernels = kernelsOf(outcomes, step, law);
    const layer = kernels?.layers.find((each) => each.depth === depth);
    if (kernels === undefined || layer === undefined) return INCOMPLETE;
    return read(layer, kernels.angles);
  };

/** Mean over angles of cos θ_j less theory's. */
export const meanOffset = (step: string, law: Law, depth: number): Claim['obtain'] =>
  fromLayer(step, law, depth, ({ offset }) => ({ value: offset.mean, stderr: offset.stderr }));

const degreesOf = (angle: number): string => `${Math.round((angle * 180) / Math.PI)}°`;

/** Largest distance of cos θ_j from theory's over the angles. */
export const largestOffset = (step: string, law: Law, depth: number): Claim['obtain'] =>
  fromLayer(step, law, depth, ({ cosine, stderr, theory }, angles) => {
    let found = nothing('no signal is left');
    cosine.forEach((mean, at) => {
      if (mean === null) return;
      const distance = Math.abs(mean - theory[at]!);
      if (distance <= (found.value ?? -1)) return;
      const remark = `the largest, at ${degreesOf(angles[at]!)}`;
      found = { value: distance, stderr: stderr[at] ?? null, remark };
    });
    return found;
  });

export const theorySeries = (label: string, { angles }: Kernels, { theory }: KernelLayer): CurveSeries => ({
  label,
  x: angles,
  y: theory,
});

export const measuredSeries = (
  label: string,
  { angles }: Kernels,
  { cosine, stderr }: KernelLayer,
): CurveSeries => ({ label, x: angles, y: cosine, stderr, draw: 'markers' });
