import { createHash } from 'node:crypto';

import { MeanfieldError } from '@meanfield/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createStream } from '../../src/index.js';
import { nextXoshiro128 } from '../../src/random/xoshiro128.js';
import { BLOCK_LENGTH } from '../../src/random/stream.js';
import { startBlock, streamKey } from '../../src/random/stream-key.js';
import reference from './fixtures/streams.json' with { type: 'json' };

const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const segment = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.includes('/'));

describe('the name of a stream', () => {
  it('is a path, however it was reached', () => {
    const whole = createStream(7, 'network/17/layer');
    const steps = createStream(7).child('network').child(17).child('layer');
    expect(steps.path).toBe(whole.path);
    expect(take(8, () => steps.uint32())).toEqual(take(8, () => whole.uint32()));
    expect(createStream(7, 'network').child('17/layer').uint32()).toBe(
      createStream(7, 'network/17/layer').uint32(),
    );
  });

  it('fixes its draws, whatever was drawn from its parent', () => {
    fc.assert(
      fc.property(fc.nat(), segment, segment, fc.nat(50), (seed, first, second, draws) => {
        const parent = createStream(seed, first);
        for (let index = 0; index < draws; index++) parent.normal();
        expect(parent.child(second).uint32()).toBe(createStream(seed, `${first}/${second}`).uint32());
      }),
    );
  });

  it('differs from every other: seeds, siblings, parents', () => {
    const names = [
      ...take(200, (index = 0) => index).map((_, index) => createStream(index)),
      ...take(200, () => 0).map((_, index) => createStream(0, `${index}`)),
      ...['a', 'a/b', 'ab', 'a/b/c', 'ä', 'A', '1/0', '10/'.slice(0, 2)].map((path) => createStream(7, path)),
      createStream(70, 'a'),
      createStream(2 ** 53 - 1),
    ];
    const firsts = names.map((stream) => `${stream.uint32()} ${stream.uint32()}`);
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the seed %s', (seed) => {
    expect(() => createStream(seed)).toThrow(MeanfieldError);
  });

  it.each(['', 'a//b', '/a', 'a/', '\ud800', -1, 0.5, Number.NaN])('refuses the name %j', (name) => {
    expect(() => createStream(7).child(name)).toThrow(/stream's name/);
  });
});

describe('the bits of a stream', () => {
  it.each(reference.streams)('are those of the Python reference: seed $seed, path "$path"', (expected) => {
    const fresh = () => createStream(expected.seed, expected.path);
    const integers = fresh();
    expect(take(4, () => integers.uint32())).toEqual(expected.uint32);
    for (let index = 4; index < BLOCK_LENGTH; index++) integers.uint32();
    expect(take(2, () => integers.uint32())).toEqual(expected.uint32AtSecondBlock);
    const uniforms = fresh();
    expect(take(3, () => uniforms.uniform())).toEqual(expected.uniform);

    // Normals to the last digits only: the reference's logarithm is not that of JavaScript.
    const normals = new Float64Array(40000);
    fresh().fillNormal(normals, 1);
    expected.normal.forEach((normal, index) => expect(normals[index]).toBeCloseTo(normal, 14));
    expect(normals.reduce((sum, z) => sum + z)).toBeCloseTo(expected.sumOfNormals, 10);
    expect(normals.reduce((most, z) => (Math.abs(z) > Math.abs(most) ? z : most))).toBeCloseTo(
      expected.largestNormal,
      14,
    );
  });

  it('never change: digest of a million normals', () => {
    const normals = new Float64Array(1_000_000);
    createStream(7, 'golden').fillNormal(normals, 1);
    expect(createHash('sha256').update(normals).digest('hex')).toBe(
      'c33a6b8f1575efaccde58d002b9659b2c8c6db0d7d7e97c9868e28c340bd24d8',
    );
  });

  it('of a block are found without those before it', () => {
    const stream = createStream(3, 'seek');
    for (let index = 0; index < 2 * BLOCK_LENGTH; index++) stream.uint32();
    const state = new Int32Array(4);
    startBlock(streamKey(3, 'seek'), 2, state);
    expect(take(5, () => stream.uint32())).toEqual(take(5, () => nextXoshiro128(state) >>> 0));
  });

  it("use all 53 bits of a block's number", () => {
    const near = new Int32Array(4);
    const far = new Int32Array(4);
    startBlock([1, 2, 3, 4], 5, near);
    startBlock([1, 2, 3, 4], 5 + 2 ** 32, far);
    expect([...far]).not.toEqual([...near]);
  });
});

describe('fillNormal', () => {
  it.each([0, 1])('gives the draws of normal(), over the ends of blocks, %i draws ahead', (ahead) => {
    const one = createStream(11, 'same');
    const other = createStream(11, 'same');
    for (let index = 0; index < ahead; index++) expect(one.uint32()).toBe(other.uint32());
    const filled = new Float64Array(200_000);
    one.fillNormal(filled, 1, 0, 70_001);
    one.fillNormal(filled, 1, 70_001, 70_001);
    one.fillNormal(filled, 1, 70_001);
    expect(filled.every((z) => z === other.normal())).toBe(true);
    expect(one.uint32()).toBe(other.uint32());
  });

  it('draws the same in short pieces, which the kernel does not do, as in long ones', () => {
    const [whole, pieces] = [new Float64Array(100_000), new Float64Array(100_000)];
    createStream(12, 'pieces').fillNormal(whole, 1);
    const stream = createStream(12, 'pieces');
    for (let start = 0; start < pieces.length; start += 40) stream.fillNormal(pieces, 1, start, start + 40);
    expect(pieces).toEqual(whole);
  });

  it('gives float32 arrays the same numbers, rounded, and keeps to its range', () => {
    const wide = new Float64Array(5000);
    const narrow = new Float32Array(5000);
    createStream(2).fillNormal(wide, 0.3, 10, 4990);
    createStream(2).fillNormal(narrow, 0.3, 10, 4990);
    expect([...narrow]).toEqual([...Float32Array.from(wide)]);
    expect([...wide.subarray(0, 10), ...wide.subarray(4990)].every((value) => value === 0)).toBe(true);
    expect(wide[10]).toBe(0.3 * createStream(2).normal());
  });

  it.each([
    [-1, 0, 4],
    [Number.NaN, 0, 4],
    [Number.POSITIVE_INFINITY, 0, 4],
    [1e30, 0, 4],
    [1, 0, 5],
    [1, -1, 4],
    [1, 3, 2],
    [1, 0.5, 4],
  ])('refuses deviation %d from %d to %d', (deviation, start, end) => {
    expect(() => createStream(0).fillNormal(new Float32Array(4), deviation, start, end)).toThrow(
      MeanfieldError,
    );
  });
});
