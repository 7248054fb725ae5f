/**
 * How often gradient descent ends in a spurious minimum: n rectified linear units that learn a sum of k of them with
 * orthonormal weights, from random starts w_i ~ N(0, I/k) (`yarotsky`, spurious minima).
 */

import {
  cite,
  definePlugin,
  yarotsky,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { meanOf } from '@meanfield/simulation';
import { z } from 'zod';

import { descend, type Descent, type DescentRules } from '../landscape/descend.js';
import { rectifiedLoss } from '../landscape/rectified-loss.js';
import { PACKAGE, VERSION } from '../version.js';

const MOST_UNITS = 100;

const options = z.strictObject({
  teachers: z.int().min(1).max(MOST_UNITS).default(10),
  extra: z.int().min(0).max(MOST_UNITS).default(0),
  runs: z.int().min(1).default(100),
  runsPerPart: z.int().min(1).default(10),
  mostSteps: z.int().min(1).default(200_000),
});

/** The largest eigenvalue of the Hessian at W = V is some 0.8 n: gradient descent is stable up to 2.4/n. */
const RATE = 2;
/** Minima that are found lie above 0.02, and F never grows along the way. */
const SOLVED = 1e-3;
const STATIONARY = 1e-6;

/** A run as parts hold it */
type Run = Descent & JsonObject;

const meanJson = (values: readonly number[]): JsonObject | null =>
  values.length === 0 ? null : { ...meanOf(values) };

/** Standard error of a share; of half a success in one more run where it is 0 or 1 */
function shareError(successes: number, runs: number): number {
  const share = (successes + 0.5) / (runs + 1);
  return Math.sqrt((share * (1 - share)) / runs);
}

function summary(runs: readonly Run[]): JsonObject {
  const spurious = runs.filter(({ end }) => end === 'spurious');
  const settled = runs.filter(({ end }) => end !== 'unsettled').length;
  return {
    runs: runs.length,
    spurious: spurious.length,
    unsettled: runs.length - settled,
    share:
      settled === 0
        ? null
        : { mean: spurious.length / settled, stderr: shareError(spurious.length, settled) },
    value: meanJson(spurious.map(({ value }) => value)),
    curvature: meanJson(spurious.flatMap(({ curvature }) => (curvature === null ? [] : [curvature]))),
    values: spurious.map(({ value }) => value).sort((a, b) => a - b),
    steps: meanJson(runs.map(({ steps }) => steps)),
  };
}

const spuriousMinima: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'spurious-minima',
  package: PACKAGE,
  version: VERSION,
  summary: 'share of runs of gradient descent that end in a spurious minimum of a small ReLU network',
  options,
  optionDocs: {
    teachers: 'k, units of the teacher and inputs, default 10',
    extra: 'n − k, units of the student beyond them, default 0',
    runs: 'random starts, default 100',
    runsPerPart: 'runs in a part, default 10; results do not depend on it',
    mostSteps: 'steps after which a run is given up as unsettled, default 200000',
  },
  references: [cite(yarotsky, 'spurious minima')],
  create({ teachers, extra, runs, runsPerPart, mostSteps }) {
    const students = teachers + extra;
    const rules: DescentRules = { rate: RATE / students, solved: SOLVED, stationary: STATIONARY, mostSteps };
    return {
      name: 'spurious-minima',
      parts: Math.ceil(runs / runsPerPart),
      runPart(index, { stream, report }) {
        const loss = rectifiedLoss(students, teachers);
        const first = index * runsPerPart;
        const total = Math.min(runsPerPart, runs - first);
        const found = Array.from({ length: total }, (_, offset): Json => {
          const own = stream.child('run').child(first + offset);
          const weights = new Float64Array(loss.size);
          own.child('start').fillNormal(weights, 1 / Math.sqrt(teachers));
          const run = descend(loss, weights, rules, own.child('push'));
          report({ label: 'descend', completed: offset + 1, total });
          return { ...run };
        });
        return Promise.resolve(found);
      },
      combine: (parts) => ({ result: summary((parts as unknown as readonly (readonly Run[])[]).flat()) }),
    };
  },
});

export default spuriousMinima;
