/** An audit as a JSON document, and for a reader at a terminal. */

import type { Audit, Interval, LayerAudit, LayerPhase, PooledLayers, Prediction } from '@meanfield/audit';
import type { Json, JsonObject } from '@meanfield/core';
import { jsonNumber } from '@meanfield/lab';

import { properties, showEntry, table, type Entry } from './table.js';

const finite = (value: number): Json => jsonNumber(value);
/** Ends in their order: depth scales may fall where σ_w² grows. */
function ordered({ value, low, high }: Interval): Interval {
  return { value, low: Math.min(value, low, high), high: Math.max(value, low, high) };
}

function interval(found: Interval): JsonObject {
  const { value, low, high } = ordered(found);
  return { value: finite(value), low: finite(low), high: finite(high) };
}
const estimate = (found: { value: number; stderr: number } | null): Json =>
  found === null ? null : { value: finite(found.value), stderr: finite(found.stderr) };

/** Of laws with one entry replaced, whose phase and χ₁ take no samples */
const XI_C_REASON =
  'not found here, since it takes samples of the law: ask meanfield theory -i raai with the activation, σ_w² and k of these layers';

function phaseJson({ phase, withinError, chi1, xiQ, xiC }: LayerPhase): JsonObject {
  return {
    phase,
    withinError,
    chi1: interval(chi1),
    xiQ: interval(xiQ),
    ...(xiC === null ? { xiC, xiCReason: XI_C_REASON } : { xiC: interval(xiC) }),
  };
}

function layerJson(found: LayerAudit, index: number, prediction: Prediction | string): JsonObject {
  const { layer, measured, phase } = found;
  const { activation } = layer;
  const { thirdPower, significant, standing } = measured.asymmetry;
  const predicted = typeof prediction === 'string' ? undefined : prediction.layers[index];
  return {
    name: layer.name,
    fanIn: layer.fanIn,
    fanOut: layer.fanOut,
    activation: typeof activation === 'string' ? null : activation.name,
    ...(typeof activation === 'string' ? { activationUnknown: activation } : {}),
    weightVariance: estimate(measured.weightVariance),
    biasVariance: estimate(measured.biasVariance),
    mean: estimate(measured.moments.mean),
    correlationStrength: estimate(measured.correlationStrength),
    kurtosis: estimate(measured.moments.kurtosis),
    asymmetry: {
      ...(estimate(thirdPower) as JsonObject),
      significant,
      entriesThatStandOut: standing.share,
      theirMean: estimate(standing.mean),
    },
    law: measured.statistics === null ? null : measured.statistics.law,
    describes: measured.describes,
    reason: measured.reason,
    ...(typeof phase === 'string' ? { phase: null, phaseReason: phase } : phaseJson(phase)),
    predicted:
      predicted === undefined
        ? null
        : {
            q: finite(predicted.q),
            correlation: predicted.correlation,
            deadFraction: predicted.deadFraction,
            gradientOfPreActivations: finite(predicted.errors),
            gradientOfWeights: finite(predicted.weightGradients),
          },
  };
}

function networkJson(pooled: PooledLayers | string, prediction: Prediction | string): JsonObject {
  const whole: JsonObject =
    typeof pooled === 'string'
      ? { phase: null, phaseReason: pooled }
      : {
          ...phaseJson(pooled),
          layers: [...pooled.layers],
          activation: pooled.activation.name,
          law: pooled.statistics.law,
          weightVariance: estimate(pooled.weightVariance),
          criticalWeightVariance: pooled.criticalWeightVariance,
          alike: pooled.alike,
          correlationStrength: pooled.statistics.correlationStrength,
          asymmetry: estimate(pooled.asymmetry),
        };
  return {
    ...whole,
    gradientRange:
      typeof prediction === 'string'
        ? null
        : {
            preActivations: interval(prediction.errors),
            weights: interval(prediction.weightGradients),
          },
    ...(typeof prediction === 'string' ? { predictionReason: prediction } : {}),
  };
}

export function auditJson({ layers, pooled, prediction, advice }: Audit): JsonObject {
  return {
    layers: layers.map((each, index) => layerJson(each, index, prediction)),
    network: networkJson(pooled, prediction),
    advice: [...advice],
  };
}

const LAWS = {
  'gaussian-rows': 'Gaussian rows',
  'replaced-entry-rows': 'one entry replaced',
  none: 'none',
} as const;

function lawOf({ describes, statistics }: LayerAudit['measured']): string {
  const law = LAWS[statistics?.law ?? 'none'];
  return describes === 'moments' ? `${law} of the same moments` : law;
}

function layerTable({ layers, prediction }: Audit): string {
  const predicted = typeof prediction === 'string' ? [] : prediction.layers;
  const head = ['layer', 'size', 'φ', 'σ_w²', 'σ_b²', 'k', 'asymmetry', 'law', 'χ₁', 'phase'];
  const further = predicted.length === 0 ? [] : ['q', 'c', 'dead', '‖∂h‖', '‖∂W‖'];
  const rows = layers.map(({ layer, measured, phase }, index): Entry[] => {
    const behind = predicted[index];
    return [
      layer.name,
      `${layer.fanIn}→${layer.fanOut}`,
      typeof layer.activation === 'string' ? '?' : layer.activation.name,
      measured.weightVariance,
      measured.biasVariance.value,
      measured.correlationStrength,
      measured.asymmetry.thirdPower,
      lawOf(measured),
      typeof phase === 'string' ? null : Number(phase.chi1.value.toPrecision(4)),
      typeof phase === 'string' ? null : phaseText(phase),
      ...(behind === undefined
        ? []
        : [behind.q, behind.correlation, behind.deadFraction, behind.errors, behind.weightGradients].map(
            (x) => (x === null ? null : Number(x.toPrecision(4))),
          )),
    ];
  });
  return table([...head, ...further], rows);
}

const phaseText = ({ phase, withinError }: LayerPhase): string =>
  withinError ? `${phase} within error` : phase;

function range(found: Interval): string {
  const { value, low, high } = ordered(found);
  const text = (x: number): string => showEntry(Number(x.toPrecision(4)));
  return text(low) === text(high) ? text(value) : `${text(value)} (${text(low)} to ${text(high)})`;
}

function summary({ pooled, prediction }: Audit): string {
  const whole: (readonly [string, Entry])[] =
    typeof pooled === 'string'
      ? [['phase of the hidden layers', `none: ${pooled}`]]
      : [
          ['phase of the hidden layers', phaseText(pooled)],
          [
            'σ_w² of them, critical σ_w²',
            `${showEntry(pooled.weightVariance)}, ${showEntry(pooled.criticalWeightVariance)}`,
          ],
          ['χ₁', range(pooled.chi1)],
          ['ξ_q', range(pooled.xiQ)],
          ['ξ_c', pooled.xiC === null ? XI_C_REASON : range(pooled.xiC)],
        ];
  const gradients: (readonly [string, Entry])[] =
    typeof prediction === 'string'
      ? [['signals and gradients', `not predicted: ${prediction}`]]
      : [
          ['gradients of pre-activations, first over last', range(prediction.errors)],
          ['gradients of weights, first over last', range(prediction.weightGradients)],
        ];
  return properties([...whole, ...gradients]);
}

function remarks({ layers }: Audit): readonly string[] {
  return layers.flatMap(({ layer, measured }) => [
    ...(measured.reason === null ? [] : [`${layer.name}: ${measured.reason}`]),
    ...(typeof layer.activation === 'string' ? [`${layer.name}: ${layer.activation}`] : []),
  ]);
}

/** @param unread sentences about layers that were not audited */
export function auditText(audit: Audit, unread: readonly string[]): string {
  const notes = [...remarks(audit), ...unread];
  const parts = [layerTable(audit), summary(audit), ...(notes.length === 0 ? [] : [notes.join('\n')])];
  return [...parts, audit.advice.map((each) => `→ ${each}`).join('\n')].join('\n\n');
}
