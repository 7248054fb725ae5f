import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readNpy, writeNpy, type Tensor } from '../src/index.js';
import { fromBase64, readOrRefuse, refusalOf, samples } from './files.js';
import numpy from './fixtures/numpy.json' with { type: 'json' };

const arrayOf = (name: string): Float32ArrayConstructor | Float64ArrayConstructor | Int32ArrayConstructor =>
  name.startsWith('float32') ? Float32Array : name.startsWith('float64') ? Float64Array : Int32Array;

/** A file of version 1.0 with this header text, before any values. */
const withHeader = (text: string): Uint8Array => {
  const header = new TextEncoder().encode(text);
  return Uint8Array.of(
    0x93,
    ...Buffer.from('NUMPY'),
    1,
    0,
    header.length & 0xff,
    header.length >> 8,
    ...header,
  );
};

describe('npy', () => {
  it.each(Object.entries(numpy.npy))(
    'writes the bytes of numpy.save and reads them back: %s',
    (name, fixture) => {
      const tensor: Tensor = { shape: fixture.shape, data: arrayOf(name).from(fixture.values) };
      expect(writeNpy(tensor)).toEqual(fromBase64(fixture.base64));
      expect(readNpy(fromBase64(fixture.base64))).toEqual(tensor);
    },
  );

  it.each(Object.entries(numpy.widened))('reads %s, widened without loss', (name, fixture) => {
    const { shape, data } = readNpy(fromBase64(fixture.base64));
    expect(shape).toEqual(fixture.shape);
    expect(data.length).toBe(fixture.values.length);
    const expected = fixture.values.map((text) => Number(text.replace('inf', 'Infinity')));
    expect([...data]).toEqual(expected);
    const array = name === 'float16' ? Float32Array : /32|64/.test(name) ? Float64Array : Int32Array;
    expect(data).toBeInstanceOf(array);
  });

  it('reads column-major order', () => {
    expect(readNpy(fromBase64(numpy.columnMajor))).toEqual(readNpy(fromBase64(numpy.npy.float32_2x3.base64)));
    const { shape, data } = readNpy(fromBase64(numpy.columnMajor3));
    expect(shape).toEqual([2, 3, 4]);
    expect([...data]).toEqual(Array.from({ length: 24 }, (_, index) => index));
  });

  it('reads every float16', () => {
    const file = withHeader("{'descr': '<f2', 'fortran_order': False, 'shape': (65536,), }");
    const bits = Uint16Array.from({ length: 65_536 }, (_, index) => index);
    const bytes = new Uint8Array(file.length + bits.byteLength);
    bytes.set(file);
    bytes.set(new Uint8Array(bits.buffer), file.length);
    const { data } = readNpy(bytes);
    // By the places of 1 (0x3c00), the largest (0x7bff), the smallest (1), and order between them.
    expect([data[0x3c00], data[0x7bff], data[1], data[0x7c00]]).toEqual([1, 65_504, 2 ** -24, Infinity]);
    const positive = data.subarray(0, 0x7c01);
    expect(positive.every((value, at) => at === 0 || value > positive[at - 1]!)).toBe(true);
    expect(data.subarray(0x8000, 0xfc01).every((value, at) => Object.is(value, -positive[at]!))).toBe(true);
    expect(data.subarray(0x7c01, 0x8000).every(Number.isNaN)).toBe(true);
  });

  it('reads from a Buffer that is part of a larger one', () => {
    const file = Buffer.from(numpy.widened.int64.base64, 'base64');
    const inside = Buffer.concat([Buffer.alloc(3), file, Buffer.alloc(5)]).subarray(3, 3 + file.length);
    expect(readNpy(inside)).toEqual(readNpy(new Uint8Array(file)));
  });

  it('reads version 2.0, bytes at any alignment, and the header in any order', () => {
    const expected = readNpy(fromBase64(numpy.npy.float32_2x3.base64));
    expect(readNpy(fromBase64(numpy.npyVersion2))).toEqual(expected);
    const shifted = Uint8Array.of(0, ...fromBase64(numpy.npy.float32_2x3.base64)).subarray(1);
    expect(readNpy(shifted)).toEqual(expected);
    const other = withHeader("{ 'shape':(0,),'fortran_order':True , 'descr':'<f4'}");
    expect(readNpy(other)).toEqual({ shape: [0], data: new Float32Array(0) });
  });

  it('round-trips every kind of value bit by bit', () => {
    for (const tensor of samples().values()) {
      const { shape, data } = readNpy(writeNpy(tensor));
      expect(shape).toEqual(tensor.shape);
      expect(Buffer.from(data.buffer)).toEqual(Buffer.from(tensor.data.buffer));
    }
  });

  it.each([
    ['complex', /floats or integers, found dtype "<c16"/],
    ['bigEndian', />f8/],
    ['int64TooLarge', /between −2\^53 and 2\^53, found 9007199254740992 at index 1/],
  ] as const)('says that it does not read %s', (key, sentence) => {
    const error = refusalOf(() => readNpy(fromBase64(numpy[key])));
    expect(error.code).toBe('UNSUPPORTED');
    expect(error.message).toMatch(sentence);
  });

  it('evaluates nothing in a header: structured and pickled arrays are refused', () => {
    expect(refusalOf(() => readNpy(fromBase64(numpy.structured))).code).toBe('INVALID_FILE');
    expect(refusalOf(() => readNpy(fromBase64(numpy.pickled))).code).toBe('UNSUPPORTED');
  });

  it.each([
    ['truncated values', fromBase64(numpy.npy.float64_3.base64).subarray(0, -1)],
    ['over-long values', Uint8Array.of(...fromBase64(numpy.npy.float64_3.base64), 0)],
    ['truncated header', fromBase64(numpy.npy.float64_3.base64).subarray(0, 40)],
    ['wrong magic', Uint8Array.of(1, ...fromBase64(numpy.npy.float64_3.base64).subarray(1))],
    ['empty file', new Uint8Array(0)],
    ['absurd shape', withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999, 99999999), }")],
    ['number for a tuple', withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (0), }")],
    ['negative size', withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }")],
    ['missing member', withHeader("{'descr': '<f4', 'shape': (0,), }")],
    ['member twice', withHeader("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (0,)}")],
    ['code', withHeader("{'descr': '<f4', 'fortran_order': exit(), 'shape': (0,)}")],
  ])('refuses %s in one sentence', (_, bytes) => {
    const error = refusalOf(() => readNpy(bytes));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toMatch(/^Expected .*, found .*; .*\.$/s);
  });

  it('refuses a shape that does not fit its values, and other arrays', () => {
    expect(refusalOf(() => writeNpy({ shape: [2], data: new Float32Array(3) })).code).toBe(
      'INVALID_ARGUMENT',
    );
    expect(refusalOf(() => writeNpy({ shape: [1.5], data: new Float32Array(3) })).code).toBe(
      'INVALID_ARGUMENT',
    );
    expect(refusalOf(() => writeNpy({ shape: [1], data: new Uint8Array(1) as never })).message).toMatch(
      /Uint8Array/,
    );
    const deep = { shape: new Array<number>(70).fill(1), data: new Float32Array(1) };
    expect(refusalOf(() => writeNpy(deep)).code).toBe('INVALID_ARGUMENT');
  });

  it('never fails otherwise on any bytes', () => {
    const valid = fromBase64(numpy.npy.float32_2x3.base64);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readOrRefuse(() => readNpy(bytes))),
      { seed: 1 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1 }), (changes) => {
        const bytes = valid.slice();
        for (const [index, byte] of changes) bytes[index] = byte;
        readOrRefuse(() => readNpy(bytes));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
