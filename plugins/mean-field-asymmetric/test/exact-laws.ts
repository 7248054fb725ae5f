/** Exact laws that several tests ask about. */

import relu from '@meanfield/activation-relu';
import { isMeanfieldError, type Activation, type MeanFieldMap, type MeanFieldModel } from '@meanfield/core';
import { expect } from 'vitest';

import asymmetric, { stationaryLaw, type StationaryLaw } from '../src/index.js';

export const RELU: Activation = relu.create();
const model: MeanFieldModel = asymmetric.create({ samples: 1000 });

export function mapOf(
  weightVariance: number,
  correlationStrength: number,
  activation: Activation = RELU,
  [a, b]: readonly [number, number] = [2, 1],
): MeanFieldMap {
  return model.map(activation, {
    law: 'replaced-entry-rows',
    weightVariance,
    correlationStrength,
    replacement: { law: 'beta', a, b },
  });
}

export const lawOf = (weightVariance: number, correlationStrength: number): StationaryLaw =>
  stationaryLaw({ activation: RELU, weightVariance, correlationStrength });

export const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isMeanfieldError(error) ? error.code : String(error);
  }
  return 'none';
};

/** Published digits: half a unit of the last one */
export const toDigits = (actual: number | null, expected: number, digits: number): void => {
  expect(Math.abs((actual ?? NaN) - expected), `${actual}, not ${expected}`).toBeLessThan(
    0.51 * 10 ** -digits,
  );
};
