import { isMeanfieldError, type MeanfieldError } from '@meanfield/core';

import type { Tensor } from '../src/index.js';

export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** The MeanfieldError that `run` throws; any other outcome fails the test. */
export function refusalOf(run: () => unknown): MeanfieldError {
  try {
    run();
  } catch (error) {
    if (isMeanfieldError(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** Runs a reader on bytes that may be anything: it may refuse them, but only as a MeanfieldError. */
export function readOrRefuse(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!isMeanfieldError(error)) throw error;
  }
}

export const samples = (): Map<string, Tensor> =>
  new Map<string, Tensor>([
    ['layer/0/weights', { shape: [2, 3], data: Float32Array.of(0.1, -2, 3e30, NaN, -0, 5) }],
    ['10', { shape: [], data: Int32Array.of(-7) }],
    ['2', { shape: [3], data: Float64Array.of(0.1, -Infinity, 1e-320) }],
    ['empty', { shape: [0, 4], data: new Float32Array(0) }],
    ['__proto__', { shape: [1], data: Int32Array.of(1) }],
    ['ξ "q"', { shape: [2, 1], data: Float64Array.of(1, 2) }],
  ]);
