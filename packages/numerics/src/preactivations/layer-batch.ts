/** The edge at which a sampler of pre-activations takes the arrays of its caller. */

import { MeanfieldError, show, type LayerBatch } from '@meanfield/core';

function requireThat(holds: boolean, expected: string, found: string, remedy: string): void {
  if (!holds) throw new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
}

/** @throws MeanfieldError INVALID_ARGUMENT when a size or an array's length is wrong */
export function requireLayerBatch({ fanIn, fanOut, inputs, signals, preActivations }: LayerBatch): void {
  for (const [name, size] of Object.entries({ fanIn, fanOut, inputs })) {
    requireThat(
      Number.isSafeInteger(size) && size >= 1,
      `${name} to be an integer of at least 1`,
      show(size),
      'pass the sizes of a batch with at least one signal',
    );
  }
  const lengths = `${signals.length} signals and ${preActivations.length} pre-activations`;
  requireThat(
    signals.length === fanIn * inputs && preActivations.length === fanOut * inputs,
    `${fanIn * inputs} signals and ${fanOut * inputs} pre-activations`,
    lengths,
    'pass arrays of fanIn × inputs and fanOut × inputs entries',
  );
  requireThat(
    signals.buffer !== preActivations.buffer || !overlap(signals, preActivations),
    'signals and pre-activations in separate memory',
    'arrays that overlap',
    'pass two arrays',
  );
}

function overlap(a: Float64Array, b: Float64Array): boolean {
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
