/** One step to the requests that it stands for: every combination of the values that it goes through. */

import { MeanfieldError, type Json, type JsonObject } from '@meanfield/core';

import type { PipelineStep } from './pipeline.js';

/** One combination: options as given, before defaults. */
export interface Combination {
  readonly options: JsonObject;
  readonly seed: number;
  /** By path of `over`, and `seed` where the step has several */
  readonly labels: Readonly<Record<string, string>>;
}

const MAX_CELLS = 100_000;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy of `options` with `value` at the path; objects on the way are made, whatever else is there is replaced. */
function withValue(options: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...options, [key]: value };
  const inner = options[key];
  // A plugin chosen by its name alone can still be given options: `initializer: aci` with `initializer.options.k`.
  const base = typeof inner === 'string' ? { name: inner } : isObject(inner) ? inner : {};
  return { ...options, [key]: withValue(base, rest, value) };
}

/** A short name of a value: a plugin's name with its options, `path=value` for numbers and the like. */
function labelOf(path: string, value: Json): string {
  if (typeof value === 'string') return value;
  if (!isObject(value) || typeof value['name'] !== 'string') {
    return `${path.split('.').at(-1) ?? path}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  }
  const options = isObject(value['options']) ? Object.entries(value['options']) : [];
  return [value['name'], ...options.map(([key, entry]) => labelOf(key, entry))].join(' ');
}

interface Axis {
  readonly path: string;
  readonly values: readonly { readonly value: Json; readonly label: string }[];
}

function axesOf(step: PipelineStep): Axis[] {
  return Object.entries(step.over).map(([path, values]) => ({
    path,
    values: values.map((value, i) => ({ value, label: step.labels[path]?.[i] ?? labelOf(path, value) })),
  }));
}

/**
 * All combinations, the last path varying fastest and the seeds slowest.
 *
 * @param seed of the pipeline, for steps without seeds of their own
 * @throws MeanfieldError INVALID_FILE for more than 100,000
 */
export function expandStep(step: PipelineStep, seed: number): readonly Combination[] {
  const axes = axesOf(step);
  const seeds = step.seeds.length === 0 ? [seed] : step.seeds;
  const count = axes.reduce((product, { values }) => product * values.length, seeds.length);
  if (count > MAX_CELLS) {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `at most ${MAX_CELLS} combinations in step ${step.id}`,
      found: `${count}`,
      remedy: 'split the step, or go through fewer values',
    });
  }
  const starts: Combination[] = seeds.map((each) => ({
    options: step.options,
    seed: each,
    labels: seeds.length > 1 ? { seed: `seed=${each}` } : {},
  }));
  return axes.reduce<readonly Combination[]>(
    (combinations, { path, values }) =>
      combinations.flatMap((combination) =>
        values.map(({ value, label }) => ({
          ...combination,
          options: withValue(combination.options, path.split('.'), value),
          labels: { ...combination.labels, [path]: label },
        })),
      ),
    starts,
  );
}
