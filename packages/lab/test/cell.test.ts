import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  canonicalJson,
  cellId,
  fromJsonNumber,
  jsonNumber,
  requireJson,
  type CellContent,
} from '../src/index.js';
import { PACKAGE, VERSION } from '../src/version.js';
import { failureOf } from './temporary-folder.js';

const content: CellContent = {
  experiment: 'theory',
  options: { initializer: { name: 'aci', options: { k: 100, weightVariance: 2 } }, activation: 'relu' },
  seed: 7,
  plugins: [{ kind: 'initializer', name: 'aci', package: '@meanfield/initializer-aci', version: '0.1.0' }],
};

describe('cellId', () => {
  it('is what SHA-256 of the canonical JSON begins with, whoever computes it', () => {
    // python3: hashlib.sha256(json.dumps(content, sort_keys=True, separators=(',', ':')).encode()).hexdigest()[:32]
    expect(cellId(content)).toBe('e666fc7ae1cee835902be7e1ef182597');
    const sha256 = createHash('sha256').update(canonicalJson(content)).digest('hex');
    expect(cellId(content)).toBe(sha256.slice(0, 32));
  });

  it('does not depend on the order of keys, and on nothing but the content', () => {
    const { plugins, seed, options, experiment } = content;
    expect(cellId({ plugins, seed, options, experiment })).toBe(cellId(content));
    const reordered = {
      activation: 'relu',
      initializer: { options: { weightVariance: 2, k: 100 }, name: 'aci' },
    };
    expect(cellId({ ...content, options: reordered })).toBe(cellId(content));
    expect(cellId({ ...content, extra: 1 } as CellContent)).toBe(cellId(content));
  });

  it.each([
    ['another seed', { seed: 8 }],
    ['another experiment', { experiment: 'boundary' }],
    ['another option', { options: { activation: 'tanh' } }],
    ['another version', { plugins: content.plugins.map((plugin) => ({ ...plugin, version: '0.1.1' })) }],
  ])('differs for %s', (_, change) => {
    expect(cellId({ ...content, ...change })).not.toBe(cellId(content));
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %s', (value) => {
    const error = failureOf(() => cellId({ ...content, options: { depth: { of: [1, value] } } }));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toContain('$.options.depth.of[1]');
  });
});

describe('canonicalJson', () => {
  it('gives values that are equal as JSON the same text, and that text means the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('sorts keys at every depth by code unit and drops undefined', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }], B: undefined, 10: 'x', 9: null })).toBe(
      '{"10":"x","9":null,"b":[{"a":2,"z":1}]}',
    );
    expect(canonicalJson([0.1, 1e21, 1e-7, -0, 5e-324])).toBe('[0.1,1e+21,1e-7,0,5e-324]');
  });

  it.each([[new Map()], [() => 1], [1n], [Symbol('x')], [new Date(0)], [undefined]])(
    'refuses %s',
    (value) => {
      expect(failureOf(() => requireJson({ value: [value] }, 'it')).message).toContain('$.value[0]');
    },
  );
});

describe('jsonNumber', () => {
  it('keeps every number and both infinities, and refuses NaN', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(fromJsonNumber(JSON.parse(JSON.stringify(jsonNumber(value))) as never)).toBe(
          value === 0 ? 0 : value,
        );
      }),
      { seed: 2, examples: [[Infinity], [-Infinity], [Number.MIN_VALUE]] },
    );
    expect(jsonNumber(Infinity)).toBe('Infinity');
    expect(failureOf(() => jsonNumber(Number.NaN)).code).toBe('INTERNAL');
  });
});

it('its experiments carry the name and version of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as object;
  expect(manifest).toMatchObject({ name: PACKAGE, version: VERSION });
});
