/** Examples where every thread reads them without a copy of its own. */

import { sharedFloats, type Examples } from '@meanfield/core';

function shareFloats(values: Float32Array): Float32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = sharedFloats(values.length);
  shared.set(values);
  return shared;
}

function shareLabels(labels: Int32Array): Int32Array {
  if (labels.buffer instanceof SharedArrayBuffer) return labels;
  const shared = new Int32Array(new SharedArrayBuffer(labels.byteLength));
  shared.set(labels);
  return shared;
}

const share = ({ count, inputs, targets }: Examples): Examples => ({
  count,
  inputs: shareFloats(inputs),
  targets:
    targets.kind === 'values'
      ? { kind: 'values', values: shareFloats(targets.values) }
      : { kind: 'labels', labels: shareLabels(targets.labels) },
});

export class SharedExamples {
  readonly #needed: boolean;
  #kept: { readonly given: Examples; readonly shared: Examples } | undefined;

  /** @param needed whether there are other threads than the caller's */
  constructor(needed: boolean) {
    this.#needed = needed;
  }

  /** Buffers that are kept. */
  get count(): number {
    return this.#kept === undefined ? 0 : 1;
  }

  /** Copied once for the same object, until another is kept. */
  keep(given: Examples): Examples {
    if (!this.#needed) return given;
    if (this.#kept?.given !== given) this.#kept = { given, shared: share(given) };
    return this.#kept.shared;
  }

  /** Copied for one use, unless kept already. */
  once(given: Examples): Examples {
    if (!this.#needed) return given;
    return this.#kept?.given === given ? this.#kept.shared : share(given);
  }

  forget(): void {
    this.#kept = undefined;
  }
}
