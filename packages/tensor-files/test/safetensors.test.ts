import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readSafetensors, writeSafetensors } from '../src/index.js';
import { readOrRefuse, refusalOf, samples } from './files.js';

const fileOf = (header: unknown, dataBytes = 0): Uint8Array => {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
};
const scalar = { dtype: 'F32', shape: [], data_offsets: [0, 4] };

describe('safetensors', () => {
  it('writes the layout of the format', () => {
    // Spelled out from the format's definition: a padded header, metadata first, F64 before I32.
    const bytes = writeSafetensors(
      [
        ['b', { shape: [1], data: Int32Array.of(258) }],
        ['a', { shape: [], data: Float64Array.of(1) }],
      ],
      { seed: '1' },
    );
    const header =
      '{"__metadata__":{"seed":"1"},"a":{"dtype":"F64","shape":[],"data_offsets":[0,8]},' +
      '"b":{"dtype":"I32","shape":[1],"data_offsets":[8,12]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect(new DataView(bytes.buffer).getBigUint64(0, true)).toBe(BigInt(padded.length));
    expect(Buffer.from(bytes.subarray(8, 8 + padded.length)).toString()).toBe(padded);
    expect([...bytes.subarray(8 + padded.length)]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 2, 1, 0, 0]);
  });

  it('round-trips names, values and metadata; order does not matter', () => {
    const bytes = writeSafetensors(samples(), { b: 'σ', a: '1', __proto__x: '' });
    expect(writeSafetensors([...samples()].reverse(), { a: '1', __proto__x: '', b: 'σ' })).toEqual(bytes);
    const { tensors, metadata } = readSafetensors(bytes);
    expect(tensors).toEqual(samples());
    expect(metadata).toEqual({ a: '1', b: 'σ', __proto__x: '' });
    expect(readSafetensors(Uint8Array.of(0, ...bytes).subarray(1)).tensors).toEqual(samples());
    expect(readSafetensors(writeSafetensors([]))).toEqual({ tensors: new Map(), metadata: {} });
  });

  it.each([
    ['nothing', new Uint8Array(3)],
    ['a header longer than the file', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255)],
    ['a header that is not JSON', fileOf('{"a":')],
    ['a header that is not UTF-8', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff)],
    ['a list as header', fileOf([])],
    ['a tensor that is not described', fileOf({ a: null })],
    ['an unknown member', fileOf({ a: { ...scalar, strides: [] } }, 4)],
    ['a negative size', fileOf({ a: { ...scalar, shape: [-1] } }, 4)],
    ['an absurd size', fileOf({ a: { ...scalar, shape: [2 ** 40, 2 ** 40] } }, 4)],
    ['offsets that do not fit the shape', fileOf({ a: { ...scalar, shape: [2] } }, 4)],
    ['offsets that are not numbers', fileOf({ a: { ...scalar, data_offsets: ['0', '4'] } }, 4)],
    ['truncated data', fileOf({ a: scalar }, 3)],
    ['bytes after the data', fileOf({ a: scalar }, 5)],
    ['a gap', fileOf({ a: { ...scalar, data_offsets: [4, 8] } }, 8)],
    ['an overlap', fileOf({ a: scalar, b: scalar }, 4)],
    ['metadata that is not text', fileOf({ __metadata__: { a: 1 } })],
    ['metadata that is a list', fileOf({ __metadata__: ['a'] })],
  ])('refuses %s in one sentence', (_, bytes) => {
    const error = refusalOf(() => readSafetensors(bytes));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toMatch(/^Expected .*, found .*; .*\.$/s);
  });

  it('says which element type it does not read', () => {
    const error = refusalOf(() => readSafetensors(fileOf({ a: { ...scalar, dtype: 'BF16' } }, 4)));
    expect(error.code).toBe('UNSUPPORTED');
    expect(error.message).toMatch(/"a".*float32, float64 or int32.*BF16/);
  });

  it('refuses names used twice and the name of the metadata', () => {
    const tensor = { shape: [], data: Int32Array.of(1) };
    expect(refusalOf(() => writeSafetensors([['a', tensor], ['a', tensor]])).code).toBe('INVALID_ARGUMENT'); // prettier-ignore
    expect(refusalOf(() => writeSafetensors([['__metadata__', tensor]])).code).toBe('INVALID_ARGUMENT');
    expect(refusalOf(() => writeSafetensors([['a', { ...tensor, shape: [2] }]])).code).toBe(
      'INVALID_ARGUMENT',
    );
  });

  it('never fails otherwise on any bytes or any header', () => {
    const valid = writeSafetensors(samples(), { a: 'b' });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readOrRefuse(() => readSafetensors(bytes))),
      { seed: 1 },
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(20), (header, size) =>
        readOrRefuse(() => readSafetensors(fileOf(header, size))),
      ),
      { seed: 1 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1 }), (changes) => {
        const bytes = valid.slice();
        for (const [index, byte] of changes) bytes[index] = byte;
        readOrRefuse(() => readSafetensors(bytes));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
