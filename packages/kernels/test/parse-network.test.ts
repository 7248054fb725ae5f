import { MeanfieldError } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { nngp, parseNetwork } from '../src/index.js';
import { activationOf, architecture, normalBatch } from './networks.js';

const dense = { dense: { weightVariance: 1.7, biasVariance: 0.1 } };

describe('a network in JSON', () => {
  it('is the network in code', () => {
    const block = { residual: [{ activation: 'relu' }, dense] };
    const text = JSON.stringify({ layers: [dense, block, block, dense] });
    const parsed = parseNetwork(JSON.parse(text), activationOf);
    const inputs = normalBatch('parse', 4, 3);
    const built = architecture('residual', activationOf('relu'), dense.dense, { depth: 2 });
    expect(nngp(parsed, inputs)).toEqual(nngp(built, inputs));
  });

  it('has defaults, and passes options of activations on', () => {
    const asked: unknown[] = [];
    const layers = [
      { dense: { weightVariance: 2 } },
      { layerNorm: {} },
      { activation: { name: 'erf', options: { a: 1 } } },
    ];
    const parsed = parseNetwork({ layers }, (name, options) => {
      asked.push([name, options]);
      return activationOf(name);
    });
    expect(asked).toEqual([['erf', { a: 1 }]]);
    expect(parsed.slice(0, 2)).toEqual([
      { dense: { weightVariance: 2, biasVariance: 0 } },
      { layerNorm: { epsilon: 0 } },
    ]);
  });

  it.each([
    [null],
    [{}],
    [{ layers: [] }],
    [{ layers: [{ conv: {} }] }],
    [{ layers: [{ dense: { weightVariance: -1 } }] }],
    [{ layers: [{ dense: { weightVariance: 1 }, activation: 'relu' }] }],
    [{ layers: [{ residual: [{ dense: { weightVariance: '1' } }] }] }],
    [{ layers: [{ activation: 'relu' }] }],
  ])('is refused when it is %j', (json) => {
    expect(() => parseNetwork(json, activationOf)).toThrow(MeanfieldError);
  });

  it('has branches within branches, but no thousands', () => {
    const nested = (depth: number): unknown =>
      JSON.parse(
        `{"layers":[${'{"residual":['.repeat(depth)}${JSON.stringify(dense)}${`]},${JSON.stringify(dense)}`.repeat(depth)}]}`,
      );
    expect(nngp(parseNetwork(nested(90), activationOf), normalBatch('deep', 1, 2)).nngp[0]).toBeGreaterThan(
      0,
    );
    for (const depth of [101, 20_000])
      expect(() => parseNetwork(nested(depth), activationOf)).toThrow('200 levels');
  });
});
