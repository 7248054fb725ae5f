import { createLab, definePlugin, type Lab, type PluginDefinition } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { resolveCell } from '../src/index.js';
import { failureOf } from './temporary-folder.js';

const probe = (options: z.ZodType): PluginDefinition =>
  definePlugin({
    kind: 'experiment',
    name: 'probe',
    package: 'probe',
    version: '2.0.0',
    summary: 'asks for an initializer',
    options,
    optionDocs: {},
    references: [],
    create(parsed, context) {
      const { initializer } = parsed as { initializer: { name: string; options: unknown } };
      context.get('initializer', initializer.name, initializer.options);
      return { name: 'probe', run: () => Promise.resolve({ result: {} }) };
    },
  });

const choosing = z.strictObject({
  initializer: z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()).default({}) }),
  depth: z.number().default(3),
});
const labWith = (options: z.ZodType): Lab => createLab([he, probe(options)]);
const request = { experiment: 'probe', seed: 1, options: { initializer: { name: 'he' } } };

describe('resolveCell', () => {
  it("fills in the experiment's defaults and those of the plugins that it chooses", () => {
    const { cell } = resolveCell(labWith(choosing), request);
    expect(cell.options).toEqual({
      initializer: { name: 'he', options: { weightVariance: 2, biasVariance: 0 } },
      depth: 3,
    });
    const written = { depth: 3, initializer: { name: 'he', options: { biasVariance: 0 } } };
    expect(resolveCell(labWith(choosing), { ...request, options: written }).cell.id).toBe(cell.id);
    expect(resolveCell(labWith(choosing), { ...request, options: cell.options }).cell).toEqual(cell);
  });

  it('lists the plugins that the cell needs, with versions', () => {
    const { cell, definitions } = resolveCell(labWith(choosing), request);
    expect(cell.plugins).toEqual([
      { kind: 'experiment', name: 'probe', package: 'probe', version: '2.0.0' },
      { kind: 'initializer', name: 'he', package: '@meanfield/initializer-he', version: '0.1.0' },
    ]);
    expect(definitions).toHaveLength(2);
  });

  it.each([
    ['an unknown experiment', { experiment: 'nothing' }, 'UNKNOWN_PLUGIN'],
    ['an unknown plugin', { options: { initializer: { name: 'it' } } }, 'UNKNOWN_PLUGIN'],
    ['a wrong option', { options: { ...request.options, depth: 'deep' } }, 'INVALID_OPTION'],
    ['an unknown option', { options: { ...request.options, breadth: 1 } }, 'INVALID_OPTION'],
    [
      'a wrong option of a chosen plugin',
      { options: { initializer: { name: 'he', options: { weightVariance: -1 } } } },
      'INVALID_OPTION',
    ],
    ['an infinite option', { options: { ...request.options, depth: Infinity } }, 'INVALID_OPTION'],
    ['a negative seed', { seed: -1 }, 'INVALID_ARGUMENT'],
    ['half a seed', { seed: 0.5 }, 'INVALID_ARGUMENT'],
  ])('refuses %s before anything runs', (_, change, code) => {
    expect(failureOf(() => resolveCell(labWith(choosing), { ...request, ...change })).code).toBe(code);
  });

  it('refuses a schema whose output it would not accept again, since records hold that output', () => {
    const doubling = choosing.extend({
      depth: z
        .number()
        .default(3)
        .transform((depth) => 2 * depth),
    });
    expect(failureOf(() => resolveCell(labWith(doubling), request)).code).toBe('INVALID_PLUGIN');
  });
});
