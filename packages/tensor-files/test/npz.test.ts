import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { readNpz, writeNpy, writeNpz } from '../src/index.js';
import { crc32 } from '../src/zip.js';
import { fromBase64, readOrRefuse, refusalOf, samples } from './files.js';
import numpy from './fixtures/numpy.json' with { type: 'json' };

const END_RECORD = 22;

describe('npz', () => {
  it.each(['npz', 'npzDeflated'] as const)('reads the %s of numpy', (key) => {
    const tensors = readNpz(fromBase64(numpy[key]));
    expect([...tensors.keys()]).toEqual(Object.keys(numpy.npy));
    for (const [name, { shape, values }] of Object.entries(numpy.npy)) {
      expect(tensors.get(name)?.shape).toEqual(shape);
      expect([...(tensors.get(name)?.data ?? [])]).toEqual(values);
    }
  });

  it.each([false, true])(
    'round-trips names and values (compress: %s), with the same bytes every time',
    (compress) => {
      const bytes = writeNpz(samples(), { compress });
      expect(writeNpz([...samples()], { compress })).toEqual(bytes);
      const record = { b: samples().get('2')!, a: samples().get('10')! };
      expect(writeNpz(record)).toEqual(writeNpz(Object.entries(record)));
      expect(readNpz(bytes)).toEqual(samples());
    },
  );

  it('carries no clock: the date of every member is the first that zip can state', () => {
    const view = new DataView(writeNpz(samples()).buffer);
    expect(view.getUint32(0, true)).toBe(0x04034b50);
    expect(view.getUint16(10, true)).toBe(0);
    expect(view.getUint16(12, true)).toBe((1 << 5) | 1);
  });

  it('notices a changed byte of the values by its CRC', () => {
    const bytes = writeNpz([['w', { shape: [4], data: Float64Array.of(1, 2, 3, 4) }]]);
    const value = 35 + 128 + 7; // after the headers of zip and npy
    bytes[value] = bytes[value]! ^ 1;
    const error = refusalOf(() => readNpz(bytes));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toMatch(/CRC-32 of "w.npy"/);
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  it('refuses a bomb before inflating it', () => {
    const bytes = writeNpz([['w', { shape: [100_000], data: new Float64Array(100_000) }]], {
      compress: true,
    });
    expect(bytes.length).toBeLessThan(2000);
    expect(refusalOf(() => readNpz(bytes, { maximumBytes: 100_000 })).message).toMatch(
      /at most 100000 bytes/,
    );
    // The stated size is what memory is taken for; the content cannot outgrow it.
    const lying = bytes.slice();
    const directory = lying.length - END_RECORD - (46 + 'w.npy'.length);
    new DataView(lying.buffer).setUint32(directory + 24, 500, true);
    expect(refusalOf(() => readNpz(lying, { maximumBytes: 100_000 })).code).toBe('INVALID_FILE');
  });

  it('refuses truncated archives, other members, and encryption', () => {
    const bytes = writeNpz(samples());
    expect(refusalOf(() => readNpz(bytes.subarray(0, -1))).code).toBe('INVALID_FILE');
    expect(refusalOf(() => readNpz(bytes.subarray(10))).code).toBe('INVALID_FILE');
    expect(refusalOf(() => readNpz(new Uint8Array(0))).code).toBe('INVALID_FILE');
    expect(refusalOf(() => readNpz(zipSync({ 'notes.txt': new Uint8Array(3) }))).message).toMatch(
      /notes\.txt/,
    );
    const encrypted = zipSync({ 'w.npy': writeNpy({ shape: [], data: Int32Array.of(1) }) });
    const directory = encrypted.length - END_RECORD - (46 + 'w.npy'.length);
    encrypted[directory + 8] = 1;
    expect(refusalOf(() => readNpz(encrypted)).code).toBe('UNSUPPORTED');
  });

  it.each(['', '../w', '/w', 'a//b', 'a\\b', 'a\nb', '.'])('refuses the name %j', (name) => {
    const tensor = { shape: [], data: Int32Array.of(1) };
    expect(refusalOf(() => writeNpz([[name, tensor]])).code).toBe('INVALID_ARGUMENT');
  });

  it('refuses one name twice', () => {
    const tensor = { shape: [], data: Int32Array.of(1) };
    expect(refusalOf(() => writeNpz([['w', tensor], ['w', tensor]])).message).toMatch(/"w" twice/); // prettier-ignore
  });

  it('never fails otherwise on any bytes', () => {
    const valid = fromBase64(numpy.npzDeflated);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readOrRefuse(() => readNpz(bytes))),
      { seed: 1 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1 }), (changes) => {
        const bytes = valid.slice();
        for (const [index, byte] of changes) bytes[index] = byte;
        readOrRefuse(() => readNpz(bytes, { maximumBytes: 1e6 }));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
