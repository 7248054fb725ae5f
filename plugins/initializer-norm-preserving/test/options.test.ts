import { isMeanfieldError } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import normPreserving, { type NormPreservingOptions } from '../src/index.js';

describe('options of norm-preserving', () => {
  it.each<[string, NormPreservingOptions]>([
    ['no β', { law: 'generalised-normal' }],
    ['a small β', { law: 'generalised-normal', beta: 0.05 }],
    ['β of another law', { beta: 2 }],
    ['no ν', { law: 'multivariate-t' }],
    ['ν without a variance', { law: 'multivariate-t', degrees: 2 }],
    ['ν of another law', { law: 'laplace', degrees: 5 }],
  ])('refuse %s', (_, options) => {
    let refusal: unknown;
    try {
      normPreserving.create(options);
    } catch (error) {
      refusal = error;
    }
    expect(isMeanfieldError(refusal) && refusal.code).toBe('INVALID_OPTION');
  });

  it('give σ_w² = 2/(1 + a²), and say which law is spherical', () => {
    expect(normPreserving.create({ slope: 0.5 }).statistics()).toEqual({
      law: 'gaussian-rows',
      weightVariance: 1.6,
      biasVariance: 0,
      correlationStrength: 0,
    });
    const spherical = normPreserving.create({ law: 'multivariate-t', degrees: 4 });
    expect(spherical.statistics()).toMatchObject({ weightVariance: 2, shape: 'spherical' });
  });

  it('leave pre-activations without weights to the laws that have them', () => {
    const has = (options: NormPreservingOptions): boolean =>
      normPreserving.create(options).samplePreActivations !== undefined;
    expect([has({}), has({ law: 'multivariate-t', degrees: 4 })]).toEqual([true, true]);
    expect([has({ law: 'uniform' }), has({ law: 'laplace' })]).toEqual([false, false]);
    expect(has({ law: 'generalised-normal', beta: 3 })).toBe(false);
  });
});
