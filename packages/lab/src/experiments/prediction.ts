/** What theory predicts for a simulation of perceptrons: infinite width, from the same inputs. */

import {
  isMeanfieldError,
  type ErrorCode,
  type Json,
  type JsonObject,
  type PluginContext,
  type SignalPair,
} from '@meanfield/core';
import { activities, firstLayer, trajectory } from '@meanfield/theory';

import { jsonNumber } from '../json-number.js';
import { startingGaps, type Inputs } from './inputs.js';
import { infiniteNetwork, type InfiniteNetwork, type NetworkChoice } from './mean-field-of.js';

/** Without a theory for the law, simulation alone still says something: the reason is then given. */
export function theoryOf(choice: NetworkChoice, context: PluginContext): InfiniteNetwork | string {
  return choice.meanField === undefined
    ? orReason(() => infiniteNetwork(choice, context), ['UNSUPPORTED'])
    : infiniteNetwork(choice, context);
}

/** What is found, or the sentence of an error of one of these codes. */
export function orReason<T>(find: () => T, codes: readonly ErrorCode[]): T | string {
  try {
    return find();
  } catch (error) {
    if (isMeanfieldError(error) && codes.includes(error.code)) return error.message;
    throw error;
  }
}

/** The pairs of one starting gap, through the layers */
interface Followed {
  readonly gap: number;
  readonly times: number;
  readonly layers: readonly SignalPair[];
}

function follow({ statistics, map }: InfiniteNetwork, inputs: Inputs, places: number): readonly Followed[] {
  return [...startingGaps(inputs)].flatMap(([gap, times]) => {
    const start = firstLayer(statistics, { meanSquare: inputs.meanSquare, gap });
    return start === null ? [] : { gap, times, layers: trajectory(map, start, places - 1) };
  });
}

/** Mean over all pairs, as the simulation measures it. */
function meanGap(followed: readonly Followed[], layer: number): number {
  const pairs = followed.reduce((sum, { times }) => sum + times, 0);
  return followed.reduce((sum, { times, layers }) => sum + times * layers[layer]!.gap, 0) / pairs;
}

function pairsJson(followed: readonly Followed[], inputs: Inputs, layer: number): JsonObject {
  if (!('pairGaps' in inputs)) return {};
  const gapOf = new Map(followed.map(({ gap, layers }) => [gap, layers[layer]!.gap]));
  return { pairs: inputs.pairGaps.map((start): Json => gapJson(gapOf.get(start)!)) };
}

const gapJson = (gap: number): JsonObject => ({ gap: jsonNumber(gap), c: jsonNumber(1 - gap) });

/** `{ theory: { model, method, layers } }`, one layer for each observed place; or theory null with the reason. */
export function prediction(theory: InfiniteNetwork | string, inputs: Inputs, places: number): JsonObject {
  if (typeof theory === 'string') return { theory: null, reason: theory };
  const followed = follow(theory, inputs, places);
  const lengths = followed[0]?.layers;
  if (lengths === undefined)
    return { theory: null, reason: `the law of the weights is ${theory.statistics.law}` };
  const dead = activities(theory.map, lengths[0]!.q1, places - 1);
  const layers = lengths.map(({ q1 }, layer): Json => ({
    q: jsonNumber(theory.normalised === true ? 1 : q1),
    ...gapJson(meanGap(followed, layer)),
    deadFraction: dead[layer]?.deadFraction ?? null,
    ...pairsJson(followed, inputs, layer),
  }));
  return { theory: { model: theory.model.name, method: theory.map.method, layers } };
}
