import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { MeanfieldError } from '../src/index.js';
import {
  cite,
  createLab,
  definePlugin,
  he2015,
  isMeanfieldError,
  singh2021,
  type Initializer,
  type PluginDefinition,
} from '../src/index.js';

const constant = (value: number): Initializer => ({
  name: 'constant',
  statistics: () => ({ law: 'empirical', reason: `every weight is ${value}` }),
  sample: ({ weights, bias }) => {
    weights.fill(value);
    bias.fill(0);
  },
});

const definitionOf = (name: string): PluginDefinition<'initializer', { value?: number }> =>
  definePlugin({
    kind: 'initializer',
    name,
    package: `test-${name}`,
    version: '1.0.0',
    summary: 'constant weights',
    options: z.strictObject({ value: z.number().positive().default(1) }),
    optionDocs: { value: 'the value of every weight, above 0, default 1' },
    references: [cite(name === 'a' ? he2015 : singh2021, 'eq. 1')],
    create: ({ value }) => constant(value),
  });

const failure = (run: () => unknown): MeanfieldError => {
  try {
    run();
  } catch (error) {
    if (isMeanfieldError(error)) return error;
    throw error;
  }
  throw new Error('it did not throw');
};

describe('createLab', () => {
  it('creates instances with parsed options', () => {
    const weights = new Float64Array(2);
    const lab = createLab([definitionOf('a')]);
    const layer = { fanIn: 2, fanOut: 1, weights, bias: new Float64Array(1) };
    lab.get('initializer', 'a', { value: 3 }).sample(layer, undefined as never);
    expect([...weights]).toEqual([3, 3]);
  });

  it('lists what is registered when a name is unknown', () => {
    const error = failure(() => createLab([definitionOf('a'), definitionOf('b')]).get('initializer', 'c'));
    expect(error.code).toBe('UNKNOWN_PLUGIN');
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain('a, b');
    expect(error.message).toContain('"c"');
  });

  it('refuses a second plugin of the same kind and name', () => {
    expect(failure(() => createLab([definitionOf('a'), definitionOf('a')])).code).toBe('DUPLICATE_PLUGIN');
  });

  it.each([
    [null, 'null'],
    [{ kind: 'optimizer' }, 'kind "optimizer"'],
    [{ ...definitionOf('a'), apiVersion: 2 }, 'API version 2'],
    [{ ...definitionOf('a'), create: undefined }, 'no create function'],
  ])('refuses what is not a definition', (value, found) => {
    const error = failure(() => createLab([value as PluginDefinition]));
    expect(error.code).toBe('INVALID_PLUGIN');
    expect(error.message).toContain(found);
  });

  it('says in one sentence what is wrong with an option', () => {
    const lab = createLab([definitionOf('a')]);
    const tooSmall = failure(() => lab.get('initializer', 'a', { value: -1 }));
    expect(tooSmall.code).toBe('INVALID_OPTION');
    expect(tooSmall.message).toMatch(/option value of initializer a, found -1 .*above 0/);
    expect(failure(() => lab.get('initializer', 'a', { k: 1 })).message).toMatch(
      /"k".*options of initializer a: value/,
    );
  });

  it('cites what was used, once, and nothing else', () => {
    const lab = createLab([definitionOf('a'), definitionOf('b')]);
    expect(lab.cite()).toBe('');
    lab.get('initializer', 'a');
    lab.get('initializer', 'a');
    expect(lab.cite().match(/@/g)).toHaveLength(1);
    expect(lab.cite()).toContain('{he2015,');
    expect(lab.used().map(({ name }) => name)).toEqual(['a']);
  });

  it('lets a child hide a definition of its parent, and no other lab see it', () => {
    const parent = createLab([definitionOf('a')]);
    const replacement = { ...definitionOf('a'), package: 'replacement' };
    const child = parent.child([replacement, definitionOf('b')]);
    expect(child.definition('initializer', 'a').package).toBe('replacement');
    expect(child.list('initializer').map((each) => each.package)).toEqual(['replacement', 'test-b']);
    expect(parent.definition('initializer', 'a').package).toBe('test-a');
    expect(failure(() => parent.get('initializer', 'b')).code).toBe('UNKNOWN_PLUGIN');
    expect(failure(() => createLab([]).get('initializer', 'a')).code).toBe('UNKNOWN_PLUGIN');
  });
});
