/** What training found, for a reader at a terminal. */

import type { JsonObject } from '@meanfield/core';

import { properties, table, type Entry } from './table.js';

interface CurveJson {
  readonly mean: readonly (number | null)[];
  readonly stderr: readonly (number | null)[];
}

interface Curves {
  readonly step: readonly number[];
  readonly epoch: readonly number[];
  readonly trainLoss: CurveJson;
  readonly validationLoss: CurveJson;
  readonly testLoss?: CurveJson;
  readonly accuracy?: CurveJson;
  readonly testAccuracy?: CurveJson;
  readonly gradientNorm?: readonly CurveJson[];
  readonly deadShare?: readonly CurveJson[];
}

const COLUMNS = {
  trainLoss: 'training loss',
  validationLoss: 'validation loss',
  testLoss: 'test loss',
  accuracy: 'accuracy',
  testAccuracy: 'test accuracy',
} as const;
const LAYER_TABLES = {
  gradientNorm: 'Gradient norm by layer of weights',
  deadShare: 'Share of dead units by layer',
} as const;

const entry = ({ mean, stderr }: CurveJson, point: number): Entry => {
  const [value = null, error = null] = [mean[point], stderr[point]];
  return value === null || error === null ? value : { value, stderr: error };
};

function lossTable(curves: Curves): string {
  const shown = Object.entries(COLUMNS).flatMap(([quantity, head]) => {
    const curve = curves[quantity as keyof typeof COLUMNS];
    return curve === undefined ? [] : [{ head, curve }];
  });
  const rows = curves.step.map((step, point) => [
    step,
    curves.epoch[point],
    ...shown.map(({ curve }) => entry(curve, point)),
  ]);
  return table(['step', 'epoch', ...shown.map(({ head }) => head)], rows);
}

/** The first, the middle and the last point: curves in full are in the JSON document. */
function layerTable(title: string, layers: readonly CurveJson[], step: readonly number[]): string {
  const last = step.length - 1;
  const points = [...new Set([0, Math.floor(last / 2), last])];
  const head = ['layer', ...points.map((point) => `step ${step[point]}`)];
  const rows = layers.map((layer, index) => [index + 1, ...points.map((point) => entry(layer, point))]);
  return `${title}:\n${table(head, rows)}`;
}

export function trainingTables(result: JsonObject): string[] {
  const curves = result['curves'] as unknown as Curves;
  const byLayer = Object.entries(LAYER_TABLES).flatMap(([quantity, title]) => {
    const layers = curves[quantity as keyof typeof LAYER_TABLES];
    return layers === undefined ? [] : [layerTable(title, layers, curves.step)];
  });
  return [lossTable(curves), ...byLayer];
}

export interface TrainingFacts {
  readonly stepsPerSecond: Entry;
  readonly seconds: Entry;
  readonly saved: readonly string[];
  readonly resumedAt: number | null;
}

/** How it went, a line each. */
export function trainingFacts(result: JsonObject, facts: TrainingFacts): string {
  const { stepsPerSecond, seconds, saved, resumedAt } = facts;
  const outcomes = result['outcomes'] as unknown as readonly { readonly status: string }[];
  const diverged = outcomes.filter(({ status }) => status === 'diverged').length;
  const networks = `${outcomes.length}${diverged === 0 ? '' : `, of which ${diverged} diverged and are left out of the means from there on`}`;
  return properties([
    ['networks', networks],
    ['backend', result['backend']],
    ['network-steps per second', stepsPerSecond],
    ['seconds', seconds],
    ...(resumedAt === null ? [] : [['went on from step', resumedAt] as const]),
    ...saved.map((path) => ['saved', path] as const),
  ]);
}
