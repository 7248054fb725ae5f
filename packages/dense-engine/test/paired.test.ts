/** The paired kernel gives the bits of the relaxed one, whether V8 joins its operations or not. */

import { compileWasm } from '@meanfield/numerics';
import { expect, it } from 'vitest';

import { moduleOf } from '../src/build.js';
import pairedBytes from '../src/dense.paired.relaxed.wasm.js';
import { agrees } from '../src/paired/agrees.js';

const relaxed = moduleOf('relaxed')!;

it('agrees to the bit where nothing is joined', () => {
  expect(agrees(compileWasm(pairedBytes)!, relaxed)).toBe(true);
});

it('sees what rounds differently or is no kernel', () => {
  expect(agrees(compileWasm(pairedBytes)!, moduleOf('simd')!)).toBe(false);
  const empty = compileWasm('AGFzbQEAAAA=')!;
  expect(agrees(empty, relaxed)).toBe(false);
});
