import type { Activation, EnsembleSpec } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { decodeSnapshot, encodeSnapshot, type SnapshotLabel } from '../src/index.js';

const activation: Activation = {
  name: 'linear',
  phi: (x) => x,
  derivative: () => 1,
  kinks: [],
  homogeneous: true,
  closedForms: {},
  tensorForm: (x) => x,
};
const spec: Pick<EnsembleSpec, 'network' | 'optimizer'> = {
  network: { sizes: [2, 1], activation, activateOutput: false },
  optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0.5 },
};
const label: SnapshotLabel = { backend: 'mine', spec };
const arrays = [Float32Array.of(1.5, Number.NaN, -0), Float32Array.of(2)];
const empty = () => [new Float32Array(3), new Float32Array(1)];
const bytes = encodeSnapshot(label, arrays, 12);

describe('snapshots', () => {
  it('give back every bit, those of diverged networks too, at any offset of memory', () => {
    const moved = new Uint8Array(bytes.length + 3).subarray(3);
    moved.set(bytes);
    const into = empty();
    expect(decodeSnapshot(moved, label, into)).toBe(12);
    expect(into).toEqual(arrays);
  });

  it('are copies', () => {
    const own = [Float32Array.of(1, 2, 3), Float32Array.of(4)];
    const taken = encodeSnapshot(label, own, 0);
    own[0]!.fill(9);
    const into = empty();
    decodeSnapshot(taken, label, into);
    expect([...into[0]!]).toEqual([1, 2, 3]);
  });

  const momentum = { ...spec.optimizer, momentum: 0 } as const;
  const refused: readonly (readonly [string, Uint8Array, SnapshotLabel, RegExp])[] = [
    ['another backend', bytes, { ...label, backend: 'yours' }, /of backend "yours", found "mine"/],
    ['another network', bytes, networkOf([2, 2]), /of sizes \[2,2\], found \[2,1\]/],
    ['another optimizer', bytes, { ...label, spec: { ...spec, optimizer: momentum } }, /of optimizer/],
    ['a cut file', bytes.slice(0, 60), label, /snapshot of a network, found 60 other bytes/],
    ['a cut array', bytes.slice(0, -4), label, /snapshot of \d+ bytes, found \d+/],
    ['another version', edited('"version":2', '"version":1'), label, /of version 2, found 1/],
    ['a broken header', edited('{"version"', '["version"'), label, /broken header/],
    ['steps that are none', edited('"steps":12', '"steps":-1'), label, /how many steps.*found -1/],
  ];
  it.each(refused)(
    'of %s are refused in a sentence, and nothing is overwritten',
    (_, given, as, sentence) => {
      const into = empty();
      expect(() => decodeSnapshot(given, as, into)).toThrow(sentence);
      expect(into).toEqual(empty());
    },
  );

  it('of another precision are refused', () => {
    const into = [new Float64Array(3), new Float64Array(1)];
    expect(() => decodeSnapshot(bytes, label, into)).toThrow(/of bits 64, found 32/);
  });
});

function networkOf(sizes: readonly number[]): SnapshotLabel {
  return { ...label, spec: { ...spec, network: { ...spec.network, sizes } } };
}

/** The snapshot with a text of its header replaced by another as long. */
function edited(from: string, to: string): Uint8Array {
  const copy = bytes.slice();
  const at = Buffer.from(copy.buffer).indexOf(from);
  copy.set(new TextEncoder().encode(to.padEnd(from.length)), Math.max(at, 0));
  return copy;
}
