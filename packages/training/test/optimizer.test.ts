import { isMeanfieldError } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { parseOptimizer } from '../src/index.js';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isMeanfieldError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
};

describe('parseOptimizer', () => {
  it('has the defaults of TensorFlow 2.2', () => {
    expect(parseOptimizer('sgd')).toEqual({ name: 'sgd', learningRate: 0.01, momentum: 0 });
    expect(parseOptimizer('adam')).toEqual({
      name: 'adam',
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
    });
    expect(parseOptimizer('adam', { learningRate: 0.1 })).toMatchObject({ learningRate: 0.1, beta1: 0.9 });
  });

  it.each([
    ['lbfgs', {}, /INVALID_OPTION.*"lbfgs".*"sgd" or "adam"/],
    ['sgd', { learningRate: 0 }, /INVALID_OPTION.*learningRate.*found 0.*above 0/],
    ['sgd', { learningRate: Number.NaN }, /INVALID_OPTION.*learningRate/],
    ['sgd', { beta1: 0.9 }, /INVALID_OPTION.*"beta1"/],
    ['adam', { beta2: 1 }, /INVALID_OPTION.*beta2.*found 1.*below 1/],
    ['adam', { epsilon: 'small' }, /INVALID_OPTION.*epsilon.*"small"/],
    ['adam', 3, /INVALID_OPTION.*found 3/],
  ])('refuses %s with %o in one sentence', (name, options, expected) => {
    expect(messageOf(() => parseOptimizer(name, options))).toMatch(expected);
  });
});
